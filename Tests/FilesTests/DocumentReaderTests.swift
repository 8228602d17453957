import Testing
import WirewatchFeeds
import WirewatchKit

struct DocumentReaderTests {
    private let reader = DocumentReader { "digest:\($0.count)" }

    private func read(_ text: String, _ name: String) -> DocumentReader.Reading {
        reader.read(Array(text.utf8), name: name, url: "file:///x/\(name)", received: Timestamp(seconds: 5))
    }

    @Test(
        "the format comes from the name and the bytes together",
        arguments: [
            ("a.txt", "A page\nof text", DocumentFormat.plainText), ("a.txt", "", .plainText),
            ("a.txt", "We write <html> here", .plainText), ("a.txt", "{\"title\":\"t\"}", .plainText),
            ("a.txt", "<!doctype html><p>x", .html), ("a.txt", " \n<HTML><p>x", .html),
            ("a.html", "no tags at all", .html), ("a.HTM", "<p>x", .html), ("a.html", "<rss><channel/></rss>", .feed),
            ("a.xml", "<?xml version='1.0'?><!-- c --><rss/>", .feed), ("a.xml", "<rdf:RDF/>", .feed),
            ("a.atom", "<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", .feed),
            ("a.xml", "<html xmlns='http://www.w3.org/1999/xhtml'/>", .html), ("a.xml", "<urlset/>", .otherXML),
            ("a.json", "{\"title\":\"t\",\"body\":\"b\"}", .articleJSON), ("a.json", "{", .articleJSON),
            ("a.json", "{\"version\":\"https://jsonfeed.org/version/1\"}", .feed), ("a.json", "{\"items\":[]}", .feed),
            ("a.jsonl", "anything", .jsonLines), ("a.ndjson", "", .jsonLines),
            ("a", "<html>", .html), ("a", "{\"title\":\"t\"}", .articleJSON), ("a", "text", .plainText),
            ("a.txt", "x\u{0}y", .binary), ("a.cgi", "<urlset/>", .plainText),
        ])
    func formats(_ name: String, _ text: String, _ expected: DocumentFormat) {
        #expect(DocumentFormat.detect(Array(text.utf8), name: name) == expected)
    }

    @Test(
        "a declared type wins, and a generic one leaves it to the bytes",
        arguments: [
            ("text/html", "x", DocumentFormat.html), ("text/plain", "<html>", .plainText),
            ("application/rss+xml", "x", .feed), ("application/xml", "<feed/>", .feed),
            ("application/xml", "<x/>", .otherXML),
            ("application/x-ndjson", "", .jsonLines), ("application/json", "{\"items\":[]}", .feed),
            ("application/vnd.wirewatch.article+json", "", .articleJSON), ("application/octet-stream", "x", .plainText),
        ])
    func declared(_ type: String, _ text: String, _ expected: DocumentFormat) {
        #expect(DocumentFormat.detect(Array(text.utf8), name: "a.txt", declared: ContentType(header: type)) == expected)
    }

    @Test("UTF-16 is told by its mark")
    func wide() {
        let html = Array("<!DOCTYPE html><p>x".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(DocumentFormat.detect([0xFF, 0xFE] + html, name: "a.txt") == .html)
        let text = Array("plain".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(DocumentFormat.detect([0xFF, 0xFE] + text, name: "a.txt") == .plainText)
    }

    @Test("a page is its bytes, under its own digest and URL")
    func page() throws {
        let reading = read("<html><p>x", "a.html")
        let document = try #require(reading.documents.first)
        #expect(document.identity == "digest:10")
        #expect(document.article.url == "file:///x/a.html")
        #expect(document.article.received == Timestamp(seconds: 5))
        #expect(document.content?.type == .html)
        #expect(document.content?.bytes == Array("<html><p>x".utf8))
    }

    @Test("an article record is complete, with the URL that it has itself")
    func article() throws {
        let document = try #require(
            read("{\"title\":\"T\",\"body\":\"B\",\"source\":\"s\",\"id\":\"7\"}", "a.json").documents.first)
        #expect(document.content == nil)
        #expect(document.article.url == nil)
        #expect(document.article.body == "B")
        #expect(document.article.id == "" && document.article.source == "")
    }

    @Test("a feed's items carry what the feed knows of them")
    func feed() throws {
        let reading = read(
            """
            <rss><channel><title>Site</title><link>https://e.org/</link><language>en</language>
            <item><title>HTML</title><guid>1</guid><link>/1</link><description>&lt;p&gt;x&lt;/p&gt;</description></item>
            <item><title>Plain</title><guid>2</guid><description>one
            line

            two</description></item>
            <item><title>Same</title><guid>9</guid><link>/3</link></item>
            <item><title>Same again</title><guid>9</guid><link>/4</link></item>
            <item><title>Bare</title></item><item><title>Bare too</title></item><item></item>
            </channel></rss>
            """, "a.xml")
        let documents = reading.documents
        #expect(documents.map(\.article.title) == ["HTML", "Plain", "Same", "Same again", "Bare", "Bare too"])
        #expect(documents[0].content?.type == ContentType("text/html", charset: "utf-8"))
        #expect(documents[0].article.url == "https://e.org/1")
        #expect(documents[0].article.site == "Site")
        #expect(documents[0].article.language == "en")
        #expect(documents[1].content == nil)
        #expect(documents[1].article.body == "one line\n\ntwo")
        #expect(documents.allSatisfy { $0.identity.hasPrefix("item:https://e.org/ ") })
        #expect(Set(documents.prefix(4).map(\.identity)).count == 4)
    }

    @Test(
        "what cannot be read says why",
        arguments: [
            ("a.json", "{\"x\":1}", "title"), ("a.json", "[{\"title\":\"t\"}]", ".jsonl"), ("a.json", "{", "JSON"),
            ("a.xml", "<urlset/>", "neither a feed"), ("a.txt", "\u{0}", "NUL"),
        ])
    func rejected(_ name: String, _ text: String, _ reason: String) {
        let reading = read(text, name)
        #expect(reading.documents.isEmpty)
        #expect(reading.rejections.count == 1)
        #expect(reading.rejections.first?.reason.contains(reason) == true, "\(reading.rejections)")
    }

    @Test("deep JSON is refused, not followed")
    func deep() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(read("{\"items\":" + deep, "a.json").documents.isEmpty)
        #expect(read("{\"title\":\"t\",\"tags\":" + deep, "a.json").documents.isEmpty)
    }

    @Test("JSON Lines are read to their last line, bad lines apart")
    func lines() {
        let reading = read("{\"title\":\"1\"}\r\n\n{\"title\":\n{\"title\":\"2\"}", "a.jsonl")
        #expect(reading.documents.map(\.article.title) == ["1", "2"])
        #expect(reading.rejections.map { $0.reason.hasPrefix("line 3: ") } == [true])
    }
}
