import Testing
import WirewatchExtract
import WirewatchKit
import WirewatchTesting

struct OriginTests {
    private static let text = """
        <h1>A crane learns</h1><p>One sentence that is long enough to be taken for running text, with a comma in it.</p>
        <p>And another one after it, so that the page has a body of two paragraphs.</p>
        """

    @Test(
        "each field says where it was read",
        arguments: [
            (
                #"<script type="application/ld+json">{"@type":"NewsArticle","headline":"A crane learns","datePublished":"2026-05-03","dateModified":"2026-05-04","author":{"name":"Ann Example"},"articleSection":"Cranes","keywords":"glass","inLanguage":"en","alternativeHeadline":"Of glass","url":"https://news.example/a","publisher":{"name":"Crane News"}}</script>"#,
                """
                title h1, subtitle json_ld, authors json_ld, published json_ld, modified json_ld, site json_ld, section json_ld, \
                language json_ld, tags json_ld, body page, canonical_url json_ld
                """
            ),
            (
                """
                <html lang=en><meta property=og:site_name content="Crane News"><meta property=article:published_time content=2026-05-03>
                <meta property=og:url content="https://news.example/a"><meta property=article:tag content=glass>
                <meta property=article:section content=Cranes><meta property=article:author content="Ann Example">
                """,
                """
                title h1, authors open_graph, published open_graph, site open_graph, section open_graph, language lang, tags \
                open_graph, body page, canonical_url open_graph
                """
            ),
            (
                """
                <title>A crane learns | Crane News</title><meta name=date content=2026-05-03><meta name=keywords content="glass, cranes">
                <link rel=canonical href="https://news.example/a"><meta name=author content="Ann Example">
                """,
                "title h1, authors meta, published meta, site title_element, language text, tags meta, body page, canonical_url link"
            ),
            (
                """
                <time datetime=2026-05-03>yesterday</time><span class=byline>By Ann Example</span><a rel=tag>glass</a>
                """, "title h1, authors markup, published time, language text, tags markup, body page"
            ),
        ])
    func pages(head: String, expected: String) throws {
        let page = head + Self.text
        let article = try ArticleExtractor().extract(Document.Content(bytes: Array(page.utf8), type: .html)).article
        #expect(
            article.origins.all.map { "\($0.field.rawValue) \($0.origin.rawValue)" }.joined(separator: ", ") == expected
        )
    }

    @Test("records tell origins and the page's kind, and are read again")
    func records() throws {
        var article = Article()
        article.url = "https://news.example/a"
        let content = Document.Content(bytes: Array(Self.text.utf8), type: .html)
        _ = try ArticleExtractor().fill(&article, from: content)
        #expect(article.origins[.body] == .page)
        var json = JSONWriter()
        article.write(to: &json, seq: nil)
        let record = String(decoding: json.bytes, as: UTF8.self)
        #expect(record.contains(#""page_kind":"article","page_evidence":[],"origins":{"title":"h1""#), "\(record)")
        let again = try Article(json: json.bytes)
        #expect(again.origins == article.origins)
        #expect(again.pageKind == .article)

        let extractor = ArticleExtractor(try options(ExtractOptions.self, ["origins": false]))
        var plain = Article()
        _ = try extractor.fill(&plain, from: content)
        #expect(plain.origins.isEmpty)
        #expect(plain.body == article.body)
    }

    @Test("the fields of a page-text dump come from it, and those that the source knew from there")
    func dump() throws {
        var article = Article()
        article.tags = ["known"]
        article.site = "Crane News"
        let text = """
            A crane learns to lift glass in a harbour

            By Ann Example
            May 3, 2026

            Seven machines listen from the roofs of the city, and together they know where every swift sleeps, says the council.
            """
        _ = try ArticleExtractor().fill(&article, from: Document.Content(bytes: Array(text.utf8), type: .plainText))
        #expect(article.origins[.title] == .pageText)
        #expect(article.origins[.body] == .pageText)
        #expect(article.origins[.tags] == .source)
        #expect(article.origins[.site] == .source)
        #expect(article.pageKind == nil)
    }
}
