import ArgumentParser
import Glibc
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit

/// `wirewatch sources discover`
struct DiscoverFeeds: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "List the feeds of a page.",
        discussion: """
            Those that the page or its reply names; else those that it links to; else, for an address, the first that \
            there is at the usual paths. Of well-known sites (YouTube, GitHub, Mastodon ...) also those by the site's rule. \
            A file is read as a page, and nothing is fetched.

            With --json each page is one object: {"url", "count", "feeds": [{"url", "title", "type", "language", "via"}], \
            "error"}. With - for ADDRESS, JSON lines on standard input name the pages as for `wirewatch fetch -`.

            EXAMPLES
              wirewatch sources discover https://example.org/
              wirewatch sources discover page.html --base https://example.org/
            """)

    @Flag(help: "One JSON object a page.")
    var json = false

    @Option(help: ArgumentHelp("Where a file came from, for its relative links.", valueName: "url"))
    var base: String?

    @ArgumentParser.OptionGroup var web: WebOptions

    @Argument(
        help: ArgumentHelp("Addresses or files; - for JSON lines on standard input.", valueName: "address"),
        completion: .file())
    var pages: [String]

    func run() throws {
        let fetcher = try web.fetcher()
        var code: Failure.Code?
        for page in pages {
            guard page == "-" else {
                try show(FeedRequest(file: page, url: base), fetcher, &code)
                continue
            }
            var lines = LineInput(descriptor: STDIN_FILENO)
            var number = 0
            while let line = try lines.next() {
                number += 1
                guard line.contains(where: { $0 > 0x20 }) else { continue }
                guard let request = FeedRequest(jsonLine: line) else {
                    throw Failure(.dataError, "standard input, line \(number): not an object with a \"file\"")
                }
                try show(request, fetcher, &code)
            }
        }
        if let code { throw Failure(code, "") }
    }

    private func show(_ request: FeedRequest, _ fetcher: WebFetcher, _ code: inout Failure.Code?) throws {
        var feeds: [FeedCandidate] = []
        var problem: String?
        do {
            feeds = try candidates(request, fetcher)
        } catch let error as WebError {
            (problem, code) = (error.description, code ?? error.code)
        } catch let error as Failure {
            (problem, code) = (error.description, code ?? error.code)
        }
        if json {
            var json = JSONWriter(capacity: 512)
            json.beginObject()
            json.optional("case", request.label)
            json.optional("url", WebFetcher.isAddress(request.file) ? request.file : request.url)
            json.member("count", feeds.count)
            json.candidates(feeds)
            json.member("error", problem)
            json.endObject()
            json.endLine()
            return try StandardOutput.write(json.bytes)
        }
        if let problem { return StandardOutput.message("wirewatch: \(TerminalText.safe(problem))") }
        if feeds.isEmpty { StandardOutput.message("wirewatch: \(TerminalText.safe(request.file)): no feed found") }
        try StandardOutput.write(PageListing(Terminal.text(for: STDOUT_FILENO)).candidates(feeds))
    }

    private func candidates(_ request: FeedRequest, _ fetcher: WebFetcher) throws -> [FeedCandidate] {
        guard WebFetcher.isAddress(request.file) else {
            return FeedDiscovery.feeds(
                in: try LineInput.contents(request.file), url: request.url,
                contentType: request.headers["content-type"], linkFields: request.headers["link"].map { [$0] } ?? [])
        }
        switch try FeedFinder(fetcher: fetcher).find(request.file) {
        case .candidates(let list): return list
        case .feed(let found):
            let kind = FeedCandidate.Kind(found.feed.format)
            return [FeedCandidate(url: found.url, title: found.feed.title, kind: kind, origin: .link)]
        }
    }
}
