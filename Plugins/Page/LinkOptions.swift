import WirewatchKit
import WirewatchText

/// Which links of a page are articles: the option `links`.
struct LinkOptions: Sendable {
    var include: [Glob] = []
    var exclude: [Glob] = []
    var sameSite = true
    /// Whether links of navigation, header, asides and footer count too.
    var withinPage = false
    /// Words of a link's text.
    var minWords = 0

    init() {}

    init(_ options: OptionReader) {
        include = Self.globs("include", options)
        exclude = Self.globs("exclude", options)
        sameSite = options.bool("same_site")
        withinPage = options.string("within") == "page"
        minWords = options.integer("min_words") ?? 0
    }

    static let group = OptionGroup("links", "Which links of the page are articles.") {
        [
            OptionSpec(
                "include", .oneOrMore(.string()), example: "[/news/*/**, \"https://blog.example.org/**\"]",
                """
                Globs of the articles' addresses: of the path (`/news/**`), or with `://` of the whole address. `*` stays \
                within a folder, `**` does not. With it no other rule of likeness is asked.
                """),
            OptionSpec(
                "exclude", .oneOrMore(.string()), example: "/news/archive/**",
                "Globs of addresses that are no articles."),
            OptionSpec(
                "same_site", .bool, default: "true",
                "Whether only links to the page's own site count: its host, hosts below it, and the host above `www`."),
            OptionSpec(
                "within",
                .choice([
                    ("main", "All but navigation, header, asides and footer, by their elements."),
                    ("page", "The whole page."),
                ]), default: "main", "Where on the page articles are linked."),
            OptionSpec(
                "min_words", .integer(0...100), default: "0",
                "The least words of a link's text; two CJK characters count as a word."),
        ]
    }

    private static func globs(_ name: String, _ options: OptionReader) -> [Glob] {
        options.list(name).compactMap { value in
            guard let text = OptionReader.text(value) else { return nil }
            do throws(Glob.Mistake) {
                return try Glob(text)
            } catch {
                options.report("'links.\(name)': \(error)", at: value.location)
                return nil
            }
        }
    }
}
