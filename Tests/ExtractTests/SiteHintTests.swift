import Synchronization
import Testing
import WirewatchExtract
import WirewatchKit
import WirewatchTesting

struct SiteHintTests {
    /// A page that is read wrongly without help: its story stands in short lines of a box that calls itself a sidebar.
    static let page = """
        <html><head><title>Crane news</title><meta property=og:title content="Crane news">
        <link rel=canonical href="https://saved.example/news"></head><body><h1>Crane news</h1>
        <div class=lead>Which crane was it?</div><span class=who>Ann Example and Bo Sample</span><b class=when>3 May 2026</b>
        <div class=story><div>The crane is back</div><div>Nobody saw it come</div><p class=promo>Buy our calendar of cranes now,
        it has twelve months.</p><figure><img src=a><figcaption>The crane at dusk</figcaption></figure></div>
        <div class=more><p>A long text on other things, which reads like an article and which is none, stands at the end here.</p>
        <p>It goes on with a second paragraph, so that there is something which looks like a body to a reader of pages.</p></div>
        </body></html>
        """

    private static func article(
        _ site: OptionLiteral, url: String? = "https://www.cranes.example/news/back?x=1"
    ) throws
        -> Article
    {
        let extractor = ArticleExtractor(try options(ExtractOptions.self, ["sites": .list([site])]))
        var article = Article()
        article.url = url
        article.title = "The source's title"
        _ = try extractor.fill(&article, from: Document.Content(bytes: Array(page.utf8), type: .html))
        return article
    }

    @Test("a hint's parts win over what pages and sources say, and all text of the body is kept")
    func parts() throws {
        let article = try Self.article([
            "host": "*.cranes.example", "body": ".story", "title": ".lead", "authors": ".who", "published": ".when",
            "remove": ".promo",
        ])
        #expect(article.body == "The crane is back\n\nNobody saw it come")
        #expect(article.title == "Which crane was it?")
        #expect(article.authors == ["Ann Example", "Bo Sample"])
        #expect(article.published?.text == "2026-05-03")
        #expect(article.captions == [Caption(text: "The crane at dusk")])
        for field in [ArticleField.body, .title, .authors, .published] { #expect(article.origins[field] == .hint) }
        #expect(article.origins[.captions] == .page)
    }

    @Test(
        "a hint is for the hosts and paths that it names",
        arguments: [
            ("cranes.example", nil, "https://cranes.example/a", true),
            ("cranes.example", nil, "https://www.cranes.example/a", false),
            ("*.cranes.example", nil, "https://user@www.Cranes.example:8080/a", true),
            ("cranes.example", "/news/**", "https://cranes.example/news/2026/a?b=/c", true),
            ("cranes.example", "/news/*", "https://cranes.example/news/2026/a", false),
            ("cranes.example", "*.html", "https://cranes.example/news/2026/a.html#top", true),
            ("cranes.example", "/news/**", "https://cranes.example/reviews/a", false),
            ("cranes.example", nil, nil, false), ("saved.example", nil, "file:///srv/page.html", true),
            ("saved.example", nil, "https://other.example/", false),
        ] as [(String, String?, String?, Bool)])
    func scope(host: String, path: String?, url: String?, isMeant: Bool) throws {
        var site: [(String, OptionLiteral)] = [("host", .string(host)), ("body", ".story")]
        if let path { site.append(("path", .string(path))) }
        let article = try Self.article(.map(site), url: url)
        #expect((article.origins[.body] == .hint) == isMeant)
    }

    @Test("a hint that finds nothing is counted and logged, and the page is read without it")
    func misses() throws {
        guard case .stage(let make) = Plugin.extract.factory else { throw OptionError("not a stage") }
        let counted = Counted()
        var context = StageContext.test()
        context.count = { counted.add($0) }
        let made = try options(
            ExtractOptions.self,
            ["sites": [["host": "cranes.example", "body": ".gone", "title": ".lead", "remove": ".gone-too"]]])
        let stage = try make(made, context)
        for _ in 0..<3 {
            var article = Article()
            article.url = "https://cranes.example/a"
            var event = ArticleEvent(
                article: article, content: Document.Content(bytes: Array(Self.page.utf8), type: .html))
            #expect(try stage.process(&event) == .keep)
            #expect(event.article.title == "Which crane was it?")
            #expect(event.article.body.hasPrefix("A long text on other things"))
            #expect(event.article.origins[.body] == .page)
            let explanation = try #require(stage.explain(event))
            #expect(
                explanation.children.contains {
                    $0.label == "hints for cranes.example" && $0.held == false
                        && $0.detail == "nothing found for body, remove"
                })
        }
        #expect(counted.all == ["hint_body_missed": 3, "hint_remove_missed": 3])
    }

    private final class Counted: Sendable {
        private let counts = Mutex<[String: Int]>([:])
        func add(_ word: String) { counts.withLock { $0[word, default: 0] += 1 } }
        var all: [String: Int] { counts.withLock { $0 } }
    }

    @Test(
        "mistakes in hints are told with what to do",
        arguments: [
            (["host": "https://a.example", "body": "p"], "'host': 'https://a.example' is no host"),
            (["host": "*.example", "body": "p"], "is no host"),
            (["host": "a.example"], "at least one of 'body'"),
            (["host": "a.example", "body": "p:nth-child(2)"], "'body': the selector 'p:nth-child(2)', at character 2"),
            (["host": "a.example", "remove": ["p", "a >"]], "'remove': the selector 'a >'"),
            (["host": "a.example", "path": "/a[", "body": "p"], "'path': the glob '/a['"),
        ] as [(OptionLiteral, String)])
    func mistakes(site: OptionLiteral, expected: String) {
        #expect {
            try options(ExtractOptions.self, ["sites": .list([site])])
        } throws: {
            ($0 as? RefusedOptions)?.diagnostics.contains { $0.message.contains(expected) } == true
        }
    }
}
