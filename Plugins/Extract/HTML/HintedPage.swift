internal import WirewatchKit
internal import WirewatchMarkup

/// What a site's hint finds on one page.
struct HintedPage {
    private(set) var title: String?
    private(set) var authors: [String] = []
    private(set) var published: PublicationDate?
    /// Ranges of nodes, ascending and apart.
    private(set) var body: [Range<Int>] = []
    private(set) var removed: [Range<Int>] = []
    /// The parts that were named and not found.
    private(set) var misses: [SiteHint.Part] = []

    init() {}

    /// - Parameter dates: what the page tells of how it writes them.
    init(_ hint: SiteHint, _ tree: MarkupTree, dates: DateHints) {
        for part in SiteHint.Part.allCases {
            guard let selector = hint.selectors[part] else { continue }
            let found = selector.outermost(in: tree)
            if !take(part, found, tree, dates) { misses.append(part) }
        }
    }

    private mutating func take(_ part: SiteHint.Part, _ found: [Int], _ tree: MarkupTree, _ dates: DateHints) -> Bool {
        switch part {
        case .body:
            body = found.map { $0..<tree.end(of: $0) }
            return !body.isEmpty
        case .remove:
            removed = found.map { $0..<tree.end(of: $0) }
            return !removed.isEmpty
        case .title:
            title = found.lazy.compactMap { Self.value($0, tree) }.first
            return title != nil
        case .authors:
            for text in found.prefix(20).compactMap({ Self.value($0, tree) }) {
                for name in Byline.names(text) where !authors.contains(name) { authors.append(name) }
            }
            return !authors.isEmpty
        case .published:
            published = found.lazy.compactMap { Self.date($0, tree, dates) }.first
            return published != nil
        }
    }

    /// What a `meta` element says, or the text of another.
    private static func value(_ node: Int, _ tree: MarkupTree) -> String? {
        let text = tree.nodes[node].tag == .meta ? tree.value(node, "content") ?? "" : tree.text(of: node)
        let clean = TextBlock(text).squeezed
        return clean.isEmpty ? nil : clean
    }

    private static func date(_ node: Int, _ tree: MarkupTree, _ hints: DateHints) -> PublicationDate? {
        for text in [tree.value(node, "datetime"), tree.value(node, "content"), value(node, tree)] {
            guard let text else { continue }
            if let date = DateReader.read(text, hints: hints) ?? DateReader.find(in: text, hints: hints)?.date {
                return date
            }
        }
        return nil
    }

    func isRemoved(_ node: Int) -> Bool { Self.contains(removed, node) }

    func isBody(_ node: Int) -> Bool { Self.contains(body, node) }

    private static func contains(_ ranges: [Range<Int>], _ node: Int) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= node { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(node)
    }
}
