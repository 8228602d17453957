import Synchronization
import Testing
import WirewatchCompression
import WirewatchDigest
import WirewatchKit
import WirewatchTesting

@testable import WirewatchHTTPIntake

/// A source over an endpoint in memory.
final class Desk: Sendable {
    static let token = "0123456789abcdef"

    let endpoint = MemoryEndpoint()
    let output: any SourceOutput
    let report = SourceReport()
    let clock = ManualClock()
    private let task: Task<Void, any Error>

    init(
        _ literal: [(String, OptionLiteral)] = [("token", .string(Desk.token))],
        output: any SourceOutput = CollectingOutput()
    ) async throws {
        self.output = output
        var context = SourceContext.test(clock: clock, drain: false, endpoint: endpoint)
        context.report = report
        let source = HTTPIntakeSource(options: try options(HTTPIntakeOptions.self, .map(literal)), context: context)
        task = Task { try await source.run(output) }
        await endpoint.waitForRoute()
    }

    deinit { task.cancel() }

    /// Ends the source, and waits for its end.
    func stop() async {
        task.cancel()
        _ = await task.result
    }

    var documents: [Document] { (output as? CollectingOutput)?.documents ?? [] }

    func post(
        _ body: String, _ type: String? = "application/json", headers: [(name: String, value: String)] = [],
        query: [(name: String, value: String)] = [], token: String? = Desk.token
    ) async -> InboundReply { await post(Array(body.utf8), type, headers: headers, query: query, token: token) }

    func post(
        _ body: [UInt8], _ type: String?, headers: [(name: String, value: String)] = [],
        query: [(name: String, value: String)] = [], token: String? = Desk.token
    ) async -> InboundReply {
        var all = headers
        if let type { all.append(("Content-Type", type)) }
        if let token { all.append(("authorization", "Bearer \(token)")) }
        return await endpoint.send(
            InboundRequest(method: "POST", path: "/articles", query: query, headers: all, body: body))
    }
}

extension InboundReply {
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
}

@Suite("The http source")
struct HTTPIntakeTests {
    @Test("Documents, articles, arrays and lines of both, pages and dumps are taken")
    func kinds() async throws {
        let desk = try await Desk()
        let cases: [(body: String, type: String, accepted: Int)] = [
            (#"{"title": "A robot", "body": "It walked."}"#, "application/json", 1),
            (
                #"{"id": "7", "url": "https://p.example/a", "content_type": "text/html", "text": "<p>x</p>"}"#,
                "application/json; charset=utf-8", 1
            ),
            (#"{"title": "B"}"#, "application/vnd.wirewatch.article+json", 1),
            (#" [ {"title": "C"} , {"text": "D, E"} ] "#, "application/json", 2),
            ("{\"title\": \"F\"}\n\n{\"text\": \"G\"}\r\n", "application/x-ndjson", 2),
            ("{\"title\": \"H\"}", "application/jsonl", 1),
            ("<html><title>I</title><p>Text", "text/html", 1), ("A page\n\nof text", "text/plain", 1),
            ("[]", "application/json", 0),
            (
                #"{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", "content_text": "x"}]}"#,
                "application/json", 1
            ),
            (
                "<rss version='2.0'><channel><title>K</title><item><title>L</title></item><item><title>M</title></item></channel></rss>",
                "application/rss+xml", 2
            ),
            (
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>n</id><title>N</title></entry></feed>",
                "text/xml", 1
            ),
        ]
        var total = 0
        for (body, type, accepted) in cases {
            let reply = await desk.post(body, type)
            #expect(reply.status == 200, "\(type): \(reply.text)")
            #expect(reply.text.hasPrefix("{\"accepted\":\(accepted),"), "\(type): \(reply.text)")
            #expect(reply.text.hasSuffix("\"rejected\":[]}\n"))
            total += accepted
            #expect(desk.documents.count == total)
        }
        #expect(desk.documents[1].identity == "id:7" && desk.documents[1].article.url == "https://p.example/a")
        #expect(desk.documents[1].content?.type.essence == "text/html")
        #expect(desk.report.figures.first { $0.name == "accepted" }?.value == "\(total)")
        await desk.stop()
    }

    @Test("A page has its URL from Content-Location or the query, and its id from the query")
    func pageURLs() async throws {
        let desk = try await Desk()
        _ = await desk.post("<p>x", "text/html", headers: [("Content-Location", "https://p.example/a")])
        _ = await desk.post("text", "text/plain", query: [("url", "https://p.example/b"), ("id", "b1")])
        #expect(desk.documents.map(\.article.url) == ["https://p.example/a", "https://p.example/b"])
        #expect(desk.documents[1].identity == "id:b1")
        let bad = await desk.post("text", "text/plain", query: [("url", "javascript:alert(1)")])
        #expect(bad.status == 400 && bad.text.contains("URL"))
        await desk.stop()
    }

    @Test("The same content under the same URL is the same document, however its JSON is written")
    func identity() async throws {
        let desk = try await Desk()
        for body in [
            #"{"url": "https://p.example/a", "title": "T", "body": "B"}"#,
            #"{ "body":"B","title":"T","url":"https:\/\/p.example\/a" }"#,
            #"{"url": "https://p.example/a", "title": "T", "body": "Other"}"#,
            #"{"url": "https://p.example/b", "title": "T", "body": "B"}"#,
            #"{"id": "1", "title": "T", "body": "B"}"#, #"{"id": "1", "title": "T", "body": "Corrected"}"#,
        ] { _ = await desk.post(body) }
        let found = desk.documents.map(\.identity)
        #expect(found[0] == found[1] && found[4] == found[5])
        #expect(Set(found).count == 4)
        await desk.stop()
    }

    @Test("What cannot be taken is named by its place in the body; the rest is taken")
    func partly() async throws {
        let desk = try await Desk()
        let reply = await desk.post(#"[{"title": "A"}, {"nothing": 1}, 7, {"text": "B"}, {"title": 5}]"#)
        #expect(reply.status == 200)
        #expect(reply.text.hasPrefix("{\"accepted\":2,"))
        for index in [1, 2, 4] { #expect(reply.text.contains("{\"index\":\(index),\"reason\":\"")) }
        let lines = await desk.post(
            "{\"title\": \"C\"}\n{\"title\": nope}\n{\"title\": \"D\"}\n", "application/x-ndjson")
        #expect(
            lines.text.hasPrefix("{\"accepted\":2,")
                && lines.text.contains("\"index\":1,\"reason\":\"no JSON at column 11"))
        let none = await desk.post(#"[{"nothing": 1}]"#)
        #expect(none.status == 422 && none.text.contains("\"rejected\":[{\"index\":0,"))
        #expect(desk.documents.count == 4)
        await desk.stop()
    }

    @Test(
        "Bad requests are told what is wrong, in problem details",
        arguments: [
            ("{\"title\": \"A\",\n oops}", "application/json", 400, "line 2, column 2"),
            ("{\"title\": \"A\"", "application/json", 400, "ends before its end"),
            ("[1, 2,]", "application/json", 400, "line 1, column 7"),
            ("7", "application/json", 400, "neither an object nor an array"),
            ("", "application/json", 400, "empty"), ("  \n", "text/plain", 400, "empty"),
            ("x", "application/x-www-form-urlencoded", 415, "application/json"),
            ("x", nil, 415, "Content-Type is missing"),
            ("x", "multipart/form-data; boundary=b", 415, "multipart/form-data"),
            ("<rss><channel>", "application/json", 400, "column 1"),
            ("no feed", "application/rss+xml", 400, "cannot be read"),
            ("<a/>", "application/xml", 400, "neither a feed"),
            ("{\"title\": \"\\ud8\"}", "application/json", 400, "four hexadecimal"),
        ] as [(String, String?, Int, String)])
    func mistakes(body: String, type: String?, status: Int, detail: String) async throws {
        let desk = try await Desk()
        let reply = await desk.post(body, type)
        #expect(reply.status == status)
        #expect(reply.header("Content-Type") == "application/problem+json")
        #expect(reply.text.contains("\"status\":\(status),") && reply.text.contains(detail), "\(reply.text)")
        #expect(desk.documents.isEmpty)
        await desk.stop()
    }

    @Test("Invalid UTF-8 in JSON is refused with its place")
    func invalidUTF8() async throws {
        let desk = try await Desk()
        let reply = await desk.post(Array("{\"title\": \"".utf8) + [0xFF] + Array("\"}".utf8), "application/json")
        #expect(reply.status == 400 && reply.text.contains("\"offset\":11,"))
        await desk.stop()
    }

    @Test("Gzip is undone, within the limit; a bomb, a torn stream and other encodings are refused")
    func encodings() async throws {
        let desk = try await Desk([("token", .string(Desk.token)), ("max_size", "64KiB")])
        func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
            var output: [UInt8] = []
            let stream = try GzipStream()
            try stream.append(bytes.span.bytes, to: &output)
            try stream.finish(to: &output)
            return output
        }
        let article = try gzip(Array(#"{"title": "A"}"#.utf8))
        #expect(await desk.post(article, "application/json", headers: [("Content-Encoding", "gzip")]).status == 200)
        let bomb = try gzip([UInt8](repeating: 0x20, count: 50 << 20))
        #expect(bomb.count < 64 << 10)
        #expect(await desk.post(bomb, "text/plain", headers: [("Content-Encoding", "gzip")]).status == 413)
        let torn = Array(article.dropLast(10))
        #expect(await desk.post(torn, "application/json", headers: [("Content-Encoding", "gzip")]).status == 400)
        let brotli = await desk.post(article, "application/json", headers: [("Content-Encoding", "br")])
        #expect(brotli.status == 415 && brotli.header("Accept-Encoding") == "gzip")
        #expect(await desk.post([UInt8](repeating: 0x61, count: 65 << 10), "text/plain").status == 413)
        await desk.stop()
    }

    @Test("More documents than allowed are refused whole")
    func tooMany() async throws {
        let desk = try await Desk([("token", .string(Desk.token)), ("max_documents", 2)])
        for (body, type) in [
            ("[{\"title\":\"a\"},{\"title\":\"b\"},{\"title\":\"c\"}]", "application/json"),
            ("{\"title\":\"a\"}\n{\"title\":\"b\"}\n{\"title\":\"c\"}", "application/x-ndjson"),
        ] {
            let reply = await desk.post(body, type)
            #expect(reply.status == 413 && reply.text.contains("more than 2 documents"))
        }
        #expect(desk.documents.isEmpty)
        await desk.stop()
    }

    @Test("Without articles being durable there is no 200: a full queue is 503 after a while, a stop at once")
    func backpressure() async throws {
        let output = BlockedOutput()
        let desk = try await Desk(output: output)
        async let reply = desk.post(#"{"title": "A"}"#)
        // The day-long sleep of the source, and the deadline of the request.
        await desk.clock.waitForSleepers(2)
        desk.clock.advance(by: .seconds(11))
        let busy = await reply
        #expect(busy.status == 503 && busy.header("Retry-After") == "5" && busy.text.contains("within 10s"))
        output.stop()
        #expect(await desk.post(#"{"title": "A"}"#).text.contains("stopping"))
        #expect(desk.report.figures.first { $0.name == "refused_unavailable" }?.value == "2")
        await desk.stop()
    }

    @Test("The path is free again when the source has ended, and a source without an endpoint says what to do")
    func ends() async throws {
        let desk = try await Desk()
        #expect(desk.endpoint.paths == ["/articles"])
        await desk.stop()
        #expect(desk.endpoint.paths.isEmpty)
        let lonely = HTTPIntakeSource(
            options: try options(HTTPIntakeOptions.self, ["token": .string(Desk.token)]), context: .test(drain: false))
        await #expect { try await lonely.run(CollectingOutput()) } throws: { "\($0)".contains("listen:") }
    }
}

/// Never makes anything durable.
private final class BlockedOutput: SourceOutput {
    private let isStopped = Mutex(false)

    func stop() { isStopped.withLock { $0 = true } }
    func emit(_ document: Document) async throws { try await Task.sleep(for: .seconds(3600)) }
    func reject(identity: String, url: String?, reason: String, excerpt: String, cursor: [StateChange]) async throws {}
    func advance(_ changes: [StateChange]) async throws {}

    func deliver(_ documents: [Document]) async throws -> [DeliveryReceipt] {
        if isStopped.withLock({ $0 }) { throw CancellationError() }
        try await Task.sleep(for: .seconds(3600))
        return []
    }
}
