import ArgumentParser
import Glibc
import WirewatchFeeds
import WirewatchKit

/// `wirewatch fetch`: what a feed yields.
struct FetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Show what a feed yields: its title, then its items with date, title and link.",
        discussion: """
            Reads RSS, RDF, Atom, CDF and JSON Feed, however broken. With --json each feed is one JSON object on one line: \
            {"feed": {...}, "entries": [...], "error", "format", "encoding", "malformed"}.

            With - for FILE, JSON lines on standard input name the files: {"file": ..., "url": ..., "headers": {...}}, the \
            last two as the feed was served; what else a line holds under "case" comes back in its object.

            The exit code is 0 when at least one feed was read, 65 when none was.

            EXAMPLES
              wirewatch fetch feed.xml
              wirewatch fetch --json a.rss b.atom
            """)

    @Flag(help: "One JSON object a feed.")
    var json = false

    @Option(help: ArgumentHelp("Where the feed came from, for its relative links.", valueName: "url"))
    var base: String?

    @Argument(help: "Feed files; - for JSON lines on standard input.", completion: .file())
    var files: [String]

    func run() throws {
        let text = FeedListing(Terminal.text(for: STDOUT_FILENO))
        var succeeded = 0
        var total = 0
        func show(_ request: FeedRequest) throws {
            total += 1
            let answer = request.answer()
            if answer.feed != nil { succeeded += 1 }
            if json {
                try StandardOutput.write(FeedJSON.line(answer))
            } else if let feed = answer.feed {
                try StandardOutput.write(text.lines(feed))
            } else {
                StandardOutput.message("wirewatch: \(request.file): \(TerminalText.safe(answer.error ?? ""))")
            }
        }
        for file in files {
            guard file == "-" else {
                try show(FeedRequest(file: file, url: base))
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
                try show(request)
            }
        }
        if total > 0, succeeded == 0 { throw Failure(.dataError, json ? "" : "no feed could be read") }
    }
}
