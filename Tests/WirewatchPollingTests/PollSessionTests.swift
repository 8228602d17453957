import Glibc
import Synchronization
import Testing
import WirewatchHTTP
import WirewatchKit
import WirewatchTesting

@testable import WirewatchPolling

/// Each line of a text is an item.
private struct LineReader: PollReader {
    struct Mistake: Error, CustomStringConvertible { var description: String }

    let subject = "list"
    let accept = "text/plain"
    var obeysRobots = false
    var onRead: @Sendable () -> Void = {}

    func read(_ response: HTTPResponse, _ situation: PollSituation) throws -> PollFindings {
        onRead()
        let lines = String(decoding: response.body, as: UTF8.self).split(separator: "\n").map(String.init)
        if lines.first == "mistake" { throw Mistake(description: "it has a mistake") }
        let known = situation.known.map {
            Set(String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init))
        }
        let fresh = lines.filter { known?.contains($0) != true }
        let items = fresh.map { line in
            PollItem(page: line.hasPrefix("/") ? .fetch(line) : .none) { now in
                var article = Article()
                article.title = line
                article.received = now
                return Document(identity: line, article: article)
            }
        }
        return PollFindings(
            items: items, arrivals: known == nil ? 0 : items.count, known: Array(lines.joined(separator: "\n").utf8),
            counts: ["lines": lines.count])
    }
}

/// The threads on which something happened.
private final class Threads: Sendable {
    private let noted = Mutex<[pthread_t]>([])

    var all: [pthread_t] { noted.withLock { $0 } }

    func noteCurrent() { noted.withLock { $0.append(pthread_self()) } }
}

@Suite struct PollSessionTests {
    private let state = MemoryState()
    private let clock = ManualClock()

    private func poll(_ url: String, obeysRobots: Bool = false, _ output: CollectingOutput) async throws -> PollMemory {
        try await poll(url, LineReader(obeysRobots: obeysRobots), output)
    }

    private func poll(_ url: String, _ lines: LineReader, _ output: CollectingOutput) async throws -> PollMemory {
        let reader = OptionReader(
            (["allow_private_addresses": true] as OptionLiteral).value,
            specs: ConnectionOptions.specs(of: "list") + IntervalOptions.specs(of: "list"), diagnostics: .init())
        let connection = ConnectionOptions(reader)
        let session = try PollSession(
            HTTPURL(url), IntervalOptions(reader, allowsPrivateAddresses: true), connection,
            .test(clock: clock, state: state), reader: lines)
        clock.advance(by: .seconds(900))
        _ = try await session.poll(output)
        return await session.memory
    }

    @Test("what the reader finds is yielded once, its pages put in, its memory with the last item")
    func items() async throws {
        let server = try LoopbackServer { path, number, _ in
            switch path {
            case "/list": .init(200, [], number < 3 ? "a\n/page\nb" : "c\na\n/page\nb")
            case "/page": .init(200, ["Content-Type: text/html"], "<p>The page")
            default: .init(404)
            }
        }
        let output = CollectingOutput(state: state)
        #expect(try await poll(server.url("/list"), output).items == 3)
        #expect(output.documents.map { $0.cursor.isEmpty } == [true, true, false])
        #expect(output.documents[1].content != nil && output.documents[0].content == nil)
        _ = try await poll(server.url("/list"), output)
        let memory = try await poll(server.url("/list"), output)
        #expect(output.documents.map(\.identity) == ["a", "/page", "b", "c"])
        #expect(memory.items == 4 && memory.polls == 3)
    }

    @Test("what cannot be read is a failed poll that says what it should have been")
    func mistake() async throws {
        let server = try LoopbackServer { _, _, _ in .init(200, ["Content-Type: text/html"], "mistake") }
        let failure = try await poll(server.url("/list"), CollectingOutput(state: state)).failure
        #expect(failure?.contains("is no list: it has a mistake; it is a web page") == true)
    }

    @Test(
        "a short reply is read by the thread that got it, and for a long one transfers do not wait",
        arguments: [true, false])
    func placeOfReading(isShort: Bool) async throws {
        let server = try LoopbackServer { _, _, _ in
            .init(200, [], String(repeating: "line\n", count: isShort ? 200 : 60_000))
        }
        let output = CollectingOutput(state: state)
        let readers = Threads()
        let url = server.url("/list")
        let transfers = try await Task(executorPreference: PollFetcher.executor) {
            let transfers = pthread_self()
            _ = try await poll(url, LineReader { readers.noteCurrent() }, output)
            return transfers
        }.value
        #expect(readers.all.count == 1)
        #expect((readers.all.first == transfers) == isShort)
    }

    @Test("a reader of pages asks only where robots.txt allows it", arguments: [true, false])
    func robots(obeys: Bool) async throws {
        let server = try LoopbackServer { path, _, _ in
            path == "/robots.txt" ? .init(200, [], "User-agent: *\nDisallow: /list") : .init(200, [], "a")
        }
        let output = CollectingOutput(state: state)
        let memory = try await poll(server.url("/list"), obeysRobots: obeys, output)
        #expect(server.requests("/list").count == (obeys ? 0 : 1))
        #expect(output.documents.count == (obeys ? 0 : 1))
        #expect(memory.failure?.contains("robots.txt does not allow") == (obeys ? true : nil))
    }
}
