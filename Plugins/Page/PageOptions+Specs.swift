import WirewatchKit
import WirewatchPolling

extension PageOptions {
    static let specs: [OptionSpec] =
        [
            OptionSpec(
                "url", .string(), required: true, example: "https://example.org/newsroom/",
                "The page, over http or https. The site's robots.txt decides whether it is read."),
            OptionSpec(
                "watch",
                .choice([
                    ("links", "Each article that the page newly links to is read and yielded once."),
                    ("text", "The page is the article: it is yielded again, as a new version, when its text changes."),
                ]), example: "links",
                "What of the page is watched. Without it `links` where `links` is given, else `text`."),
            OptionSpec(
                "links", .object(LinkOptions.group), example: "{include: /news/*/**}",
                "Which links are articles. Without it, those that look like articles by address, text and place."),
            OptionSpec(
                "select", .oneOrMore(.string()), example: "\"main .prices, #notes > p\"",
                """
                The part of the page that counts: selectors of elements (`table`), `#id`, `.class`, `[attribute=value]`, \
                joined by a space (inside) or `>` (child), alternatives by `,`. Without it, for text: what stands in `main`, \
                or else all but navigation, asides and the footer; for links: what `links.within` says.
                """),
            OptionSpec(
                "ignore", .oneOrMore(.string()), example: "[\".updated\", \"#visitors\"]",
                "Selectors of parts that do not count: dates, counters."),
            OptionSpec(
                "first", .string(), default: "20", example: "none",
                """
                What a new source takes of what is there already: so many of the page's topmost articles, or `none`; with \
                `watch: text`, the text as it is, unless this is `none` or 0. All other links are known from then on.
                """),
            OptionSpec(
                "next_pages", .integer(0...100), default: "0",
                "How many further pages of the list (`rel=next`) are read at the first poll."),
            OptionSpec(
                "max_items", .integer(1...1000), default: "100",
                """
                The most new articles taken at one poll, topmost first; with more the site was rebuilt, and the others are \
                known without being read.
                """),
        ] + IntervalOptions.specs(of: "page", every: "30m")
        + ConnectionOptions.specs(of: "page", linked: " and the articles")
}
