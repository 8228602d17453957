import Synchronization
import WirewatchCompression
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@testable import WirewatchSitemap

/// A site on loopback whose files tests put there and change; it answers 304 when it should.
final class Site: Sendable {
    private struct File: Sendable {
        var reply: LoopbackServer.Reply
        var etag: String
    }

    private final class Files: Sendable {
        private let files = Mutex<[String: File]>([:])
        private let count = Mutex(0)

        func answer(_ path: String, _ headers: [String: String]) -> LoopbackServer.Reply {
            guard let file = files.withLock({ $0[path] }) else { return .init(404) }
            if headers["if-none-match"] == file.etag { return .init(304, ["ETag: \(file.etag)"]) }
            var reply = file.reply
            if reply.status == 200 { reply.headers.append("ETag: \(file.etag)") }
            return reply
        }

        func put(_ path: String, _ reply: LoopbackServer.Reply?) {
            let number = count.withLock {
                $0 += 1
                return $0
            }
            files.withLock { $0[path] = reply.map { File(reply: $0, etag: "\"\(number)\"") } }
        }
    }

    let server: LoopbackServer
    private let files = Files()

    init() throws {
        server = try LoopbackServer { [files] path, _, headers in files.answer(path, headers) }
        put("/robots.txt", "User-agent: *\nDisallow:\n", type: "text/plain")
    }

    func put(_ path: String, _ body: String, type: String = "application/xml") {
        files.put(path, .init(200, ["Content-Type: \(type)"], body))
    }

    func put(_ path: String, bytes: [UInt8], type: String) {
        files.put(path, .init(200, ["Content-Type: \(type)"], bytes: bytes))
    }

    func put(_ path: String, status: Int, _ headers: [String] = []) { files.put(path, .init(status, headers)) }

    func page(_ path: String, _ text: String) {
        put(path, "<html><body><main><h1>Page</h1><p>\(text)</p></main></body></html>", type: "text/html")
    }

    func remove(_ path: String) { files.put(path, nil) }

    func url(_ path: String) -> String { server.url(path) }

    /// How often a path was asked for.
    func count(_ path: String) -> Int { server.requests(path).count }

    /// `<urlset>` of paths of this site, each with a lastmod or none.
    func urlset(_ pages: [(path: String, date: String?)]) -> String {
        let entries = pages.map { page in
            "<url><loc>\(page.path.hasPrefix("/") ? url(page.path) : page.path)</loc>"
                + (page.date.map { "<lastmod>\($0)</lastmod>" } ?? "") + "</url>"
        }
        return "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\(entries.joined())</urlset>"
    }

    func index(_ maps: [(path: String, date: String?)]) -> String {
        let entries = maps.map { map in
            "<sitemap><loc>\(map.path.hasPrefix("/") ? url(map.path) : map.path)</loc>"
                + (map.date.map { "<lastmod>\($0)</lastmod>" } ?? "") + "</sitemap>"
        }
        return "<sitemapindex>\(entries.joined())</sitemapindex>"
    }

    func news(_ path: String, title: String, date: String = "2026-01-04T11:00:00Z") -> String {
        """
        <urlset><url><loc>\(url(path))</loc><news:news><news:publication><news:name>Robot Press</news:name>\
        <news:language>en</news:language></news:publication><news:publication_date>\(date)</news:publication_date>\
        <news:title>\(title)</news:title><news:keywords>arms, gait</news:keywords></news:news></url></urlset>
        """
    }
}

func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
    let stream = try GzipStream()
    var result: [UInt8] = []
    try stream.append(bytes.span.bytes, to: &result)
    try stream.finish(to: &result)
    return result
}

/// A source with its state: each poll is made by a new session, as after a restart.
struct Poller {
    let state = MemoryState()
    let output: CollectingOutput
    let clock = ManualClock()
    let options: SitemapOptions
    let report = SourceReport()

    init(_ url: String, _ literal: [(String, OptionLiteral)] = []) throws {
        output = CollectingOutput(state: state)
        let base: [(String, OptionLiteral)] = [
            ("url", .string(url)), ("allow_private_addresses", true), ("adaptive", false), ("every", "10m"),
        ]
        options = try WirewatchTesting.options(
            SitemapOptions.self, .map(base.filter { pair in !literal.contains { $0.0 == pair.0 } } + literal))
    }

    var context: SourceContext {
        var context = SourceContext.test(clock: clock, state: state, drain: false)
        context.report = report
        return context
    }

    /// Returns why the source stops.
    @discardableResult
    func poll(after wait: Duration = .seconds(600), to other: (any SourceOutput)? = nil) async throws -> String? {
        clock.advance(by: wait)
        let session = try SitemapSource(options, context).session()
        let stop = try await session.poll(other ?? output)
        await session.report(next: nil)
        return stop
    }

    var memory: PollMemory { PollMemory(encoded: state.value(PollMemory.key) ?? []) }

    /// Paths of the documents so far.
    var paths: [String] {
        output.documents.map { document in
            (document.article.url.flatMap { try? HTTPURL($0) })?.path ?? ""
        }
    }

    func figure(_ name: String) -> String? { report.figures.first { $0.name == name }?.value }
}

/// Takes so many documents, then fails as an engine that stops; what comes before is applied to the state.
final class FailingOutput: SourceOutput {
    private let count: Int
    private let state: MemoryState
    private let taken = Mutex<[Document]>([])

    init(after count: Int, _ state: MemoryState) {
        self.count = count
        self.state = state
    }

    var documents: [Document] { taken.withLock { $0 } }

    func emit(_ document: Document) async throws {
        try taken.withLock { taken in
            guard taken.count < count else { throw CancellationError() }
            taken.append(document)
        }
        state.apply(document.cursor)
    }

    func reject(identity: String, url: String?, reason: String, excerpt: String, cursor: [StateChange]) async throws {
        state.apply(cursor)
    }

    func advance(_ changes: [StateChange]) async throws { state.apply(changes) }
}
