import Testing
import WirewatchConfig
import WirewatchKit
import WirewatchTesting

@testable import WirewatchEngine

@Suite("Sources that are pushed to")
struct InboundTests {
    static func yaml(_ sources: String = "{name: desk, type: served}", sink: String = "") -> String {
        """
        state: state
        listen: {}
        sources: [\(sources)]
        pipeline: [{type: reject, drop: [article drop], fail: [article fail]}, {type: count}]
        sinks: [{name: out, type: memory\(sink)}]
        engine: {workers: 2, batch: 3, stop_timeout: 5s}
        """
    }

    /// A daemon with its router.
    private func start(_ harness: Harness, _ yaml: String) throws -> (daemon: Daemon, router: InboundRouter) {
        let listen = try #require(try harness.configuration(yaml).listen)
        let router = InboundRouter(listen)
        let daemon = try harness.daemon(yaml, drain: false, router: router)
        try daemon.start()
        return (daemon, router)
    }

    /// Sends once the source serves its path.
    private func post(_ router: InboundRouter, _ body: String, to path: String = "/in") async -> InboundReply {
        let request = InboundRequest(method: "POST", path: path, body: Array(body.utf8))
        for _ in 0..<3000 {
            guard let route = router.route(for: path) else { return InboundReply(status: 404) }
            if let reply = route.screen(request) {
                #expect(reply.status == 503 && reply.headers.contains { $0.name == "Retry-After" })
                try? await Task.sleep(for: .milliseconds(5))
                continue
            }
            return await route.handler(request)
        }
        return InboundReply(status: 503)
    }

    @Test("a delivery is answered when its records are committed, with the ids that the records carry")
    func receipts() async throws {
        let harness = Harness()
        let (daemon, router) = try start(harness, Self.yaml())
        let reply = await post(router, "one two drop fail one")
        let lines = String(decoding: reply.body, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines.count == 5)
        #expect(harness.recorder.titles() == ["article one", "article two"])
        let ids = harness.recorder.records().map(\.id)
        #expect(Array(ids.prefix(2)) == lines.prefix(2).map { String($0.prefix(32)) })
        #expect(ids.contains(String(lines[3].prefix(32))), "the dead letter has the article's id")
        #expect(lines.map { $0.hasSuffix(" true") } == [false, false, false, false, true])
        let again = await post(router, "two three")
        #expect(String(decoding: again.body, as: UTF8.self).hasPrefix(lines[1].prefix(32) + " true\n"))
        #expect(harness.recorder.titles().count == 3)
        // Durable: what is read over another connection is what a new process would read.
        let state = try CommittedState(path: harness.directory + "/state/state.db") { _ in }
        #expect(try state.reader("stage/count").value("count").map { String(decoding: $0, as: UTF8.self) } == "3")
        state.close()
        #expect(await post(router, "").status == 200)
        #expect(await daemon.stop(timeout: .seconds(10)))
    }

    @Test("many deliveries at once share checkpoints, and each is answered")
    func crowd() async throws {
        let harness = Harness()
        let (daemon, router) = try start(harness, Self.yaml())
        _ = await post(router, "first")
        await withTaskGroup { group in
            for number in 0..<200 { group.addTask { await post(router, "a\(number) b\(number)").status } }
            for await status in group { #expect(status == 200) }
        }
        #expect(Set(harness.recorder.titles()).count == 401 && harness.recorder.titles().count == 401)
        #expect(await daemon.stop(timeout: .seconds(10)))
    }

    @Test("a blocked sink holds the answer back until it writes again; whoever leaves is let go")
    func blocked() async throws {
        let harness = Harness()
        harness.recorder.with { $0.gate = false }
        let (daemon, router) = try start(harness, Self.yaml(sink: ", gated: true"))
        let answered = Monitor(false)
        let patient = Task {
            let reply = await post(router, "one")
            answered.withLock { $0 = true }
            return reply.status
        }
        let impatient = Task { await post(router, "two").status }
        #expect(await eventually { daemon.health.blockedReason != nil })
        impatient.cancel()
        #expect(await impatient.value == 503)
        #expect(!answered.withLock { $0 })
        harness.recorder.with { $0.gate = true }
        #expect(await patient.value == 200)
        #expect(harness.recorder.titles().contains("article one"))
        #expect(await daemon.stop(timeout: .seconds(10)))
    }

    @Test("a daemon that stops without committing says so to those who wait")
    func abandoned() async throws {
        let harness = Harness()
        harness.recorder.with { $0.gate = false }
        let (daemon, router) = try start(harness, Self.yaml(sink: ", gated: true"))
        let waiting = Task { await post(router, "one").status }
        #expect(await eventually { daemon.health.blockedReason != nil })
        #expect(await !daemon.stop(timeout: .milliseconds(200)))
        #expect(await waiting.value == 503)
    }

    @Test("waitUntilDurable covers everything that the source handed over before")
    func barrier() async throws {
        let harness = Harness()
        let yaml = """
            state: state
            sources: [{name: n, type: numbers, count: 0}]
            pipeline: [{type: shake}]
            sinks: [{name: out, type: memory}]
            """
        let daemon = try harness.daemon(yaml, drain: false)
        try daemon.start()
        let output = try #require(daemon.running.withLock { $0.sources.first }).output
        for number in 0..<50 {
            let change = StateChange(key: "at", value: Array("\(number)".utf8))
            try await output.emit(Document(identity: "\(number)", cursor: [change]))
        }
        try await output.waitUntilDurable()
        let state = try #require(daemon.running.withLock { $0.environment }).state
        #expect(try state.reader("source/n").value("at") == Array("49".utf8))
        #expect(harness.recorder.records().count == 50)
        #expect(await daemon.stop(timeout: .seconds(10)))
    }

    @Test("a path belongs to one source; a second claim is a mistake, and at run time stops that source")
    func collisions() async throws {
        let harness = Harness()
        #expect { try harness.configuration(Self.yaml("{name: a, type: served}, {name: b, type: served}")) } throws: {
            "\($0)".contains("source 'a' serves '/in' already")
        }
        let (daemon, router) = try start(
            harness, Self.yaml("{name: a, type: served}, {name: b, type: served, claims: false}"))
        func stopped() -> Int {
            daemon.running.withLock { $0.sources }.count { source in
                if case .stopped(let reason) = source.current { reason.contains("served by source") } else { false }
            }
        }
        #expect(await eventually { stopped() == 1 })
        #expect(await post(router, "one").status == 200)
        #expect(router.route(for: "/other") == nil)
        #expect(await daemon.stop(timeout: .seconds(10)))
    }

    @Test("over a reload a path stays known: 503 until its source serves it again, 404 once it is gone")
    func reload() async throws {
        let harness = Harness()
        let (daemon, router) = try start(harness, Self.yaml())
        #expect(await post(router, "one").status == 200)
        let changed = Self.yaml("{name: desk, type: served, note: changed}")
        let summary = try await daemon.reload(try harness.configuration(changed))
        #expect(summary.description == "replaced source 'desk'")
        #expect(await post(router, "one two").status == 200)
        #expect(harness.recorder.titles().count == 2)
        _ = try await daemon.reload(
            try harness.configuration(Self.yaml("{name: other, type: served, path: /elsewhere}")))
        #expect(await post(router, "three").status == 404)
        #expect(await post(router, "three", to: "/elsewhere").status == 200)
        let moved = try harness.configuration(
            Self.yaml("{name: other, type: served, path: /elsewhere}").replacing(
                "listen: {}", with: "listen: {address: '1'}"))
        #expect(try await daemon.reload(moved).needsRestart == ["listen"])
        #expect(await daemon.stop(timeout: .seconds(10)))
        #expect(router.route(for: "/elsewhere")?.screen(InboundRequest(path: "/elsewhere"))?.status == 503)
    }

    @Test("paths that overlap, are reserved or are no paths are refused")
    func paths() throws {
        let listen = try #require(try Harness().configuration(Self.yaml()).listen)
        let router = InboundRouter(listen)
        let endpoint = router.endpoint(of: "a")
        func register(_ path: String, below: Bool = false) throws -> InboundRegistration {
            try endpoint.register(
                InboundRoute(path, includesBelow: below, methods: ["GET"]) { _ in InboundReply(status: 200) })
        }
        let held = try register("/websub/press", below: true)
        for path in [
            "/websub/press", "/websub/press/x", "/metrics", "/", "/status/x", "a", "/a/", "/a//b", "/a?b", "/../a",
            "/ä",
        ] {
            #expect(throws: InboundRouteError.self, "\(path)") { try register(path) }
        }
        #expect(throws: InboundRouteError.self) { try register("/websub", below: true) }
        let beside = try register("/websub/pressing")
        #expect(router.route(for: "/websub/press/1/2") != nil && router.route(for: "/websub/pressing/1") == nil)
        held.release()
        held.release()
        #expect(router.route(for: "/websub/press/1/2") == nil)
        beside.release()
    }
}
