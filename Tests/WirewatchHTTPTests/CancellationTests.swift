import Testing

@testable import WirewatchHTTP

@Suite struct CancellationTests {
    enum Phase: CaseIterable { case beforeStart, waitingForTurn, waitingForReply, inHeaders, inBody }

    @Test("a fetch can be cancelled in every phase", arguments: Phase.allCases)
    func phases(phase: Phase) async throws {
        let client = testClient { $0.maxConnectionsPerHost = 1 }
        let server = TestServer { connection, request in
            switch request.path {
            case "/headers": connection.send("HTTP/1.1 200 OK\r\nX: 1\r\n")
            case "/body": connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
            case "/quick": return connection.reply(200)
            default: break
            }
            connection.waitForEnd()
            return false
        }
        let path = phase == .inHeaders ? "/headers" : phase == .inBody ? "/body" : "/silent"
        var tasks: [Task<HTTPError?, Never>] = []
        let count = phase == .waitingForTurn ? 2 : 1
        for _ in 0..<count {
            tasks.append(
                Task {
                    if phase == .beforeStart { withUnsafeCurrentTask { $0?.cancel() } }
                    return await failure(client, server.request(path))
                })
        }
        if phase != .beforeStart {
            while server.seen.requests.isEmpty { await Task.yield() }
            // Time for the fields or the first bytes to arrive; the result is the same if they do not.
            pause(milliseconds: 20)
        }
        for task in tasks.reversed() { task.cancel() }
        for task in tasks { #expect(await task.value?.kind == .cancelled) }
        // The place of the cancelled ones is free again.
        #expect(try await client.fetch(server.request("/quick")).status == 200)
    }

    @Test func `cancelling at any moment leaves no call without an end`() async throws {
        let client = testClient {
            $0.maxConnections = 4
            $0.maxConnectionsPerHost = 4
        }
        let server = TestServer { connection, _ in connection.reply(200, [], "x") }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask {
                    let task = Task { await failure(client, server.request()) }
                    for _ in 0..<(number % 17) { await Task.yield() }
                    task.cancel()
                    let error = await task.value
                    #expect(error == nil || error?.kind == .cancelled)
                }
            }
        }
        #expect(try await client.fetch(server.request()).status == 200)
    }

    @Test func `a client that is dropped ends its thread`() async throws {
        let server = TestServer { connection, _ in connection.reply(200) }
        weak var thread: TransferThread?
        do {
            let client = testClient()
            thread = client.thread
            _ = try await client.fetch(server.request())
        }
        for _ in 0..<200 where thread != nil { pause(milliseconds: 10) }
        #expect(thread == nil)
    }
}
