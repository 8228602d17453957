import WirewatchMarkup

/// The links of a page that matter to discovery, as written, in one pass over its tokens.
struct PageLinks {
    struct Link {
        var href: String
        var rel = ""
        var type: String?
        var title: String?
        var language: String?

        init(href: String) { self.href = href }

        /// What the link's words say, for one that names a feed.
        var isFeed: FeedLinkType { FeedLinkType(rel: rel, type: type) }
    }

    /// The `href` of the first `<base>` that has one.
    private(set) var base: String?
    /// Of `<link>`, those that may name a feed.
    private(set) var links: [Link] = []
    /// Of `<a>`, with their text as title.
    private(set) var anchors: [Link] = []

    /// Beyond this many of each kind the page's links are passed over.
    private static let limit = 20_000
    /// Longer texts are no button.
    private static let longestText = 200

    /// - Parameter page: UTF-8.
    init(_ page: [UInt8]) {
        var tokenizer = HTMLTokenizer(page)
        var isInside = false
        var text: [UInt8] = []
        while let token = tokenizer.next() {
            switch token.kind {
            case .text where isInside && text.count <= Self.longestText:
                tokenizer.append(token.range, to: &text)
            case .startTag:
                switch token.tag {
                case .base where base == nil: base = tokenizer.value("href").flatMap { $0.isEmpty ? nil : $0 }
                case .link:
                    guard links.count < Self.limit, let link = Self.link(tokenizer), link.isFeed != .none else { break }
                    links.append(link)
                case .a:
                    finish(&isInside, &text)
                    guard anchors.count < Self.limit, let link = Self.link(tokenizer) else { break }
                    anchors.append(link)
                    isInside = true
                default: break
                }
            case .endTag where token.tag == .a: finish(&isInside, &text)
            default: break
            }
        }
        finish(&isInside, &text)
    }

    private static func link(_ tokenizer: HTMLTokenizer) -> Link? {
        guard let href = tokenizer.value("href"), !href.utf8.allSatisfy({ $0 <= 0x20 }) else { return nil }
        var link = Link(href: href)
        link.rel = tokenizer.value("rel") ?? ""
        link.type = tokenizer.value("type")
        link.title = tokenizer.value("title")
        link.language = tokenizer.value("hreflang")
        return link
    }

    /// Ends the `<a>` that is open, if one is.
    private mutating func finish(_ isInside: inout Bool, _ text: inout [UInt8]) {
        if isInside, text.count <= Self.longestText, !text.allSatisfy({ $0 <= 0x20 }) {
            anchors[anchors.count - 1].title = String(decoding: text, as: UTF8.self)
        }
        isInside = false
        text.removeAll(keepingCapacity: true)
    }
}
