/// The links of an HTML page: those that a reader follows, and those that the page has for machines.
///
/// One walk over the tree without recursion, in time linear in its size; ``Limits`` bound what is kept.
///
/// ```swift
/// let page = PageLinks(MarkupTree(html: bytes), url: "https://example.org/news/")
/// for link in page.links where link.place.isContent { print(link.url, link.text) }
/// ```
public struct PageLinks: Sendable {
    /// The address that references are resolved against: the page's own, or what `<base href>` makes of it.
    public internal(set) var base: String?
    /// In the order of the page, repeated ones included; those to a place within the page (`#top`) and scripts are left out.
    public internal(set) var links: [PageLink] = []
    /// `<link rel=canonical>`.
    public internal(set) var canonical: String?
    /// `<link rel=amphtml>`.
    public internal(set) var amp: String?
    /// The page after this one of a series: `rel=next` of a `<link>`, or else of a link of the page.
    public internal(set) var next: String?
    /// `<link rel=alternate>`, stylesheets aside: feeds, other languages, other media.
    public internal(set) var alternates: [AlternatePage] = []
    /// `<meta http-equiv=refresh>` with an address, and after how many seconds; not one in `noscript`.
    public internal(set) var refresh: (seconds: Int, url: String)?
    /// `<meta name=robots>`, and that for our own name.
    public internal(set) var robots = RobotsDirectives()
    /// Whether a limit was reached, so that links are missing.
    public internal(set) var isTruncated = false

    /// Limits that keep a hostile page from taking memory out of proportion.
    public struct Limits: Sendable {
        /// Links kept, and alternates. Default 20,000.
        public var links = 20_000
        /// Bytes of one address; longer ones are left out. Default 4096.
        public var urlBytes = 4096
        /// Bytes of one link's text; more is cut off. Default 512.
        public var textBytes = 512

        public init() {}
    }

    /// - Parameters:
    ///   - url: the page's address; without it and without `<base>`, relative references stay as they are.
    ///   - agent: a robot's name whose own meta element counts beside `robots`.
    public init(_ tree: MarkupTree, url: String? = nil, agent: String = "wirewatch", limits: Limits = Limits()) {
        var reader = PageLinkReader(tree, url: url, agent: agent, limits: limits)
        self = reader.read()
    }

    /// Reads a page of any charset.
    /// - Parameter charset: the transport's, if any.
    public init(
        html bytes: [UInt8], charset: String? = nil, url: String? = nil, agent: String = "wirewatch",
        limits: Limits = Limits()
    ) {
        let text = Charset.decode(bytes, contentTypeCharset: charset)
        self.init(MarkupTree(html: text), url: url, agent: agent, limits: limits)
    }

    init(base: String?) { self.base = base }
}
