internal import WirewatchMarkup

/// Finds the lists of other articles: three and more siblings of one shape, each a linked title with little text.
///
/// Such cards are made from one template, so that their elements are children of one parent and of one name, whatever the
/// names are. An `article` within an `article` is about the outer one, as comments are, or another one (HTML standard,
/// 4.3.2): three of them make a list whatever they hold, but where the page is one of live posts.
struct TeaserLists {
    /// The blocks of each list.
    private(set) var lists: [Range<Int>] = []

    /// - Parameters:
    ///   - isLive: whether the page is one of live posts.
    ///   - range: gives the blocks of a node.
    init(_ tree: MarkupTree, hints: ElementHints, blocks: [PageBlock], isLive: Bool, range: (Int) -> Range<Int>) {
        var parent = 1
        var articleEnd = 0
        while parent < tree.indices.upperBound {
            if tree.nodes[parent].tag == .article { articleEnd = max(articleEnd, tree.end(of: parent)) }
            guard tree.nodes[parent].kind == .element,
                let found = Self.list(tree, hints, blocks, parent, isNested: !isLive && parent < articleEnd, range)
            else {
                parent += 1
                continue
            }
            lists.append(found)
            parent = tree.end(of: parent)
        }
    }

    private static func list(
        _ tree: MarkupTree, _ hints: ElementHints, _ blocks: [PageBlock], _ parent: Int, isNested: Bool,
        _ range: (Int) -> Range<Int>
    ) -> Range<Int>? {
        guard tree.end(of: parent) - parent > 12, !isTable(tree.nodes[parent].tag) else { return nil }
        var cards: [Int] = []
        var others = 0
        var child = tree.firstChild(of: parent)
        while let node = child {
            if tree.nodes[node].kind == .element, tree.end(of: node) - node > 2 {
                if let first = cards.first, isAlike(tree, hints, first, node) {
                    cards.append(node)
                } else if cards.count < 2 {
                    cards = [node]
                } else {
                    others += 1
                }
            }
            child = tree.nextSibling(of: node)
        }
        guard cards.count >= 3, cards.count > others else { return nil }
        var teasers = 0
        var bounds: Range<Int>?
        for card in cards {
            let own = range(card)
            if isNested && tree.nodes[card].tag == .article || isTeaser(tree, blocks, own) { teasers += 1 }
            if !own.isEmpty { bounds = (bounds?.lowerBound ?? own.lowerBound)..<own.upperBound }
        }
        return teasers >= 3 && teasers * 10 >= cards.count * 8 ? bounds : nil
    }

    /// The rows of a table are alike, whatever they hold.
    private static func isTable(_ tag: HTMLTag) -> Bool {
        switch tag {
        case .table, .tbody, .tr: true
        default: false
        }
    }

    /// Whether two elements come from one template: the same tag, and the same first class that carries no number.
    private static func isAlike(_ tree: MarkupTree, _ hints: ElementHints, _ a: Int, _ b: Int) -> Bool {
        tree.nodes[a].tag == tree.nodes[b].tag && hints[a]?.name ?? 0 == hints[b]?.name ?? 0
    }

    /// A title that is a link, and beside it no more than an excerpt.
    private static func isTeaser(_ tree: MarkupTree, _ blocks: [PageBlock], _ range: Range<Int>) -> Bool {
        guard (2...12).contains(range.count) else { return false }
        var hasTitle = false
        var prose = 0
        var words = 0
        for index in range {
            let block = blocks[index]
            if block.linkShare > 0.8, block.text.words >= 3 || block.text.wideCharacters >= 6 { hasTitle = true }
            if block.text.isProse, block.linkShare < 0.5 { prose += 1 }
            words += block.text.words
        }
        return hasTitle && prose <= 1 && words <= 120
    }
}
