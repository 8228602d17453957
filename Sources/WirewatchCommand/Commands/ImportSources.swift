import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit

/// `wirewatch sources import`
struct ImportSources: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add the feeds of an OPML file, as other feed readers export it.",
        discussion: """
            Reads OPML 1.0 to 2.0, also broken, or a text with one address a line. Folders become comments above their \
            feeds. Feeds that are configured already are left out. Nothing is fetched but the list itself: what is no feed \
            shows in `wirewatch status`.

            EXAMPLES
              wirewatch sources import subscriptions.opml --dry-run
              wirewatch sources import https://example.org/planet.opml --every 1h
            """)

    @Flag(help: "Show what would be added, and change nothing.")
    var dryRun = false

    @ArgumentParser.OptionGroup var entry: EntryOptions
    @ArgumentParser.OptionGroup var web: WebOptions
    @ArgumentParser.OptionGroup var file: ConfigurationFile

    @Argument(
        help: "An OPML file or its address; - for standard input.", completion: .file(extensions: ["opml", "xml"]))
    var list: String

    func run() throws {
        let opml = try read()
        let change = try SourcesChange(file)
        var known = KnownFeeds(change.configuration)
        var names = SourceNames(taken: change.configuration.sources.map(\.name))
        var entries: [SourceEntry] = []
        var present = 0
        var refused: [String] = []
        var folder: [String] = []
        for feed in Self.byFolder(opml.feeds) {
            guard (try? HTTPURL(feed.url)) != nil else {
                refused.append(feed.url)
                continue
            }
            if known.name(of: feed.url) != nil {
                present += 1
                continue
            }
            let name = names.make(title: feed.title, url: feed.url)
            known.add(feed.url, name: name)
            let comment = feed.folders == folder ? nil : feed.folders.joined(separator: " / ")
            folder = feed.folders
            entries.append(
                entry.entry(name: name, url: feed.url, comment: comment, isPrivate: web.allowPrivateAddresses))
        }
        for url in refused.prefix(20) {
            StandardOutput.message("wirewatch: no http or https address: \(TerminalText.safe(url))")
        }
        if !opml.includes.isEmpty {
            let lists = opml.includes.prefix(20).map(TerminalText.safe).joined(separator: ", ")
            StandardOutput.message("wirewatch: the list includes others, which are not followed: \(lists)")
        }
        if opml.isTruncated {
            StandardOutput.message(
                "wirewatch: the list has more than \(OPML.maxFeeds) feeds; the last ones are left out")
        }
        try tell(entries)
        var path = ""
        if !entries.isEmpty, !dryRun { path = try change.add(entries, newFileName: stem) }
        var text = "\(dryRun ? "would add" : "added") \(entries.count) source\(entries.count == 1 ? "" : "s")"
        if !path.isEmpty { text += " to \(path)" }
        var notes: [String] = []
        if present > 0 { notes.append("\(present) there already") }
        if !refused.isEmpty { notes.append("\(refused.count) with no usable address") }
        if !notes.isEmpty { text += " (\(notes.joined(separator: ", ")))" }
        try StandardOutput.write(text + "\n")
        if !path.isEmpty { StandardOutput.message(SourcesCommand.reloadHint) }
    }

    /// Each entry when there are few, or when the user wants to see what would happen.
    private func tell(_ entries: [SourceEntry]) throws {
        guard dryRun || entries.count <= 20 else { return }
        var out = ""
        for entry in entries {
            guard case .text(let url) = entry.options.first?.value else { continue }
            out += "\(entry.name)  \(TerminalText.safe(url))\n"
        }
        try StandardOutput.write(out)
    }

    /// Those in no folder first, so that none seems to belong to the folder above; the order stays otherwise.
    private static func byFolder(_ feeds: [OPMLFeed]) -> [OPMLFeed] {
        var order: [[String]: Int] = [[]: 0]
        for feed in feeds where order[feed.folders] == nil { order[feed.folders] = order.count }
        return feeds.enumerated()
            .sorted { a, b in
                let (x, y) = (order[a.element.folders] ?? 0, order[b.element.folders] ?? 0)
                return x == y ? a.offset < b.offset : x < y
            }
            .map(\.element)
    }

    /// What a new file is called where sources are included by a pattern.
    private var stem: String {
        let last = list.split(separator: "/").last.map { String($0) } ?? ""
        var names = SourceNames(taken: [])
        return list == "-"
            ? "imported" : names.make(title: String(last.prefix { $0 != "." && $0 != "?" }), url: "imported")
    }

    private func read() throws -> OPML {
        var contentType: String?
        var bytes: [UInt8]
        if WebFetcher.isAddress(list) {
            let fetcher = try web.fetcher()
            do throws(WebError) {
                let response = try fetcher.fetch(list)
                bytes = response.body
                contentType = response.headers["content-type"]
            } catch { throw Failure(error.code, TerminalText.safe(error.description)) }
        } else {
            bytes = try LineInput.contents(list)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        if bytes.first(where: { $0 > 0x20 }).map({ $0 != UInt8(ascii: "<") && $0 &- 0x21 < 0x5E }) == true {
            return Self.addresses(bytes)
        }
        do { return try OPML(reading: bytes, contentType: contentType) } catch {
            throw Failure(.dataError, "\(list): \(error)")
        }
    }

    /// One address a line; `#` begins a comment.
    private static func addresses(_ bytes: [UInt8]) -> OPML {
        var list = OPML()
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let text = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).first
            guard let text, !text.hasPrefix("#") else { continue }
            guard list.feeds.count < OPML.maxFeeds else {
                list.isTruncated = true
                break
            }
            list.feeds.append(OPMLFeed(url: String(text)))
        }
        return list
    }
}

extension LineInput {
    /// All of a file, or of standard input for `-`.
    static func contents(_ path: String) throws -> [UInt8] {
        if path == "-" {
            var input = LineInput(descriptor: STDIN_FILENO)
            return try input.rest()
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(.noInput, "cannot open \(path): \(errorText(errno))") }
        defer { close(descriptor) }
        var input = LineInput(descriptor: descriptor)
        return try input.rest()
    }
}
