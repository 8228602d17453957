import Testing
import WirewatchExtract
import WirewatchKit

/// Dates that say less than a whole date, in pages received on Thursday, 5 March 2026, 12:00 UTC.
struct DatelineTests {
    private static let received = PublicationDate(text: "2026-03-05T12:00:00Z")?.timestamp

    private static func page(_ byline: String, language: String = "en", meta: String = "") -> Document.Content {
        let text = """
            <html lang=\(language)><head><meta charset=utf-8><title>Robots carry crates in the north</title>\(meta)</head><body>
            <h1>Robots carry crates in the north</h1><div>\(byline)</div>
            <p>One sentence that is long enough to be taken for running text, with a comma in it.</p>
            <p>And another one after it, so that the page has a body of two paragraphs.</p></body></html>
            """
        return Document.Content(bytes: Array(text.utf8), type: .html)
    }

    @Test(
        "what counts from the fetch is read in bylines",
        arguments: [
            ("By Ann Example | 2 hours ago", "2026-03-05T10:00:00Z"), ("Yesterday 10:15", "2026-03-04T10:15:00"),
            ("Published: Tue, 3 March", "2026-03-03"), ("3\u{5C0F}\u{65F6}\u{524D}", "2026-03-05T09:00:00Z"),
            ("Published: March 3, 2026 | 10:15 a.m. EST", "2026-03-03T10:15:00-05:00"), ("5 min read", nil),
            ("It began on 3 March in the north", nil),
        ] as [(String, String?)])
    func relative(byline: String, expected: String?) throws {
        let extractor = ArticleExtractor()
        #expect(
            try extractor.extract(Self.page(byline), received: Self.received).article.published?.text == expected)
        if expected?.hasSuffix("-05:00") != true {
            #expect(try extractor.extract(Self.page(byline)).article.published == nil)
        }
    }

    @Test(
        "of two readings the page's other dates decide, then its language, else it is none",
        arguments: [
            ("en", "", nil), ("en-US", "", "2026-01-02"), ("en-GB", "", "2026-02-01"), ("de", "", "2026-02-01"),
            ("en-US", "<meta name=lastmod content='25/02/2026'>", "2026-02-01"),
        ] as [(String, String, String?)])
    func order(language: String, meta: String, expected: String?) throws {
        let page = Self.page("01/02/2026", language: language, meta: meta)
        #expect(try ArticleExtractor().extract(page, received: Self.received).article.published?.text == expected)
        let stated = Self.page("", language: language, meta: meta + "<meta name=date content='01/02/2026'>")
        #expect(try ArticleExtractor().extract(stated, received: Self.received).article.published?.text == expected)
    }

    @Test("the stage counts from when the article was received")
    func stage() throws {
        var article = Article()
        article.received = Self.received ?? article.received
        _ = try ArticleExtractor().fill(&article, from: Self.page("Updated: 3 hours ago"))
        #expect(article.published?.text == "2026-03-05T09:00:00Z")
    }
}
