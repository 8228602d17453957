import Testing
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@testable import WirewatchPage

/// A source with its state: each poll is made by a new session, as after a restart.
struct Watcher {
    let state = MemoryState()
    let output: CollectingOutput
    let clock = ManualClock()
    let options: PageOptions
    let report = SourceReport()
    private let server: LoopbackServer
    /// With a memory of robots.txt of its own: ports are used again by later servers.
    private let client = PoliteClient(PoliteClient.shared.client)

    init(_ server: LoopbackServer, _ path: String, _ literal: [(String, OptionLiteral)] = []) throws {
        self.server = server
        output = CollectingOutput(state: state)
        let base: [(String, OptionLiteral)] = [
            ("url", .string(server.url(path))), ("allow_private_addresses", true), ("adaptive", false),
            ("every", "10m"),
        ]
        options = try WirewatchTesting.options(PageOptions.self, .map(base + literal))
    }

    private func context(drain: Bool) -> SourceContext {
        var context = SourceContext.test(clock: clock, state: state, drain: drain)
        context.report = report
        return context
    }

    func source(drain: Bool = false) -> PageSource {
        let client = client
        let fetcher = PollFetcher(
            document: { request throws(HTTPError) in try await client.fetch(request) },
            page: { try await client.fetchPage($0, agent: $1) })
        return PageSource(options, context(drain: drain), fetcher: fetcher)
    }

    /// Returns why the source stops, and how long until the next poll.
    @discardableResult
    func poll(
        after wait: Duration = .seconds(600), _ output: (any SourceOutput)? = nil
    ) async throws -> (stop: String?, wait: Duration) {
        clock.advance(by: wait)
        let source = source()
        switch options.watch {
        case .links: return try await poll(source.linksSession(), output)
        case .text: return try await poll(source.textSession(), output)
        }
    }

    private func poll(
        _ session: some PollingSession, _ output: (any SourceOutput)?
    ) async throws -> (stop: String?, wait: Duration) {
        let stop = try await session.poll(output ?? self.output)
        await session.report(next: nil)
        return (stop, session.schedule.due(await session.memory, now: clock.now()) - clock.now())
    }

    var memory: PollMemory { PollMemory(encoded: state.value(PollMemory.key) ?? []) }
    var waiting: [WaitingPage] {
        state.entries(prefix: WaitingPage.prefix).compactMap { WaitingPage(key: $0.key, encoded: $0.value) }
    }
    /// The last names of the addresses of what was yielded.
    var names: [String] {
        output.documents.map { $0.article.canonicalURL?.split(separator: "/").last.map(String.init) ?? "" }
    }
    var bodies: [String] { output.documents.map(\.article.body) }
    func figure(_ name: String) -> String? { report.figures.first { $0.name == name }?.value }
}

/// A news page: navigation, articles by number, footer.
func newsroom(_ numbers: some Sequence<Int>, head: String = "", more: String = "") -> String {
    let articles = numbers.map {
        "<article><h2><a href='/news/robot-report-number-\($0)?utm_source=home'>Robot report number \($0)</a></h2></article>"
    }
    return """
        <html><head><title>Newsroom</title>\(head)</head><body><nav><a href=/>Home</a><a href=/products/>Products</a></nav>
        <main>\(articles.joined()) \(more)</main><footer><a href=/privacy-policy>Privacy</a></footer></body></html>
        """
}

func article(_ name: String, head: String = "") -> String {
    "<html><head><title>\(name)</title>\(head)</head><body><article><h1>\(name)</h1><p>It grips and lifts.</p></article></body></html>"
}

let html = ["Content-Type: text/html; charset=utf-8"]
