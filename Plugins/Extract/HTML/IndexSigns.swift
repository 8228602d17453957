internal import WirewatchKit
internal import WirewatchMarkup

/// Whether a page is a list of articles: headlines that link to other pages of the site, each with a few words at most.
struct IndexSigns {
    private let finder: PageKindFinder

    init(_ finder: PageKindFinder) { self.finder = finder }

    func evidence(_ measure: PageKindFinder.Measure) -> [String]? {
        let signs = finder.metadata.signs
        guard !signs.namesArticle || signs.list != nil else { return nil }
        let headlines = self.headlines()
        guard headlines.count >= 4 else { return nil }
        let (teasers, units, longest) = words(under: headlines)
        let named = signs.list.map { "JSON-LD \($0)" } ?? (isStart ? "the site's start page" : nil)
        let least = named == nil ? (headlines: 6, share: 75) : (headlines: 4, share: 50)
        guard headlines.count >= least.headlines, teasers * 100 >= measure.body * least.share else { return nil }
        // Beside a short text, or a picture without any, there may be a list of others, too.
        guard units >= 3 || (measure.body == 0 && (named != nil || headlines.count >= 10)) else { return nil }
        // One long text is an article with a list beside it.
        guard longest < 200 || longest * 2 < measure.body else { return nil }
        return (named.map { [$0] } ?? [])
            + ["\(headlines.count) headlines that link elsewhere", "\(teasers) of \(measure.body) words are teasers"]
    }

    private var isStart: Bool {
        guard finder.metadata.signs.openGraphType != "article", let url = finder.url else { return false }
        return PageAddress(url)?.path.isEmpty == true && !url.contains("?")
    }

    /// The blocks that are headlines with a link to another page of the site, each page once.
    private func headlines() -> [Int] {
        let host = (finder.url ?? finder.metadata.canonicalURL).flatMap { PageAddress($0)?.host }
        var seen: Set<String> = []
        return finder.blocks.indices.filter { index in
            let block = finder.blocks[index]
            let isLong = block.text.words >= 4 || block.text.wideCharacters >= 8
            guard block.linkShare > 0.8, isLong, block.text.words <= 30 else { return false }
            guard let target = target(of: block.start), isElsewhere(target, host: host) else { return false }
            return seen.insert(target).inserted
        }
    }

    /// Where the link around a text leads.
    private func target(of node: Int) -> String? {
        var node = node
        for _ in 0..<8 {
            if finder.tree.nodes[node].tag == .a { return finder.tree.value(node, "href") }
            guard let parent = finder.tree.nodes[node].parent else { return nil }
            node = parent
        }
        return nil
    }

    /// Whether a link leads to another page of the same site.
    private func isElsewhere(_ target: String, host: String?) -> Bool {
        guard let first = target.utf8.first, first != 0x23 else { return false }
        guard let address = PageAddress(target.hasPrefix("//") ? "https:" + target : target) else {
            return !target.contains(":")
        }
        return host == nil || address.host == host
    }

    /// How many words of the body stand under such headlines as teasers do, under how many headlines, and how many words
    /// stand under the one that has most.
    private func words(under headlines: [Int]) -> (teasers: Int, units: Int, longest: Int) {
        let headlines = Set(headlines)
        var teasers = 0
        var units = 0
        var longest = 0
        var section = 0
        var isUnderHeadline = false
        for index in finder.blocks.indices {
            let block = finder.blocks[index]
            if headlines.contains(index) {
                section = 0
                isUnderHeadline = true
                if finder.reasons[index] == nil, !block.tag.isHeading {
                    teasers += block.text.words
                    units += 1
                }
                continue
            }
            guard finder.reasons[index] == nil, !block.tag.isHeading else {
                // Another headline of the page's own ends what is said of the last one.
                if block.tag.isHeading { (section, isUnderHeadline) = (0, false) }
                continue
            }
            if isUnderHeadline, section == 0 { units += 1 }
            section += block.text.words
            longest = max(longest, section)
            if isUnderHeadline, section <= 90 { teasers += block.text.words }
        }
        return (teasers, units, longest)
    }
}
