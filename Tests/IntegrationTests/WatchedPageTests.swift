import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchCommand

@Suite("A site without a feed, watched by the real program")
struct WatchedPageTests {
    private static func list(_ numbers: some Sequence<Int>) -> String {
        "<title>News</title><nav><a href=/about>About</a></nav><main>"
            + numbers.map { "<h2><a href='/news/robots-at-work-part-\($0)'>Robots at work, part \($0)</a></h2>" }
            .joined()
            + "</main>"
    }

    private static func article(_ path: String) -> String {
        """
        <html lang=en><head><title>Robots at work: \(path.suffix(6))</title></head><body><article><h1>Robots at work: \(path.suffix(6))</h1>
        <p>The warehouse in the harbour has put twelve walking machines to work, and means to add forty more by summer.</p>
        <p>They carry boxes from the ships to the shelves, and rest in the night when the shelves are counted.</p></article></body></html>
        """
    }

    private static func configuration(_ url: String) -> String {
        """
        state: state
        sources:
          - {name: news, type: page, url: \(url)/news/, watch: links, allow_private_addresses: true}
          - {name: prices, type: page, url: \(url)/prices, select: "main > p", allow_private_addresses: true}
        pipeline:
          - type: extract
        sinks:
          - {name: articles, type: json_log, path: logs/articles.jsonl, records: articles}
        """
    }

    @Test("run --once reads each article once, and each version of a text")
    func once() throws {
        let server = try LoopbackServer { path, number, _ in
            let html = ["Content-Type: text/html"]
            switch path {
            case "/robots.txt": return .init(200, [], "User-agent: *\nDisallow: /news/robots-at-work-part-9\n")
            case "/news/": return .init(200, html, Self.list((1...(number + 1)).reversed()))
            case "/prices":
                return .init(200, html, "<main><p>An arm: \(number < 3 ? 500 : 400) EUR</p></main>\(number)")
            default: return .init(200, html, Self.article(path))
            }
        }
        let folder = try TestFolder()
        try folder.write(Self.configuration(server.url("")), to: "config.yaml")
        var titles: [[String]] = []
        for _ in 0..<3 {
            let result = try RunningProgram.run("run", "--once", in: folder)
            #expect(result.code == 0, "\(result.errors)")
            let lines = folder.text("logs/articles.jsonl").split(separator: "\n")
            titles.append(
                try lines.map { try Article(json: Array($0.utf8)) }.map { $0.title.isEmpty ? $0.body : $0.title }
                    .sorted())
        }
        #expect(titles[0] == ["An arm: 500 EUR", "Robots at work: part-1", "Robots at work: part-2"])
        #expect(titles[1] == titles[0] + ["Robots at work: part-3"])
        #expect(titles[2] == ["An arm: 400 EUR"] + titles[1] + ["Robots at work: part-4"])
        #expect(server.requests.count { $0.path.hasPrefix("/news/robots") } == 4)
    }

    @Test("check tells every mistake of a page's options with its place")
    func mistakes() throws {
        let folder = try TestFolder()
        try folder.write(
            """
            state: state
            sources:
              - name: a
                type: page
                url: news.example/x
                links: {include: "/a/[", exclude: [/b, "{c"]}
                select: ["main p", "p:first-child"]
                ignore: "p >"
                first: some
              - {name: b, type: page, url: "https://news.example/", watch: text, max_items: 5}
              - {name: c, type: page, url: "https://news.example/", watch: everything, links: {wihtin: main}}
            sinks:
              - {name: out, type: console}
            """, to: "config.yaml")
        let result = try RunningProgram.run("check", in: folder)
        #expect(result.code != 0)
        let file = "config.yaml:"
        let messages = (result.output + result.errors).split(separator: "\n").filter { $0.hasPrefix(file) }
        #expect(
            messages.map { $0.dropFirst(file.utf8.count) }.joined(separator: "\n") == """
                5:10: error: 'url': the URL has no scheme; write it in full: https://news.example/x
                6:22: error: 'links.include': the glob '/a/[' has a '[' without its ']'
                6:44: error: 'links.exclude': the glob '{c' has a '{' without its '}'
                7:24: error: 'select': the selector 'p:first-child', at character 2: ':' is not known here; choose \
                by element, #id, .class or [attribute=value]
                8:13: error: 'ignore': the selector 'p >', at character 4: an element is missing; write its name, \
                #id, .class or [attribute=value]
                9:12: error: 'first' is 'some': write a number of links up to 1000, or none
                10:81: error: 'max_items' is for 'watch: links' alone; remove one of them
                11:64: error: 'watch' of source 'c' must be one of 'links' or 'text', not 'everything'
                11:84: error: unknown option 'wihtin' in 'links' of source 'c'; did you mean 'within'?
                """)
    }
}
