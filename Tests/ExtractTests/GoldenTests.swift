import FoundationEssentials
import Testing
import WirewatchExtract
import WirewatchKit

/// The golden files: `NAME.txt` or `NAME.html` with `NAME.expected` beside it.
enum Golden {
    static let folder = String(#filePath.dropLast("GoldenTests.swift".count)) + "Golden/"

    static let names = [
        "dump-labels.txt", "dump-breadcrumb.txt", "dump-menu.txt", "dump-chinese.txt", "page-structured.html",
        "page-bare.html",
        "page-parts.html", "page-cards.html", "page-nested.html", "dump-numbered.txt",
    ]

    static func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(filePath: folder + name)))
    }

    static func content(_ name: String) throws -> Document.Content {
        Document.Content(bytes: try bytes(name), type: name.hasSuffix(".html") ? .html : .plainText)
    }

    static func expected(_ name: String) throws -> String {
        let stem = name.prefix { $0 != "." }
        return String(decoding: try bytes(stem + ".expected"), as: UTF8.self)
    }

    /// An article as the expected files write it: fields that are set, a blank line, the body with `##` at subheadings.
    static func text(_ article: Article) -> String {
        var lines: [String] = []
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { lines.append("\(name): \(value)") }
        }
        add("title", article.title)
        add("subtitle", article.subtitle)
        add("authors", article.authors.joined(separator: "; "))
        add("published", article.published?.text)
        add("modified", article.modified?.text)
        add("site", article.site)
        add("section", article.section)
        add("language", article.language)
        add("tags", article.tags.joined(separator: "; "))
        add("canonical", article.canonicalURL)
        for caption in article.captions { add("caption", caption.text + (caption.credit.map { " | " + $0 } ?? "")) }
        add("note", article.editorsNote)
        lines.append("")
        let body = Array(article.body.utf8)
        var at = 0
        var text = ""
        for range in article.subheadings {
            text += String(decoding: body[at..<range.lowerBound], as: UTF8.self) + "## "
            at = range.lowerBound
        }
        text += String(decoding: body[at...], as: UTF8.self)
        lines.append(text)
        return lines.joined(separator: "\n") + "\n"
    }
}

struct GoldenTests {
    @Test("pages and dumps give the expected articles", arguments: Golden.names)
    func golden(name: String) throws {
        var article = Article()
        article.url = "https://news.example/2/story"
        _ = try ArticleExtractor().fill(&article, from: Golden.content(name))
        #expect(Golden.text(article) == (try Golden.expected(name)))
    }

    @Test("each dropped block has a reason and each kept one a use", arguments: Golden.names)
    func report(name: String) throws {
        let result = try ArticleExtractor().extract(Golden.content(name))
        #expect(!result.blocks.isEmpty)
        for block in result.blocks { #expect((block.use == nil) != (block.reason == nil), "\(block.text)") }
        for block in result.blocks where block.use == "paragraph" || block.use == "subheading" {
            #expect(result.article.body.contains(block.text))
        }
    }
}
