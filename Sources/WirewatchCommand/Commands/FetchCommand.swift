import ArgumentParser
import Glibc
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit

/// `wirewatch fetch`: what a source would yield.
struct FetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Show what an address or a file yields: a feed's or sitemap's items, or a page's article and feeds.",
        discussion: """
            Reads RSS, RDF, Atom, CDF and JSON Feed, however broken. Addresses are fetched as the daemon would: same \
            User-Agent, limits and manners, or with --source as that source of the configuration is fetched (its \
            credentials, headers, proxy ...); -v shows each request and reply, and what the reply means for polling. \
            Nothing is stored.

            With --json each feed is one JSON object on one line: {"url", "feed": {...}, "entries": [...], "error", \
            "format", "encoding", "malformed"}; a page is {"url", "page": {...}, "feeds": [...], "error"}, a sitemap \
            {"url", "entries": [...], "sitemap", "malformed", "error"}.

            With - for FILE, JSON lines on standard input name the files: {"file": ..., "url": ..., "headers": {...}}, the \
            last two as the feed was served; what else a line holds under "case" comes back in its object.

            The exit code is 0 when at least one was read. When none was, it is that of the first failed fetch (69 no \
            connection or an error reply, 75 try again later, 64 no address, 65 no sense in the reply), else 65.

            EXAMPLES
              wirewatch fetch https://example.org/feed/
              wirewatch fetch -v --config config.yaml --source robot-report
              wirewatch fetch --json a.rss b.atom
            """)

    @Flag(help: "One JSON object a line.")
    var json = false

    @Option(help: ArgumentHelp("Where a file came from, for its relative links.", valueName: "url"))
    var base: String?

    @Option(help: ArgumentHelp("Fetch as this source does, its own address unless one is given.", valueName: "name"))
    var source: String?

    @ArgumentParser.OptionGroup var web: WebOptions
    @ArgumentParser.OptionGroup var configurationFile: ConfigurationFile

    @Argument(
        help: ArgumentHelp("Addresses or files; - for JSON lines on standard input.", valueName: "address"),
        completion: .file())
    var files: [String] = []

    func validate() throws {
        if files.isEmpty, source == nil { throw ValidationError("name an address, a file, or a --source") }
    }

    func run() throws {
        let fetcher = try web.fetcher(source: source, in: configurationFile)
        var report = Report(json: json, fetcher: fetcher)
        for file in try addresses(fetcher) {
            guard file == "-" else {
                try report.show(FeedRequest(file: file, url: base))
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
                try report.show(request)
            }
        }
        if report.total > 0, report.succeeded == 0 {
            throw Failure(report.code ?? .dataError, json || report.total == 1 ? "" : "nothing could be read")
        }
    }

    private func addresses(_ fetcher: WebFetcher) throws -> [String] {
        guard files.isEmpty else { return files }
        guard let url = fetcher.connection.url else {
            throw Failure(.usage, "the source '\(source ?? "")' has no 'url'")
        }
        return [url.text]
    }

    private struct Report {
        let json: Bool
        let fetcher: WebFetcher
        private(set) var total = 0
        private(set) var succeeded = 0
        private(set) var code: Failure.Code?

        init(json: Bool, fetcher: WebFetcher) {
            self.json = json
            self.fetcher = fetcher
        }

        mutating func show(_ request: FeedRequest) throws {
            total += 1
            let answer = request.answer(fetcher)
            if answer.content != nil { succeeded += 1 }
            code = code ?? answer.code
            if json { return try StandardOutput.write(FeedJSON.line(answer)) }
            let terminal = Terminal.text(for: STDOUT_FILENO)
            switch answer.content {
            case .feed(let feed): try StandardOutput.write(FeedListing(terminal).lines(feed))
            case .page(let page): try StandardOutput.write(PageListing(terminal).lines(page))
            case .sitemap(let sitemap): try StandardOutput.write(FeedListing(terminal).lines(sitemap))
            case nil:
                let place = WebFetcher.isAddress(request.file) ? "" : "\(request.file): "
                StandardOutput.message("wirewatch: \(place)\(TerminalText.safe(answer.error ?? ""))")
            }
        }
    }
}
