import Testing
import WirewatchKit

@testable import WirewatchCommand

/// `wirewatch extract`, with the real binary.
@Suite("The article of a page from the command line")
struct ExtractCommandTests {
    private static let page = """
        <!doctype html><html lang=en><head><title>A crane *learns* | Crane News</title>
        <meta property=og:site_name content="Crane News"><meta name=author content="Ann Example">
        <meta property=article:published_time content=2026-05-03T07:00:00Z></head><body><h1>A crane *learns*</h1><article>
        <p>A crane lifts a sheet of glass, and nobody in the harbour dares to breathe at all.</p><h2>How it went</h2>
        <p>Then it sets the sheet down, slowly, on the roof of the new hall, and waits for more.</p>
        <ul><li>It took an hour, they say.</li><li>It was quiet, they say.</li></ul>
        <table><tr><th>Load</th><td>3 t</td></tr><tr><th>Height</th><td>80 m</td></tr></table>
        <p>1. That was the first of many sheets, and the last one of the day was the largest.</p></article>
        <footer><p>All cranes are friends of the harbour, and of its glass.</p></footer></body></html>
        """

    private static let listing =
        "<title>Cranes</title>"
        + (0..<8).map {
            "<div><h2><a href=/s/\($0)>The story of the crane with number \($0)</a></h2><p>What it did, in a few words, here.</p></div>"
        }.joined()

    private static func folder() throws -> TestFolder {
        let folder = try TestFolder()
        try folder.write(page, to: "page.html")
        try folder.write(listing, to: "list.html")
        try folder.write("<rss><channel><title>F</title></channel></rss>", to: "feed.xml")
        try folder.write(
            "pipeline: [{type: extract, keep: [article, index], sites: [{host: news.example, title: h2}]}]\n",
            to: "hints.yaml")
        return folder
    }

    private static func run(
        _ arguments: [String], in folder: TestFolder, input: String = "/dev/null"
    ) throws -> (code: Int32, output: String, errors: String) {
        let program = try RunningProgram(["extract"] + arguments, in: folder, input: input)
        let code = program.waitForExit()
        return (code, program.output, program.errors)
    }

    @Test("An article record comes out, of a file and of standard input")
    func json() throws {
        let folder = try Self.folder()
        for (arguments, input) in [(["page.html"], "/dev/null"), (["-"], folder.path("page.html"))] {
            let result = try Self.run(arguments + ["--url", "https://news.example/a"], in: folder, input: input)
            #expect(result.code == 0, "\(result.errors)")
            let record = try #require(JSONValue(Array(result.output.utf8)))
            #expect(record["schema"]?.text == "wirewatch.article/1")
            #expect(record["url"]?.text == "https://news.example/a")
            #expect(record["title"]?.text == "A crane *learns*")
            #expect(record["page_kind"]?.text == "article")
            #expect(record["origins"]?["authors"]?.text == "meta")
            #expect(record["body"]?.text?.contains("It took an hour, they say.\nIt was quiet") == true)
        }
    }

    @Test("As Markdown: headings, list, table, and what would be markup escaped")
    func markdown() throws {
        let result = try Self.run(["--format", "markdown", "page.html"], in: Self.folder())
        #expect(
            result.output == """
                # A crane \\*learns\\*

                By Ann Example \u{B7} 2026-05-03T07:00:00Z \u{B7} Crane News

                A crane lifts a sheet of glass, and nobody in the harbour dares to breathe at all.

                ## How it went

                Then it sets the sheet down, slowly, on the roof of the new hall, and waits for more.

                - It took an hour, they say.
                - It was quiet, they say.

                | Load | 3 t |
                | --- | --- |
                | Height | 80 m |

                1\\. That was the first of many sheets, and the last one of the day was the largest.

                """)
    }

    @Test("As text")
    func text() throws {
        let result = try Self.run(["--format", "text", "page.html"], in: Self.folder())
        #expect(
            result.output.hasPrefix(
                "A crane *learns*\n\nBy Ann Example, 2026-05-03T07:00:00Z, Crane News\n\nA crane lifts"))
        #expect(result.output.contains("\n\nIt took an hour, they say.\nIt was quiet, they say.\n\nLoad | 3 t\n"))
    }

    @Test("An address is fetched, and an error reply has the exit code of fetching")
    func address() throws {
        let server = try WebServer([
            "/a": WebServer.Page(body: Self.page), "/busy": WebServer.Page(status: 503),
            "/feed": WebServer.Page(
                type: "application/rss+xml", body: "<rss><channel><title>F</title></channel></rss>"),
        ])
        let folder = try Self.folder()
        let found = try Self.run(["--allow-private-addresses", server.url("/a")], in: folder)
        #expect(found.code == 0, "\(found.errors)")
        #expect(JSONValue(Array(found.output.utf8))?["url"]?.text == server.url("/a"))
        #expect(try Self.run(["--allow-private-addresses", server.url("/busy")], in: folder).code == 75)
        #expect(try Self.run([server.url("/a")], in: folder).errors.contains("--allow-private-addresses"))
        let feed = try Self.run(["--allow-private-addresses", server.url("/feed")], in: folder)
        #expect(feed.code == 65)
        #expect(feed.errors.contains("is a feed"))
        let explained = try RunningProgram(
            ["explain", "-c", "hints.yaml", "--allow-private-addresses", server.url("/a")], in: folder)
        #expect(explained.waitForExit() == 0)
        #expect(explained.output.contains("page kind: article"))
    }

    @Test("The configuration's own stage reads the page, with its hints and kinds")
    func configured() throws {
        let folder = try Self.folder()
        let url = ["--url", "https://news.example/a"]
        let hinted = try Self.run(["-c", "hints.yaml", "page.html"] + url, in: folder)
        #expect(JSONValue(Array(hinted.output.utf8))?["title"]?.text == "How it went", "\(hinted.errors)")
        let list = try Self.run(["-c", "hints.yaml", "list.html"], in: folder)
        #expect(JSONValue(Array(list.output.utf8))?["page_kind"]?.text == "index")
        try folder.write("pipeline: [{type: extrakt}]\n", to: "config.yaml")
        let doubtful = try Self.run(["page.html"], in: folder)
        #expect(doubtful.code == 0)
        #expect(doubtful.errors.contains("config.yaml has mistakes and is not used"))
        #expect(try Self.run(["-c", "config.yaml", "page.html"], in: folder).code == 78)
    }

    @Test("With --explain: the kind with its evidence, origins, and what became of each block")
    func explain() throws {
        let folder = try Self.folder()
        let page = try Self.run(["--explain", "page.html"], in: folder)
        #expect(page.code == 0)
        for part in [
            "page kind: article", "origins: title h1, authors meta", "\u{2713} paragraph (worth ",
            "\u{2717} footer (worth 56): All cranes", "\u{2713} subheading: How it went",
        ] { #expect(page.output.contains(part), "\(part)") }
        let list = try Self.run(["--explain", "list.html"], in: folder)
        #expect(list.code == 65)
        #expect(list.output.contains("page kind: index\n"))
        #expect(list.output.contains("8 headlines that link elsewhere"))
        #expect(list.output.contains("failed\n"))
    }

    @Test(
        "What is no article is told with the reason",
        arguments: [
            (["list.html"], Int32(65), "an index page (8 headlines"),
            (["feed.xml"], 65, "`wirewatch fetch` shows its items"),
            (["missing.html"], 66, "missing.html"), (["-"], 65, "standard input is empty"), ([], 64, "page"),
            (["--explain", "--format", "json", "page.html"], 64, "--explain"),
            (["--url", "example.org/a", "page.html"], 64, "write it in full"),
            (["--format", "xml", "page.html"], 64, "markdown"),
        ])
    func failures(arguments: [String], code: Int32, part: String) throws {
        let result = try Self.run(arguments, in: Self.folder())
        #expect(result.code == code)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains(part), "\(result.errors)")
    }
}
