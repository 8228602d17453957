import WirewatchHTTP
import WirewatchMarkup

/// An address that a page links to, however often: with the best of what its links say.
struct LinkCandidate {
    var url: HTTPURL
    /// ``CanonicalURL`` of the address.
    var address: String
    /// The longest of its links' texts.
    var text: String
    var isHeading: Bool
    /// Whether one of its links stands where pages have their content.
    var isContent: Bool
    /// Whether all of its links ask not to be followed (`rel=nofollow`, `sponsored`, `ugc`).
    var isDisowned: Bool

    /// The addresses of a page in the order of their first links, other schemes than http and https left out.
    /// - Parameters:
    ///   - base: where the page was found.
    ///   - select: the part of the page that counts; nil for all.
    static func all(
        _ page: PageLinks, in tree: MarkupTree, base: HTTPURL, select: MarkupSelector?, ignore: MarkupSelector?
    ) -> [LinkCandidate] {
        let selected = select.map { NodeSet($0.outermost(in: tree), tree) }
        let ignored = ignore.map { NodeSet($0.outermost(in: tree), tree) }
        var found: [LinkCandidate] = []
        var places: [String: Int] = [:]
        for link in page.links {
            if let selected, !selected.contains(link.node) { continue }
            if let ignored, ignored.contains(link.node) { continue }
            guard URLReference.isWeb(link.url), let url = try? HTTPURL(link.url) else { continue }
            let address = CanonicalURL(url, ownHosts: [base.host]).text
            let isContent = link.place.isContent
            let isDisowned = link.relations.contains { $0 == "nofollow" || $0 == "sponsored" || $0 == "ugc" }
            if let place = places[address] {
                if link.text.utf8.count > found[place].text.utf8.count { found[place].text = link.text }
                found[place].isHeading = found[place].isHeading || link.isHeading
                found[place].isContent = found[place].isContent || isContent
                found[place].isDisowned = found[place].isDisowned && isDisowned
            } else {
                places[address] = found.count
                found.append(
                    LinkCandidate(
                        url: url, address: address, text: link.text, isHeading: link.isHeading, isContent: isContent,
                        isDisowned: isDisowned))
            }
        }
        return found
    }
}

/// The nodes of some subtrees, asked for one after the other or at random.
private struct NodeSet {
    private var ranges: [Range<Int>]

    /// - Parameter roots: ascending, none in another.
    init(_ roots: [Int], _ tree: MarkupTree) { ranges = roots.map { $0..<tree.end(of: $0) } }

    func contains(_ node: Int) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= node { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(node)
    }
}
