public import WirewatchKit

/// The options of the `extract` stage.
public struct ExtractOptions: PluginOptions {
    /// Bytes of body below which an article is refused; 0 takes all that have a title or a body.
    public var minimumBody = 0
    /// The language of all articles, whatever pages say; nil to read it from each.
    public var language: String?
    /// The kinds of pages that become articles.
    public var keep: Set<PageKind> = [.article, .paywallStub, .video]
    /// Whether records say where each field was read.
    public var origins = true
    /// What is known of the pages of some sites; the first that matches an address counts.
    public var sites: [SiteHint] = []

    public init() {}

    public static var specs: [OptionSpec] {
        [
            OptionSpec(
                "min_body", .size(0...16_777_216), default: "0", example: "500",
                """
                The least size of an article's body. A page with less is refused and kept as a dead letter.
                """),
            OptionSpec(
                "keep",
                .oneOrMore(
                    .choice([
                        ("article", "An article."),
                        ("paywall_stub", "The beginning of an article that only subscribers read on."),
                        ("video", "A film or broadcast with a few words about it."),
                        ("index", "A list of articles: a start page, a section."),
                        ("not_found", "What a server shows in place of a page that is not there."),
                        ("consent_wall", "The question for consent to cookies in place of the page."),
                        ("login_wall", "The form to sign in, in place of the page."),
                        ("blocked", "A test for robots or a refusal, in place of the page."),
                        ("needs_script", "A page whose text scripts build."),
                    ])), example: "[article, video]",
                """
                The kinds of pages that become articles. Any other is a dead letter, unless it is the page of a feed's item: \
                then the item's own text is the article. Default article, paywall_stub and video; records say which in \
                `page_kind`.
                """),
            OptionSpec(
                "sites", .list(of: .object(SiteHint.group)),
                """
                What is known of the pages of some sites, where extraction by itself does not get them right. The first \
                that matches a page's address counts. A selector that finds nothing is logged and counted, and the page is \
                read as if it were not there.
                """),
            OptionSpec(
                "origins", .bool, default: "true",
                "Whether records say where each field was read: json_ld, open_graph, visible, source, hint ..."),
            OptionSpec(
                "language", .string(), example: "en",
                "The language of all articles as a BCP 47 tag. Without it each page's own statement and its text decide."
            ),
        ]
    }

    public init(_ options: OptionReader) throws {
        minimumBody = options.size("min_body") ?? 0
        language = options.string("language")
        origins = options.bool("origins")
        if options.raw("keep") != nil { keep = Set(options.strings("keep").compactMap(PageKind.init)) }
        sites = options.list("sites").compactMap { value in
            options.reader(of: value, SiteHint.group).flatMap { SiteHint($0) }
        }
    }

    /// What is known of the page of an address.
    func hint(for url: String) -> SiteHint? {
        guard !sites.isEmpty, let address = PageAddress(url) else { return nil }
        return sites.first { $0.matches(address) }
    }
}
