import Testing
import WirewatchExtract
import WirewatchKit

/// Pages made of many like parts.
struct PageShapeTests {
    /// Paragraphs of which no two say the same.
    private static let paragraphs = [
        "amber", "birch", "copper", "dune", "ember", "flint", "garnet", "heather", "iron", "jade",
    ].enumerated().map { index, word in
        """
        The \(word) machine number \(index + 1) stood in the hall of the \(word) makers for \(index + 20) days, and whoever \
        came by touched its \(word) handle once, for luck and for the warmth that it kept of all the other hands.
        """
    }

    private func body(_ html: String) throws -> String {
        try ArticleExtractor().extract(Document.Content(bytes: Array(html.utf8), type: .html)).article.body
    }

    @Test("a copy of the whole text for machines is left out, wherever it stands", arguments: [true, false])
    func copy(isFirst: Bool) throws {
        let copy = "<pre># Notes\n" + Self.paragraphs.joined(separator: "\n") + "</pre>"
        let text = Self.paragraphs.map { "<p>\($0)</p>" }.joined()
        let page = "<body><main><h1>Notes</h1>\(isFirst ? copy + text : text + copy)</main></body>"
        #expect(try body(page) == Self.paragraphs.joined(separator: "\n\n"))
    }

    @Test(
        "articles within the article are others, but on a page of live posts",
        arguments: ["NewsArticle", "LiveBlogPosting"])
    func nested(type: String) throws {
        let own = Self.paragraphs[..<4].map { "<p>\($0)</p>" }.joined()
        let others = Self.paragraphs[4...].map { "<article><p>\($0)</p></article>" }.joined()
        let script =
            "<script type=\"application/ld+json\">{\"@type\": \"\(type)\", \"headline\": \"Machines\"}</script>"
        let text = try body(
            "<head>\(script)</head><body><article><h1>Machines</h1>\(own)<div>\(others)</div></article></body>")
        #expect(text.contains(Self.paragraphs[3]))
        #expect(text.contains(Self.paragraphs[5]) == (type == "LiveBlogPosting"))
    }

    @Test("an index of teasers alone keeps its text, for there is no other")
    func index() throws {
        let cards = Self.paragraphs.map { "<li><a href=\"/\($0.count)\">A title of three words</a><p>\($0)</p></li>" }
            .joined()
        #expect(try body("<body><main><ul>\(cards)</ul></main></body>").contains(Self.paragraphs[2]))
    }

    @Test(
        "made-up class names say nothing",
        arguments: ["hAdRRP", "kAdQx", "overflow-hidden", "md:hidden", "w-[var(--sidebar)]"])
    func names(name: String) throws {
        let text = Self.paragraphs.prefix(5).map { "<p>\($0)</p>" }.joined()
        let page = "<body><main>\(text)<p class=\"\(name)\">\(Self.paragraphs[6])</p>\(text)</main></body>"
        #expect(try body(page).contains(Self.paragraphs[6]))
    }
}
