internal import WirewatchKit
internal import WirewatchMarkup

/// Finds the article's text among a page's blocks.
///
/// Furniture is cut away by what elements are and call themselves, unless they hold too much of the page's running text
/// to be furniture. What is left decides the container: the element that still holds nearly all of it. Within it each
/// block is judged by itself and its neighbours.
struct BodyFinder {
    private let tree: MarkupTree
    private let hints: ElementHints
    private let blocks: [PageBlock]
    private let metadata: PageMetadata
    /// Why a block was left out; nil for those kept so far.
    private(set) var reasons: [String?]
    /// The element that holds the body.
    private(set) var container = 0
    /// `worths[i]` is the worth of all blocks before block i that are still in.
    private var worths: [Int] = []
    /// The tables that hold data.
    private var dataTables: Set<Int> = []
    /// The blocks that say that other articles follow.
    private var leadsOn: [Int] = []
    /// The page's titles for comparison.
    private let titleKeys: [[UInt8]]

    init(_ tree: MarkupTree, hints: ElementHints, blocks: [PageBlock], metadata: PageMetadata) {
        self.tree = tree
        self.hints = hints
        self.blocks = blocks
        self.metadata = metadata
        titleKeys = metadata.titles.map(PageMetadata.plain)
        reasons = Array(repeating: nil, count: blocks.count)
        guard !blocks.isEmpty else { return }
        sum()
        prune()
        sum()
        dropTeasers()
        sum()
        container = chooseContainer()
        limitToContainer()
        judge()
        keepLists()
        keepDataTables()
        dropRelated()
        trimEnds()
        dropLooseHeadings()
        reasons = Repeats.dropped(blocks, reasons)
    }

    // MARK: Sums

    private mutating func sum() {
        worths = [0]
        worths.reserveCapacity(blocks.count + 1)
        for index in blocks.indices { worths.append(worths[index] + (reasons[index] == nil ? blocks[index].worth : 0)) }
    }

    /// The first block that begins at or after a node.
    private func firstBlock(from node: Int) -> Int {
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].start < node { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func blockRange(_ node: Int) -> Range<Int> { firstBlock(from: node)..<firstBlock(from: tree.end(of: node)) }

    private func worth(_ node: Int) -> Int {
        let range = blockRange(node)
        return worths[range.upperBound] - worths[range.lowerBound]
    }

    private var total: Int { worths.last ?? 0 }

    // MARK: Pruning

    private mutating func prune() {
        var node = 1
        let limit = Double(max(total, 1))
        var bodyEnd = 0
        while node < tree.indices.upperBound {
            guard tree.nodes[node].kind == .element else {
                node += 1
                continue
            }
            if tree.nodes[node].tag == .article || marksBody(node) { bodyEnd = max(bodyEnd, tree.end(of: node)) }
            guard let (share, reason) = suspicion(node) else {
                node += 1
                continue
            }
            let range = blockRange(node)
            if reason == "hidden", node < bodyEnd, worths[range.upperBound] > worths[range.lowerBound] {
                // What opens at a touch within the article: answers to questions, the rest of a long text.
                node += 1
                continue
            }
            if reason == "class 'social'" || reason == "class 'share'",
                range.contains(where: { blocks[$0].tag == .blockquote })
            {
                // A post that the article quotes.
                node += 1
                continue
            }
            let held = Double(worths[range.upperBound] - worths[range.lowerBound])
            if held < limit * share || (total == 0 && range.count < blocks.count / 2) {
                for index in range where reasons[index] == nil { reasons[index] = reason }
                node = tree.end(of: node)
            } else {
                node += 1
            }
        }
    }

    /// Whether an element looks like furniture, and the share of the page's text under which it is taken for it.
    private func suspicion(_ node: Int) -> (Double, String)? {
        let tag = tree.nodes[node].tag
        var share = 0.0
        var reason = ""
        switch tag {
        case .nav, .footer, .menu, .dialog: (share, reason) = (0.5, tag.name)
        case .aside: (share, reason) = (0.4, tag.name)
        case .form, .fieldset: (share, reason) = (0.3, tag.name)
        case .header: (share, reason) = (0.2, tag.name)
        case .html, .body: return nil
        default: break
        }
        if let hints = hints[node] {
            if hints.furniture > share, !(tag == .article || tag == .main) || hints.furniture > 0.8 {
                share = hints.furniture
                reason = "class '\(hints.word)'"
            }
            if hints.isHidden { (share, reason) = (max(share, 0.4), "hidden") }
        }
        for attribute in tree.attributes(of: node) {
            if tree.equals(attribute.name, "role") {
                let role = tree.value(of: attribute).lowercased()
                if ["navigation", "complementary", "contentinfo", "search", "banner", "dialog", "alertdialog"].contains(
                    role)
                {
                    (share, reason) = (max(share, 0.4), "role '\(role)'")
                }
            } else if tree.equals(attribute.name, "hidden")
                || (tree.equals(attribute.name, "aria-hidden") && tree.equals(attribute.value, "true"))
            {
                (share, reason) = (max(share, 0.4), "hidden")
            } else if tree.equals(attribute.name, "style") {
                let style = tree.value(of: attribute).utf8.filter { $0 > 0x20 }
                if style.contains("display:none") { (share, reason) = (max(share, 0.4), "hidden") }
            }
        }
        return share > 0 ? (share, reason) : nil
    }

    /// Drops the lists of other articles, where the page has running text beside them.
    private mutating func dropTeasers() {
        let lists = TeaserLists(tree, hints: hints, blocks: blocks, isLive: metadata.isLive, range: blockRange).lists
        guard !lists.isEmpty else { return }
        let held = lists.reduce(0) { $0 + worths[$1.upperBound] - worths[$1.lowerBound] }
        guard total - held >= max(300, total / 10) else { return }
        for list in lists {
            for index in list where reasons[index] == nil { reasons[index] = "teasers" }
        }
    }

    // MARK: Container

    private func chooseContainer() -> Int {
        let needed = Double(max(total, 1))
        var best: (node: Int, worth: Int)?
        // What calls itself the body and holds a good part of the text.
        for node in tree.indices where tree.nodes[node].kind == .element {
            guard marksBody(node) else { continue }
            let held = worth(node)
            guard Double(held) >= needed * 0.4 else { continue }
            if best == nil || held > best!.worth { best = (node, held) }  // best was just seen to be set
        }
        var current = best.map { wholeOf($0.node) } ?? 0
        if best == nil {
            for node in tree.indices where tree.nodes[node].tag == .article || tree.nodes[node].tag == .main {
                let held = worth(node)
                guard Double(held) >= needed * 0.5 else { continue }
                if tree.nodes[node].tag == .article || current == 0 { current = node }
                if tree.nodes[node].tag == .article { break }
            }
        }
        while true {
            let held = worth(current)
            var child = tree.firstChild(of: current)
            var next: (node: Int, worth: Int)?
            while let node = child {
                if tree.nodes[node].kind == .element {
                    let own = worth(node)
                    if own > next?.worth ?? 0 { next = (node, own) }
                }
                child = tree.nextSibling(of: node)
            }
            guard let next, Double(next.worth) >= Double(held) * 0.85, tree.nodes[next.node].tag != .p,
                tree.nodes[next.node].tag != .li
            else { return current }
            current = next.node
        }
    }

    /// The element around a body that the page gives in several parts of one class; the part itself when there is one.
    private func wholeOf(_ part: Int) -> Int {
        guard let classes = tree.value(part, "class"), !classes.isEmpty else { return part }
        var parts: [Int] = []
        var node = 1
        while node < tree.indices.upperBound {
            if tree.nodes[node].kind == .element, tree.value(node, "class") == classes, worth(node) > 0 {
                parts.append(node)
                node = tree.end(of: node)
            } else {
                node += 1
            }
        }
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return part }
        var whole = first
        while tree.end(of: whole) <= last, let parent = tree.nodes[whole].parent { whole = parent }
        // Two headlines are two articles.
        let headlines = tree.descendants(of: whole).filter { tree.nodes[$0].tag == .h1 }.count
        return headlines > 1 ? part : whole
    }

    private func marksBody(_ node: Int) -> Bool {
        for attribute in tree.attributes(of: node) {
            if tree.equals(attribute.name, "itemprop"), tree.equals(attribute.value, "articlebody") { return true }
        }
        return tree.nodes[node].tag != .body && hints[node]?.isBody == true
    }

    private mutating func limitToContainer() {
        let range = blockRange(container)
        let opening = opening(before: range.lowerBound)
        for index in blocks.indices where !range.contains(index) && reasons[index] == nil && !opening.contains(index) {
            reasons[index] = "outside the body"
        }
    }

    /// The paragraphs between the page's heading and the body's element, where there are several: the beginning of an
    /// article that an advertisement or a picture divides. A single one is a subtitle, a list the main points again.
    private func opening(before first: Int) -> Set<Int> {
        guard let heading = blocks[..<first].lastIndex(where: { $0.tag == .h1 }) else { return [] }
        let found = (heading..<first).filter {
            reasons[$0] == nil && blocks[$0].tag != .li && blocks[$0].worth >= 80 && blocks[$0].linkShare < 0.2
        }
        return (2...6).contains(found.count) ? Set(found) : []
    }

    // MARK: Blocks

    private mutating func judge() {
        for index in blocks.indices where reasons[index] == nil {
            let kind = PageFurniture.kind(of: blocks[index].text)
            if kind == .related { leadsOn.append(index) }
            reasons[index] = kind.flatMap { $0 == .related ? nil : $0.rawValue } ?? fault(blocks[index])
        }
    }

    private func fault(_ block: PageBlock) -> String? {
        let text = block.text
        if block.tag == .h1 { return "title" }
        if text.bytes.count < 300 {
            let key = PageMetadata.plain(text)
            if titleKeys.contains(key) { return "title" }
        }
        if text.letters + text.wideCharacters == 0 { return "no words" }
        // `Related: ...` leads to another article; a sentence that links much does not.
        let isLead = text.bytes.prefix(40).contains(0x3A)
        if block.linkShare > (isLead || block.tag == .div ? 0.8 : 0.95) { return "link" }
        if block.linkShare > 0.5, isLead || !text.isSentence, !text.isProse { return "link" }
        if block.tag.isHeading { return nil }
        if text.bytes.count < 160, Byline.read(text) != nil, text.words <= 12, !text.endsSentence { return "byline" }
        if text.bytes.count < 90, let found = DateReader.find(in: text.bytes), found.range.count * 2 > text.bytes.count
        {
            return "date"
        }
        if CaptionReader.credit(text) != nil { return "credit" }
        switch block.tag {
        case .td, .th: return text.isSentence ? nil : "table cell"
        case .div: return text.isSentence || text.words >= 12 ? nil : "short"
        default: return nil
        }
    }

    /// Takes back the linked items of lists that the text announces (`Three of them:`) or that are mostly text.
    private mutating func keepLists() {
        var index = 0
        while index < blocks.count {
            guard blocks[index].tag == .li, let list = blocks[index].list else {
                index += 1
                continue
            }
            var end = index
            while end < blocks.count, blocks[end].tag == .li, blocks[end].list == list { end += 1 }
            let items = index..<end
            defer { index = end }
            guard index > 0, reasons[index - 1] == nil else { continue }
            let kept = items.filter { reasons[$0] == nil }.count
            guard blocks[index - 1].text.bytes.last == 0x3A || kept * 5 > items.count * 2 else { continue }
            for item in items where reasons[item] == "link" { reasons[item] = nil }
        }
    }

    /// Takes back the cells of tables that hold data rather than the page's layout: rows of several short cells, few links.
    func isData(_ block: PageBlock) -> Bool { block.table.map(dataTables.contains) ?? false }

    private mutating func keepDataTables() {
        var tables: [Int: [Int]] = [:]
        let range = blockRange(container)
        for index in range {
            guard let table = blocks[index].table, table > container, blocks[index].row != nil else { continue }
            tables[table, default: []].append(index)
        }
        for (table, cells) in tables where cells.count >= 4 {
            // What was cut away by an element around the table stays away.
            let mine: Set<String> = ["table cell", "no words", "share", "link", "navigation", "date"]
            guard cells.allSatisfy({ reasons[$0].map(mine.contains) ?? true }) else { continue }
            guard !cells.contains(where: { blocks[$0].text.isProse && blocks[$0].text.words > 40 }) else { continue }
            let rows = Set(cells.compactMap { blocks[$0].row }).count
            let bytes = cells.reduce(0) { $0 + blocks[$1].text.bytes.count }
            let links = cells.reduce(0) { $0 + blocks[$1].linkBytes }
            guard rows >= 2, cells.count >= rows * 2, links * 2 < bytes else { continue }
            for index in cells { reasons[index] = nil }
            dataTables.insert(table)
        }
    }

    /// Drops what stands under the heading of a list of other articles: all of it near the end, else up to the next
    /// running text.
    private mutating func dropRelated() {
        sum()
        for index in leadsOn where reasons[index] == nil {
            let block = blocks[index]
            reasons[index] = "related list"
            let after = worths[blocks.count] - worths[index]
            let isEnd =
                Double(after) < Double(total) * 0.15 && block.text.words <= 6 && !block.text.bytes.contains(0x3A)
            var next = index + 1
            while next < blocks.count {
                if reasons[next] == nil {
                    let other = blocks[next]
                    if !isEnd, other.text.isProse, other.linkShare < 0.3 { break }
                    if !isEnd, !other.tag.isHeading, other.tag != .li, other.linkShare == 0 { break }
                    reasons[next] = "related list"
                }
                next += 1
            }
        }
    }

    private mutating func trimEnds() {
        func holds(_ index: Int) -> Bool {
            let block = blocks[index]
            guard reasons[index] == nil, !block.tag.isHeading else { return false }
            if block.text.isSentence { return true }
            return (block.tag == .p || block.tag == .pre || block.tag == .blockquote) && block.text.words >= 8
                && block.linkShare < 0.4
        }
        guard let first = blocks.indices.first(where: holds), let last = blocks.indices.last(where: holds) else {
            if total > 0 || !blocks.indices.contains(where: { reasons[$0] == nil }) {
                for index in blocks.indices where reasons[index] == nil { reasons[index] = "no running text" }
            }
            return
        }
        for index in blocks.indices where reasons[index] == nil {
            if index < first, !blocks[index].tag.isHeading { reasons[index] = "before the text" }
            if index > last, !isData(blocks[index]), blocks[index].tag != .li || blocks[index].linkShare > 0.2 {
                reasons[index] = "after the text"
            }
        }
    }

    /// A heading stays only over text that stays: its own, or that of the lower headings under it.
    private mutating func dropLooseHeadings() {
        // What follows: 0 nothing, 7 text, else the level of a heading that stays.
        var next = 0
        for index in blocks.indices.reversed() where reasons[index] == nil {
            guard let level = blocks[index].headingLevel else {
                next = 7
                continue
            }
            if level < next { next = level } else { reasons[index] = "heading without text" }
        }
    }
}

extension Collection<UInt8> {
    fileprivate func contains(_ text: StaticString) -> Bool { Array(self).find(text) != nil }
}
