import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchAlertFeed

@Suite("The alert_feed sink")
struct AlertFeedTests {
    private func open(
        _ folder: TestFolder, _ name: String, _ state: MemoryState, _ more: [(String, OptionLiteral)] = []
    ) throws
        -> AlertFeed
    {
        let given = try options(
            AlertFeedOptions.self,
            .map([("path", .string(folder.path + "/out/" + name)), ("title", "Alerts & more")] + more))
        let sink = AlertFeed(given, .test())
        try sink.open(state)
        return sink
    }

    @Test("An Atom feed of the newest alerts, well-formed whatever articles say, kept across a crash")
    func atom() throws {
        let folder = try TestFolder()
        let state = MemoryState()
        var sink = try open(folder, "a.atom", state, [("max_items", 3), ("url", "https://example.org/a.atom?x=1&y=2")])
        try sink.write((1...3).map { .alert(alert($0)) })
        try sink.checkpoint(state)
        sink = try open(folder, "a.atom", state, [("max_items", 3), ("url", "https://example.org/a.atom?x=1&y=2")])
        // Comes again after a crash, and is there once.
        try sink.write([.alert(alert(3)), .alert(alert(4, message: "<b> & \u{1} ]]> \"x\""))])
        try sink.checkpoint(state)
        let program = """
            import sys, xml.etree.ElementTree as t
            n = {'a': 'http://www.w3.org/2005/Atom'}
            f = t.parse(sys.argv[1]).getroot()
            print([e.find('a:id', n).text[-2:] for e in f.findall('a:entry', n)], f.find('a:title', n).text)
            print(f.find('a:entry/a:title', n).text, f.find('a:link', n).get('href'), f.find('a:updated', n).text)
            """
        let read = String(
            decoding: try TestProgram.run("python3", "-c", program, folder.path + "/out/a.atom"), as: UTF8.self)
        #expect(
            read == """
                ['04', '03', '02'] Alerts & more
                [medium] <b> &  ]]> "x" https://example.org/a.atom?x=1&y=2 2026-01-04T12:00:00Z

                """)
        #expect(folder.names == ["out"])
        #expect(state.entries(prefix: "i/").count == 3)
    }

    @Test("A JSON feed, by the path's ending; addresses that are none of the web become no links")
    func json() throws {
        let folder = try TestFolder()
        let state = MemoryState()
        let sink = try open(folder, "a.json", state, [("min_severity", "high")])
        var bad = alert(1, severity: .high)
        bad.url = "javascript:alert(1)"
        try sink.write([.alert(bad), .alert(alert(2))])
        try sink.checkpoint(state)
        let program =
            "import sys, json; f = json.load(open(sys.argv[1])); print(f['version'], len(f['items']), f['items'][0])"
        let read = String(
            decoding: try TestProgram.run("python3", "-c", program, folder.path + "/out/a.json"), as: UTF8.self)
        #expect(read.hasPrefix("https://jsonfeed.org/version/1.1 1 {'id': 'urn:wirewatch:alert:"))
        #expect(!read.contains("'url'") && !read.contains("href"))
    }

    @Test("A file that cannot be written blocks, and loses nothing")
    func blocked() throws {
        let folder = try TestFolder()
        let state = MemoryState()
        let sink = try open(folder, "a.atom", state)
        try sink.write([.alert(alert(1))])
        _ = try TestProgram.run("rm", "-rf", folder.path + "/out")
        folder.write("in the way", "out")
        #expect(throws: SinkError.self) { try sink.checkpoint(state) }
        _ = try TestProgram.run("rm", folder.path + "/out")
        try sink.checkpoint(state)
        #expect(folder.read("out/a.atom")?.contains("part 1") == true)
    }
}
