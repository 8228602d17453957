import Glibc
import Testing
import WirewatchDelivery
import WirewatchHTTP
import WirewatchKit
import WirewatchTesting

@testable import WirewatchAlertmanager

@Suite(
    "The alertmanager sink, with a real Alertmanager", .serialized,
    .enabled(if: TestProgram.exists("prometheus-alertmanager"), "prometheus-alertmanager is not installed"))
struct AlertmanagerTests {
    /// A running Alertmanager that notifies a receiver of ours.
    private struct Server {
        let program: TestProgram
        let folder: TestFolder
        let url: String

        init(receiver: LoopbackServer, port: Int? = nil, folder: TestFolder? = nil) async throws {
            let folder = try folder ?? TestFolder()
            self.folder = folder
            folder.write(
                """
                route: {receiver: ours, group_by: [alertname], group_wait: 1s, group_interval: 1s, repeat_interval: 1h}
                receivers:
                  - name: ours
                    webhook_configs: [{url: '\(receiver.url("/notify"))', send_resolved: true}]

                """, "am.yml")
            let number = try port ?? Self.freePort()
            url = "http://127.0.0.1:\(number)"
            program = try TestProgram([
                "prometheus-alertmanager", "--config.file=\(folder.path)/am.yml", "--storage.path=\(folder.path)/data",
                "--web.listen-address=127.0.0.1:\(number)", "--cluster.listen-address=",
            ])
            for _ in 0..<400 {
                if let text = try? await Self.get(url + "/-/ready"), text.contains("OK") { return }
                try await Task.sleep(for: .milliseconds(50))
            }
            throw TestProgram.Failure(description: "Alertmanager did not start")
        }

        static func get(_ url: String) async throws -> String {
            var request = HTTPRequest(try HTTPURL(url))
            request.allowsPrivateAddresses = true
            return String(decoding: try await DeliveryHTTP.client.fetch(request).body, as: UTF8.self)
        }

        static func freePort() throws -> Int {
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(listener) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
                }
            }
            guard isBound else { throw TestProgram.Failure(description: "no free port") }
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }

    /// Runs in the time of the machine, which Alertmanager goes by.
    private func transport(_ url: String, _ literal: [(String, OptionLiteral)] = []) throws -> AlertmanagerTransport {
        let given = try options(AlertmanagerOptions.self, .map([("url", .string(url))] + literal))
        return try AlertmanagerTransport(given, url: try #require(given.receiver.url))
    }

    private func notified(
        _ receiver: LoopbackServer, _ parts: [String], after count: Int = 0
    ) async throws -> String {
        for _ in 0..<600 {
            for request in receiver.requests("/notify").dropFirst(count) {
                let text = String(decoding: request.body, as: UTF8.self)
                if parts.allSatisfy({ text.contains($0) }) { return text }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        let all = receiver.requests("/notify").map { String(decoding: $0.body, as: UTF8.self) }
        throw TestProgram.Failure(description: "no notification with \(parts) among \(all)")
    }

    @Test("It receives alerts, groups them, and resolves them when their time is up; one restarted is told again")
    func whole() async throws {
        let receiver = try LoopbackServer(requests: { _, _ in .init(200) })
        var server: Server? = try await Server(receiver: receiver)
        let url = try #require(server?.url)
        let now = SystemClock().now()
        let sender = try transport(
            url, [("active_for", "60s"), ("resend_every", "10s"), ("add_labels", ["team": "research"])])
        let nasty = alert(
            1, severity: .high, story: "s1", labels: ["a-b": "ü \"x\""], message: "Bestellung über 1 Mrd. €", at: now)
        for one in [nasty, alert(2, story: "s2", at: now)] {
            let notice = Notice(kind: .alert, created: now, alerts: [one])
            #expect(await sender.deliver(notice, DeliveryAttempt(now: now)) == .deliveredFor(.seconds(10)))
        }
        // One notification with both: grouped by alertname, the rule.
        let first = try await notified(receiver, [#""status":"firing""#, #""story":"s1""#, #""story":"s2""#])
        #expect(first.contains(#""alertname":"orders""#) && first.contains(#""a_b":"ü \"x\"""#))
        #expect(first.contains(#""team":"research""#) && first.contains("Bestellung über 1 Mrd. €"))
        let list = try await Server.get(url + "/api/v2/alerts")
        #expect(list.contains(#""severity":"high""#) && list.contains("https://example.org/walker/1"))

        // A restart forgets what fires; the next resend brings it back.
        let folder = try #require(server?.folder)
        let port = try #require(url.split(separator: ":").last.flatMap { Int($0) })
        server = nil
        guard
            case .failed(_, _, .receiver) = await sender.deliver(
                Notice(kind: .alert, created: now, alerts: [nasty]), DeliveryAttempt(now: now, deliveredAt: now))
        else {
            Issue.record("delivered to nobody")
            return
        }
        server = try await Server(receiver: receiver, port: port, folder: folder)
        #expect(try await Server.get(url + "/api/v2/alerts").hasPrefix("[]"))
        let count = receiver.requests("/notify").count
        let later = SystemClock().now()
        let again = Notice(kind: .alert, created: now, alerts: [nasty])
        #expect(
            await sender.deliver(again, DeliveryAttempt(now: later, number: 2, deliveredAt: now))
                == .deliveredFor(min(.seconds(10), now + .seconds(60) - later)))
        #expect(try await Server.get(url + "/api/v2/alerts").contains(#""story":"s1""#))
        _ = try await notified(receiver, [#""status":"firing""#, #""story":"s1""#], after: count)
        // Its time is up: the last post resolves it.
        let end = DeliveryAttempt(now: later, number: 3, deliveredAt: later - .seconds(61))
        #expect(await sender.deliver(again, end) == .delivered)
        _ = try await notified(receiver, [#""status":"resolved""#, #""story":"s1""#])
        withExtendedLifetime(server) {}
    }

    @Test("The queue resends what fires, also after a crash, and ends with the resolution")
    func lifecycle() async throws {
        let receiver = try LoopbackServer(requests: { _, _ in .init(200) })
        let given = try options(
            AlertmanagerOptions.self,
            ["url": .string(receiver.url("/am")), "active_for": "10m", "resend_every": "1m"])
        let harness = try Harness { context in
            DeliverySink(
                given.delivery, context,
                transport: try AlertmanagerTransport(given, url: try #require(given.receiver.url)))
        }
        try harness.send([alert(1, story: "s")])
        try await harness.run(for: .seconds(200)) { false }
        #expect(harness.status("firing") == "1")
        #expect(harness.status("queued") == "0")
        #expect((3...4).contains(receiver.requests.count))
        try harness.crash()
        #expect(harness.status("firing") == "1")
        try await harness.run(for: .seconds(900)) { harness.durable.isEmpty }
        #expect(harness.durable.isEmpty)
        #expect((10...13).contains(receiver.requests.count))
        #expect(Set(receiver.requests.map(\.path)) == ["/am/api/v2/alerts"])
        // The end is the same in each post but the first ones' of another run.
        #expect(
            receiver.requests.allSatisfy {
                String(decoding: $0.body, as: UTF8.self).contains(#""endsAt":"2026-01-04T12:1"#)
            })
    }
}
