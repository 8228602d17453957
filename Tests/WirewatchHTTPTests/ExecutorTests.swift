import Glibc
import Synchronization
import Testing

@testable import WirewatchHTTP

@Suite struct ExecutorTests {
    private final class Work: Sendable {
        let isOver = Mutex(false)
    }

    private static func thread() -> UInt { UInt(pthread_self()) }

    @Test("a task that prefers the client's thread is there before a fetch and after it")
    func oneThread() async throws {
        let client = testClient()
        let server = TestServer { connection, _ in connection.reply(200, [], "x") }
        let threads = await Task(executorPreference: client.executor) {
            var threads = [Self.thread()]
            for _ in 0..<3 {
                #expect(await failure(client, server.request("/")) == nil)
                threads.append(Self.thread())
            }
            threads.append(await withTaskExecutorPreference(globalConcurrentExecutor) { Self.thread() })
            threads.append(Self.thread())
            return threads
        }.value
        #expect(Set(threads[..<4]).count == 1)
        #expect(threads[4] != threads[0], "work may leave the thread")
        #expect(threads[5] == threads[0], "and comes back")
    }

    @Test("many tasks on the client's thread, each with many fetches")
    func manyTasks() async throws {
        let client = testClient()
        let server = TestServer { connection, request in connection.reply(200, [], request.path) }
        let bodies = try await withThrowingTaskGroup(of: [String].self) { group in
            for task in 0..<50 {
                group.addTask(executorPreference: client.executor) {
                    var bodies: [String] = []
                    for number in 0..<10 {
                        let reply = try await client.fetch(server.request("/\(task)/\(number)"))
                        bodies.append(String(decoding: reply.body, as: UTF8.self))
                        await Task.yield()
                    }
                    return bodies
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.formUnion($1) }
        }
        #expect(bodies.count == 500)
    }

    @Test("a task that does nothing but yield does not keep transfers from their end")
    func yielding() async {
        let client = testClient()
        let server = TestServer { connection, _ in connection.reply(200, [], "x") }
        let work = Work()
        // Neither needs the shared pool, on which other tests may keep a test waiting for long.
        await withTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: client.executor) {
                while !work.isOver.withLock({ $0 }) { await Task.yield() }
            }
            group.addTask(executorPreference: client.executor) {
                for _ in 0..<3 { #expect(await failure(client, server.request("/")) == nil) }
                work.isOver.withLock { $0 = true }
            }
        }
    }

    @Test("what still prefers the thread of a client that is gone runs on the shared pool")
    func afterTheEnd() async throws {
        var client: HTTPClient? = testClient()
        let executor = try #require(client?.executor)
        // One task is on its way while the thread ends, another comes later.
        let sleeper = Task(executorPreference: executor) {
            try? await Task.sleep(for: .milliseconds(20))
            return "awake"
        }
        client = nil
        #expect(await sleeper.value == "awake")
        #expect(await Task(executorPreference: executor) { "done" }.value == "done")
    }
}
