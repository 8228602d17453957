import Testing
import WirewatchKit
import WirewatchMarkup
import WirewatchTesting

@testable import WirewatchPage

@Suite struct PageOptionsTests {
    private func options(_ literal: [(String, OptionLiteral)]) throws -> PageOptions {
        try WirewatchTesting.options(PageOptions.self, .map([("url", "https://news.example/")] + literal))
    }

    @Test("links are watched where links are given, text otherwise, unless told")
    func mode() throws {
        #expect(try options([]).watch == .text)
        #expect(try options([("links", ["include": "/a/*"])]).watch == .links)
        #expect(try options([("watch", "links")]).watch == .links)
        #expect(try options([("watch", "text")]).watch == .text)
    }

    @Test(
        "what makes no sense is told",
        arguments: [
            ("select", "p:hover", "at character 2"), ("ignore", "a,", "at character 3"), ("first", "many", "'first'"),
            ("first", "1001", "'first'"), ("first", "-1", "'first'"), ("next_pages", "1", "watch: links"),
            ("every", "5s", "a minute"),
            ("url", "news.example", "scheme"),
        ])
    func mistakes(name: String, value: String, part: String) {
        #expect {
            let literal: OptionLiteral = Int(value).map { .integer($0) } ?? .string(value)
            _ = try WirewatchTesting.options(
                PageOptions.self, .map((name == "url" ? [] : [("url", "https://news.example/")]) + [(name, literal)]))
        } throws: { error in
            (error as? RefusedOptions)?.diagnostics.contains { $0.message.contains(part) } == true
        }
    }

    @Test("a glob that cannot be read is told, with its option")
    func globs() {
        #expect {
            _ = try options([("links", ["include": ["/a/[", "/b"], "exclude": "{x"])])
        } throws: { error in
            let messages = (error as? RefusedOptions)?.diagnostics.map(\.message) ?? []
            return messages.count == 2 && messages[0].contains("'links.include'")
                && messages[1].contains("'links.exclude'")
        }
    }

    @Test("several selectors count as one")
    func selectors() throws {
        #expect(try options([("select", ["p", "h1 > a, b"])]).select?.description == "p, h1 > a, b")
        let many = Array(repeating: OptionLiteral.string("a b c d e f g h"), count: 9)
        #expect(throws: RefusedOptions.self) { try options([("select", .list(many))]) }
    }

    @Test("a page that waits is read back as it was written, and what is damaged is none")
    func waitingPages() {
        var page = WaitingPage(
            url: "https://a.example/b?c", address: "https://a.example/b", text: "A text", number: 255)
        #expect(page.key == "page/00000000000000ff")
        #expect(WaitingPage(key: page.key, encoded: page.encoded) == page)
        page.attempts = 3
        page.notBefore = Timestamp(seconds: 1_767_528_000)
        #expect(WaitingPage(key: page.key, encoded: page.encoded) == page)
        #expect(WaitingPage(key: "page/x", encoded: page.encoded) == nil)
        #expect(WaitingPage(key: page.key, encoded: []) == nil)
        #expect(WaitingPage(key: page.key, encoded: Array("u\na\n-7\n-\nt".utf8)) == nil)
        #expect(
            TextVersion(encoded: TextVersion(number: 2, digest: "ab").encoded) == TextVersion(number: 2, digest: "ab"))
        #expect(TextVersion(encoded: Array("0 ab".utf8)) == nil && TextVersion(encoded: [0xFF]) == nil)
    }
}
