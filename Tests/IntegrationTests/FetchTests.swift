import Testing
import WirewatchKit

@testable import WirewatchCommand

@Suite("What a feed yields")
struct FetchTests {
    private static let feed = """
        <rss version="2.0"><channel><title>Robots \u{1B}[31mweekly</title><link>https://example.org/</link>
        <item><title>An arm</title><link>/arm</link><pubDate>Tue, 03 Mar 2026 07:08:09 +0100</pubDate><category>Arms</category></item>
        <item><description>A hand &lt;b&gt;too&lt;/b&gt;.</description><pubDate>Mar 2026</pubDate></item></channel></rss>
        """

    private static func folder() throws -> TestFolder {
        let folder = try TestFolder()
        try folder.write(feed, to: "feed.xml")
        try folder.write("no feed", to: "note.txt")
        return folder
    }

    @Test("For people: the title, then the items with date, title and link, safe for a terminal")
    func listing() throws {
        let result = try RunningProgram.run("fetch", "feed.xml", in: Self.folder())
        #expect(result.code == 0, "\(result.errors)")
        #expect(
            result.output == """
                Robots [31mweekly
                rss20, utf-8, 2 items, https://example.org/
                2026-03-03T07:08:09+01:00  An arm
                                           https://example.org/arm
                2026-03                    A hand too.

                """)
    }

    @Test("For programs: one object a feed, errors among them")
    func objects() throws {
        let result = try RunningProgram.run("fetch", "--json", "feed.xml", "note.txt", in: Self.folder())
        #expect(result.code == 0)
        let lines = result.output.split(separator: "\n").map { JSONValue(Array($0.utf8)) }
        try #require(lines.count == 2)
        let feed = try #require(lines[0])
        #expect(feed["error"] == .null)
        #expect(feed["format"]?.text == "rss20")
        #expect(feed["malformed"] == .bool(false))
        #expect(feed["feed"]?["link"]?.text == "https://example.org/")
        let items = try #require(feed["entries"]?.elements)
        #expect(items.map { $0["title"]?.text } == ["An arm", "A hand too."])
        #expect(items.map { $0["published"]?.text } == ["2026-03-03T06:08:09Z", "2026-03-01"])
        #expect(items[1]["published_precision"]?.text == "month")
        #expect(items[0]["tags"]?.elements.map(\.text) == ["Arms"])
        #expect(lines[1]?["error"]?.text?.contains("not a feed") == true)
        #expect(lines[1]?["feed"] == nil)
    }

    @Test("Lines on standard input name the files, and say how they were served")
    func requests() throws {
        let folder = try Self.folder()
        let path = folder.path("feed.xml")
        try folder.write(
            """
            {"case": "one", "file": "\(path)", "url": "https://example.net/f", "headers": {"Content-Type": "text/xml; charset=windows-1251"}}

            {"file": "missing.xml"}
            """, to: "in.jsonl")
        let result = try RunningProgram.run("fetch", "--json", "-", in: folder, input: folder.path("in.jsonl"))
        let lines = result.output.split(separator: "\n").map { JSONValue(Array($0.utf8)) }
        try #require(lines.count == 2)
        #expect(lines[0]?["case"]?.text == "one")
        #expect(lines[0]?["encoding"]?.text == "windows-1251")
        #expect(lines[0]?["entries"]?.elements.first?["link"]?.text == "https://example.net/arm")
        #expect(lines[1]?["error"]?.text?.contains("missing.xml") == true)
    }

    @Test(
        "Nothing read is bad data",
        arguments: [["fetch", "note.txt"], ["fetch", "missing.xml"], ["fetch", "--json", "note.txt"]])
    func failures(arguments: [String]) throws {
        let program = try RunningProgram(arguments, in: Self.folder())
        #expect(program.waitForExit() == 65)
        #expect(program.errors.isEmpty == (arguments[1] == "--json"))
    }
}
