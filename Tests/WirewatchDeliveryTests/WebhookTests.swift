import Synchronization
import Testing
import WirewatchDelivery
import WirewatchDigest
import WirewatchHTTP
import WirewatchKit
import WirewatchTesting

@testable import WirewatchWebhook

/// A receiver that notes what it took, and whether it said so.
private final class Receiver: Sendable {
    struct Entry: Sendable {
        var id: String
        var took: Bool
        var answered: Bool
    }

    private let entries = Mutex<[Entry]>([])

    func note(_ id: String, took: Bool, answered: Bool) {
        entries.withLock { $0.append(Entry(id: id, took: took, answered: answered)) }
    }

    var all: [Entry] { entries.withLock { $0 } }
    var taken: Set<String> { Set(all.filter(\.took).map(\.id)) }
}

@Suite("The webhook sink", .serialized)
struct WebhookTests {
    private func sink(
        _ server: LoopbackServer, _ literal: OptionLiteral = [:], path: String = "/hook"
    ) throws -> (SinkContext) throws -> DeliverySink {
        guard case .map(let entries) = literal else { throw OptionError("no map") }
        let given = try options(WebhookOptions.self, .map(entries + [("url", .string(server.url(path)))]))
        return { context in
            DeliverySink(
                given.delivery, context,
                transport: WebhookTransport(given, url: try #require(given.receiver.url)))
        }
    }

    private func deliverOne(
        _ literal: OptionLiteral, path: String = "/hook", _ alerts: [Alert] = [alert(1)]
    ) async throws -> LoopbackServer.Request {
        let server = try LoopbackServer(requests: { _, _ in .init(200) })
        let harness = try Harness(try sink(server, literal, path: path))
        try harness.send(alerts)
        for _ in 0..<2000 where server.requests.isEmpty {
            try harness.tick()
            try await Task.sleep(for: .milliseconds(2))
            harness.clock.advance(by: .seconds(1))
        }
        return try #require(server.requests.first)
    }

    @Test("An hour with a receiver that fails, hangs, answers 429 and 500 and dies: every alert arrives, none is lost")
    func hour() async throws {
        let receiver = Receiver()
        let random = Mutex(SeededGenerator(seed: 11))
        let isWell = Atomic<Bool>(false)
        let server = try LoopbackServer(requests: { request, _ in
            let id = request.headers["idempotency-key"].map { String($0.dropFirst().dropLast()) } ?? ""
            let choice = isWell.load(ordering: .relaxed) ? 0 : random.withLock { $0.below(100) }
            var reply = LoopbackServer.Reply(200)
            var took = true
            switch choice {
            case 0..<40: break
            case 40..<60: (reply, took) = (.init(500, [], "no"), false)
            case 60..<70: (reply, took) = (.init(429, ["Retry-After: 20"]), false)
            case 70..<80: (reply, took) = (.init(503), false)
            case 80..<88: reply.hangsUp = true
            case 88..<98: (reply.hangsUp, took) = (true, false)
            // It takes the alert, and answers after our time is up.
            default: reply.delayMilliseconds = 1500
            }
            receiver.note(id, took: took, answered: !reply.hangsUp && reply.delayMilliseconds == 0)
            return reply
        })
        let harness = try Harness(try sink(server, ["timeout": "1s", "retry": ["max": "1m"]]))
        var sent = 0
        for second in 0..<3600 {
            if second % 20 == 0 {
                sent += 1
                try harness.send([alert(sent)])
            }
            try await harness.run(for: .seconds(1)) { false }
        }
        isWell.store(true, ordering: .relaxed)
        try await harness.run(for: .seconds(20_000)) { harness.status("queued") == "0" }
        #expect(receiver.taken == Set((1...sent).map { alert($0).id }))
        #expect(harness.status("dead") == "0")
        // Of what it took more than once, it had left every time but the last unanswered.
        var repeats = 0
        for (_, entries) in Dictionary(grouping: receiver.all.filter(\.took), by: \.id) where entries.count > 1 {
            repeats += 1
            #expect(entries.dropLast().allSatisfy { !$0.answered })
        }
        let requests = receiver.all.count
        #expect(repeats > 0 && requests > sent, "the receiver was too kind: \(requests) requests")
        print(
            "webhook hour: \(sent) alerts, \(requests) attempts, \(repeats) came again with their key after no answer")
    }

    @Test("Killed at random while it delivers, it loses nothing; what comes again has the same key")
    func kills() async throws {
        let receiver = Receiver()
        let random = Mutex(SeededGenerator(seed: 5))
        let server = try LoopbackServer(requests: { request, _ in
            let id = request.headers["idempotency-key"].map { String($0.dropFirst().dropLast()) } ?? ""
            let fails = random.withLock { $0.below(4) } == 0
            receiver.note(id, took: !fails, answered: true)
            return .init(fails ? 500 : 200)
        })
        let harness = try Harness(try sink(server, ["retry": ["max": "5s"]]))
        var chance = SeededGenerator(seed: 3)
        for number in 1...200 {
            // What was written but not committed is written again after the crash, as the engine does.
            if chance.below(3) == 0 {
                try harness.sink.write([.alert(alert(number))])
                try harness.crash()
            }
            try harness.send([alert(number)])
            try await harness.run(for: .seconds(1)) { false }
            if chance.below(4) == 0 { try harness.crash() }
        }
        try await harness.run(for: .seconds(5000)) { harness.status("queued") == "0" }
        #expect(receiver.taken == Set((1...200).map { alert($0).id }))
        #expect(harness.status("dead") == "0")
    }

    @Test(
        "What a status means: done, again, or never",
        arguments: [
            (200, "delivered"), (204, "delivered"), (301, "dead"), (400, "dead"), (401, "dead"), (404, "dead"),
            (408, "again"), (425, "again"), (429, "again"), (500, "again"), (502, "again"), (503, "again"),
        ])
    func statuses(status: Int, outcome: String) async throws {
        let server = try LoopbackServer(requests: { _, number in
            .init(number == 1 ? status : 200, ["Location: http://127.0.0.1:1/"], "said why")
        })
        let harness = try Harness(try sink(server))
        try harness.send([alert(1)])
        try await harness.run(for: .seconds(30)) {
            harness.status("dead") == "1" || harness.status("delivered") == "1"
        }
        #expect(server.requests.count == (outcome == "again" ? 2 : 1))
        #expect(harness.status("dead") == (outcome == "dead" ? "1" : "0"))
        if outcome == "dead" { #expect(try harness.sink.perform(.list).contains("answered \(status): said why")) }
    }

    @Test("The default body is the alert's record; of several a notice that holds the records")
    func bodies() async throws {
        let one = try await deliverOne([:])
        #expect(one.headers["content-type"] == "application/json")
        #expect(try Alert(json: one.body) == alert(1))
        #expect(one.headers["idempotency-key"] == "\"\(alert(1).id)\"")
        let two = try await deliverOne(["group_by": "rule", "group_wait": "1s"], [alert(1), alert(2)])
        let text = String(decoding: two.body, as: UTF8.self)
        #expect(text.hasPrefix(#"{"schema":"wirewatch.notice/1","id":""#))
        #expect(
            text.contains(#""group":{"rule":"orders"},"count":2,"repeats":0,"alerts":[{"schema":"wirewatch.alert/1""#))
    }

    @Test("A template makes JSON whatever an article says")
    func templates() async throws {
        let nasty = alert(1, labels: ["team": "a\"b"], message: "He said \"no\" \\ \u{7}\n</script>")
        let request = try await deliverOne(
            [
                "json": [
                    "text": "{severity}: {message}", "n": 3, "on": true, "who": "{labels.team}", "all": ["{alerts}"],
                ]
            ],
            [nasty])
        let text = String(decoding: request.body, as: UTF8.self)
        #expect(
            text.hasPrefix(
                #"{"text":"medium: He said \"no\" \\ \u0007\n</script>","n":3,"on":true,"who":"a\"b","all":[[{"schema""#
            ))
        let plain = try await deliverOne(["body": "{subject} {{x}}", "content_type": "text/x"], [alert(2)])
        #expect(String(decoding: plain.body, as: UTF8.self) == "MEDIUM orders: Orders for walkers: 2 {x}")
        #expect(plain.headers["content-type"] == "text/x")
    }

    @Test("Signatures are those of Standard Webhooks and of GitHub")
    func signatures() async throws {
        let request = try await deliverOne(["sign": ["secret": "whsec_c2VjcmV0"]])
        let id = try #require(request.headers["webhook-id"])
        let time = try #require(request.headers["webhook-timestamp"])
        let code = HMAC.code(Array("\(id).\(time).".utf8) + request.body, key: Array("secret".utf8), .sha256)
        #expect(request.headers["webhook-signature"] == "v1," + Base64.encode(code))
        #expect(id == alert(1).id)
        let other = try await deliverOne(["sign": ["secret": "s3", "scheme": "github"]])
        let signature = try #require(other.headers["x-hub-signature-256"])
        #expect(HMAC.verifies(signature, of: other.body, key: Array("s3".utf8)))
    }

    @Test("Presets have the form of their receivers")
    func presets() async throws {
        let marked = alert(1, severity: .high, message: "<@here> *a* & b")
        let slack = try await deliverOne(["preset": "slack"], [marked])
        let slackText = String(decoding: slack.body, as: UTF8.self)
        #expect(slackText.contains("&lt;@here&gt;") && slackText.contains("&amp; b") && !slackText.contains("<@here>"))
        let ntfy = try await deliverOne(["preset": "ntfy"], path: "/robots", [marked])
        #expect(ntfy.path == "/")
        let ntfyText = String(decoding: ntfy.body, as: UTF8.self)
        #expect(ntfyText.hasPrefix(#"{"topic":"robots","title":"HIGH orders:"#) && ntfyText.contains(#""priority":4"#))
        let matrix = try await deliverOne(
            ["preset": "matrix", "room": "!r:example.org", "auth": ["bearer": "t"]], path: "/", [marked])
        #expect(matrix.method == "PUT")
        #expect(
            matrix.path == "/_matrix/client/v3/rooms/%21r%3Aexample.org/send/m.room.message/\(marked.id)")
        #expect(matrix.headers["authorization"] == "Bearer t")
        #expect(String(decoding: matrix.body, as: UTF8.self).contains("&lt;@here&gt;"))
        let discord = try await deliverOne(["preset": "discord"], [marked])
        #expect(String(decoding: discord.body, as: UTF8.self).contains(#""allowed_mentions":{"parse":[]}"#))
        let teams = try await deliverOne(["preset": "teams"], [marked])
        #expect(String(decoding: teams.body, as: UTF8.self).contains("AdaptiveCard"))
        let put = try await deliverOne(["method": "PUT"], path: "/alerts/{id}", [marked])
        #expect(put.method == "PUT" && put.path == "/alerts/\(marked.id)")
    }

    @Test("Options that make no sense are refused, each with what is wrong")
    func mistakes() {
        let cases: [(OptionLiteral, String)] = [
            (["url": "nonsense"], "'url'"),
            (["url": "https://h/", "preset": "ntfy"], "needs a topic"),
            (["url": "https://h/", "preset": "matrix", "room": "#a:b", "auth": ["bearer": "x"]], "id of a room"),
            (["url": "https://h/", "preset": "matrix", "room": "!a:b"], "access token"),
            (["url": "https://h/", "topic": "x"], "is for 'preset: ntfy'"),
            (["url": "https://h/", "json": ["a": "{nope}"]], "unknown placeholder '{nope}'"),
            (["url": "https://h/", "json": ["a": "{x"]], "without '}'"),
            (["url": "https://h/", "json": ["a": "b"], "body": "c"], "two bodies"),
            (["url": "https://h/", "sign": ["secret": "whsec_!!"]], "no Base64"),
        ]
        for (literal, part) in cases {
            do {
                _ = try options(WebhookOptions.self, literal)
                Issue.record("taken: \(literal)")
            } catch {
                let said = (error as? RefusedOptions)?.diagnostics.map(\.message).joined() ?? ""
                #expect(said.contains(part), "\(said)")
            }
        }
    }

    @Test("Errors do not tell the path of a URL, which may be a secret")
    func secrets() async throws {
        let server = try LoopbackServer(requests: { _, _ in .init(404) })
        let harness = try Harness(try sink(server, path: "/services/T0/secret"))
        try harness.send([alert(1)])
        try await harness.run(for: .seconds(10)) { harness.status("dead") == "1" }
        #expect(try !harness.sink.perform(.list).contains("secret"))
    }
}
