import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchText

/// What the user may set of the `sitemap` source.
struct SitemapOptions: PluginOptions {
    var url: HTTPURL?
    var intervals: IntervalOptions
    var first: FirstItems
    var include: [Glob]
    var exclude: [Glob]
    var hosts: [HostPattern]
    var updates: Bool
    var fullText: Bool
    var maxItems: Int
    var maxSitemaps: Int
    var connection: ConnectionOptions

    init(_ options: OptionReader) throws {
        connection = ConnectionOptions(options)
        url = ConnectionOptions.url(options)
        intervals = IntervalOptions(options, allowsPrivateAddresses: connection.allowsPrivateAddresses)
        first = FirstItems(options) ?? .newest(20)
        include = Self.globs("include", options)
        exclude = Self.globs("exclude", options)
        hosts = options.list("hosts").compactMap { value in
            guard let text = OptionReader.text(value) else { return nil }
            let pattern = HostPattern(text)
            if pattern == nil {
                options.report(
                    "'hosts': '\(text)' is no host: write a name such as news.example.org, or *.example.org for all below",
                    at: value.location)
            }
            return pattern
        }
        updates = options.bool("updates")
        fullText = options.bool("full_text")
        maxItems = options.integer("max_items") ?? 1000
        maxSitemaps = options.integer("max_sitemaps") ?? 50
    }

    private static func globs(_ name: String, _ options: OptionReader) -> [Glob] {
        options.list(name).compactMap { value in
            guard let text = OptionReader.text(value) else { return nil }
            do {
                return try Glob(text)
            } catch {
                options.report("'\(name)': \(error)", at: value.location)
                return nil
            }
        }
    }

    /// Whether the user wants the page at a URL.
    func takes(_ url: HTTPURL) -> Bool {
        guard !include.isEmpty || !exclude.isEmpty else { return true }
        var path = url.path.dropFirst()
        if path.last == "/" { path.removeLast() }
        let text = String(path)
        return (include.isEmpty || include.contains { $0.matches(text) }) && !exclude.contains { $0.matches(text) }
    }

    static let specs: [OptionSpec] =
        [
            OptionSpec(
                "url", .string(), required: true, example: "https://example.org/news-sitemap.xml",
                """
                A sitemap, an index of sitemaps, or the start page of a site (`https://example.org/`), whose robots.txt \
                then names its sitemaps.
                """)
        ] + IntervalOptions.specs(of: "sitemap", every: "30m") + [
            OptionSpec(
                "first", .string(), default: "20", example: "2d",
                """
                What a new source takes of what is there already: so many of the newest pages by their dates, or those \
                dated not before an age. The others are known from then on.
                """),
            OptionSpec(
                "include", .oneOrMore(.string()), example: "[\"/news/**\", \"/blog/*\"]",
                """
                Globs of the paths of pages to take, without host and query: `*` and `?` stay inside a part of the path, \
                `**` crosses parts, `[a-z]` and `{a,b}` choose. Without it all are taken.
                """),
            OptionSpec(
                "exclude", .oneOrMore(.string()), example: "\"/news/sport/**\"",
                "Globs of the paths of pages to leave out."
            ),
            OptionSpec(
                "hosts", .oneOrMore(.string()), example: "[news.example.org, \"*.example.net\"]",
                """
                Further hosts whose pages and sitemaps are taken. Without it those of the host of `url` alone, as the \
                protocol wants it; `*.example.org` is every host below example.org.
                """),
            OptionSpec(
                "updates", .bool, default: "true",
                """
                Whether a page that was yielded is fetched again when its lastmod changes, and yielded as a new version \
                if its text changed.
                """),
            OptionSpec(
                "full_text", .bool, default: "true",
                """
                Whether the page of each new entry is fetched for its text, where the site's robots.txt allows it. \
                Without it only entries with a title are yielded: those of news sitemaps and feeds.
                """),
            OptionSpec(
                "max_items", .integer(1...10_000), default: "1000",
                "The most new pages that one poll takes, the newest by their dates; the others are known from then on."),
            OptionSpec(
                "max_sitemaps", .integer(1...1000), default: "50",
                """
                The most sitemaps of an index that one poll reads, new and changed ones first, the newest before; the \
                others' turn comes at later polls.
                """),
        ] + ConnectionOptions.specs(of: "sitemap")
}
