import Testing
import WirewatchExtract
import WirewatchKit

/// What is kept of a feed's item and its page.
struct ItemAndPageTests {
    private static func sentence(_ number: Int) -> String {
        "Sentence number \(number) tells, without any hurry, how the harbour cranes learned to lift glass."
    }

    private static func paragraphs(_ numbers: Range<Int>) -> String {
        numbers.map { "<p>\(sentence($0))</p>" }.joined()
    }

    private static func page(_ body: String, head: String = "<title>A crane learns</title>") -> String {
        "<html><head>\(head)</head><body><h1>A crane learns</h1>\(body)</body></html>"
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// HTML; nil for an item whose text is plain.
        var item: String?
        var plain = ""
        var page: String
        var origin: FieldOrigin?
        var start = ""
        var kind = PageKind.article

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "a summary that stands in the page", item: paragraphs(0..<1), page: page(paragraphs(0..<9)),
            origin: .page,
            start: sentence(0)),
        Case(
            name: "a summary in other words", item: "<p>How cranes came to glass, in short.</p>",
            page: page(paragraphs(0..<9)), origin: .page, start: sentence(0)),
        Case(
            name: "the whole text, of which the page shows less", item: paragraphs(0..<20),
            page: page(paragraphs(0..<9)),
            origin: .source, start: sentence(0)),
        Case(
            name: "the whole text, which the page shows too", item: paragraphs(0..<20), page: page(paragraphs(0..<20)),
            origin: .page, start: sentence(0)),
        Case(
            name: "the whole text, and a page with another", item: paragraphs(100..<120),
            page: page(
                (0..<40).map {
                    "<p>Quite another matter, numbered \($0), is dealt with here at some length, as it were.</p>"
                }
                .joined()), origin: .source, start: sentence(100)),
        Case(
            name: "a text that is cut off, and a page with a little less",
            item: paragraphs(0..<8) + "<p>And then [\u{2026}]</p>",
            page: page(paragraphs(0..<7)), origin: .page, start: sentence(0)),
        Case(
            name: "a paywall stub", item: paragraphs(0..<8),
            page: page(paragraphs(0..<3) + "<h3>Subscribe to continue reading</h3>"), origin: .source,
            start: sentence(0),
            kind: .paywallStub),
        Case(
            name: "a paywall stub that has more than the item", item: paragraphs(0..<1),
            page: page(paragraphs(0..<3) + "<h3>Subscribe to continue reading</h3>"), origin: .page, start: sentence(0),
            kind: .paywallStub),
        Case(
            name: "a page that is not there", item: paragraphs(0..<1),
            page: page("<p>The page you are looking for does not exist.</p>", head: "<title>Page not found</title>"),
            origin: .source, start: sentence(0), kind: .notFound),
        Case(
            name: "plain text, and a page that is not there", item: nil, plain: "Plain words of the item.",
            page: page("", head: "<title>404 Not Found</title>"), origin: .source, start: "Plain words", kind: .notFound
        ),
        Case(
            name: "plain text that is a summary", item: nil, plain: "Plain words of the item.",
            page: page(paragraphs(0..<9)), origin: .page, start: sentence(0)),
        Case(
            name: "a title alone, and a page that is not there", item: nil,
            page: page("", head: "<title>404 Not Found</title>"), origin: nil, kind: .notFound),
    ]

    @Test("the better text is kept, and said in the origins", arguments: cases)
    func choice(_ example: Case) throws {
        var article = Article()
        article.title = "The item's title"
        article.url = "https://news.example/2026/story"
        article.body = example.plain
        let content = Document.Content(
            bytes: Array(example.page.utf8), type: .html, item: Array((example.item ?? "").utf8))
        let result = try ArticleExtractor().fill(&article, from: content)
        #expect(article.origins[.body] == example.origin, "\(result.bodyChoice ?? "")")
        #expect(article.body.hasPrefix(example.start), "\(article.body.prefix(80))")
        #expect(article.body.isEmpty == (example.origin == nil))
        #expect(article.title == "The item's title")
        #expect(article.origins[.title] == .source)
        #expect(article.pageKind == example.kind)
        #expect(result.bodyChoice?.isEmpty == false)
    }

    @Test("an item's HTML becomes blocks: headings, lists, tables and captions apart, what feeds add left out")
    func fragment() throws {
        let html = """
            <p>One   sentence<br>on two lines, it is.</p><h3>A heading</h3><ul><li>First</li><li>Second</li></ul>
            <figure><img src=a><figcaption>A crane. <span class=credit>Ann Example</span></figcaption></figure>
            <table><tr><td>Load</td><td>3 t</td></tr><tr><td>Height</td><td>80 m</td></tr></table>Loose words &amp; more<script>x()</script>
            <p>Short</p><p><a href="/more">Continue reading</a></p>
            <p>The post <a href="/a">A crane learns</a> appeared first on <a href="/">Crane News</a>.</p>
            """
        var article = Article()
        article.title = "A crane learns"
        article.language = "en-GB"
        let content = Document.Content(bytes: Array(html.utf8), type: .html, isFragment: true)
        _ = try ArticleExtractor().fill(&article, from: content)
        #expect(
            article.body == """
                One sentence on two lines, it is.

                A heading

                First
                Second

                Load | 3 t
                Height | 80 m

                Loose words & more

                Short
                """)
        #expect(article.subheadings.map { article.text(of: TextSpan(.body, $0)) } == ["A heading"])
        #expect(article.captions == [Caption(text: "A crane.", credit: "Ann Example")])
        #expect(
            article.origins.all.map { "\($0.field.rawValue) \($0.origin.rawValue)" } == [
                "title source", "language source", "captions source", "body source",
            ])
        #expect(article.pageKind == nil)
    }
}
