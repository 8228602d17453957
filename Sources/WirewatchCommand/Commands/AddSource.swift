import ArgumentParser
import WirewatchConfig
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit

/// `wirewatch sources add`
struct AddSource: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Find the feed of an address, read it once, and add it to the configuration.",
        discussion: """
            The address may be that of a feed, or of a page that names one or whose site has one at a usual path. Without \
            --all the first one that can be read is taken, feeds of comments last. A feed that is configured already is \
            not added again.

            EXAMPLES
              wirewatch sources add https://example.org/
              wirewatch sources add https://github.com/swiftlang/swift --name swift-releases --every 1h
            """)

    @Option(help: "The source's name. Default: made from the feed's title.")
    var name: String?

    @Flag(help: "Add every feed that the page names, except those of comments.")
    var all = false

    @Flag(help: "Show what would be added, and change nothing.")
    var dryRun = false

    @ArgumentParser.OptionGroup var entry: EntryOptions
    @ArgumentParser.OptionGroup var web: WebOptions
    @ArgumentParser.OptionGroup var file: ConfigurationFile

    @Argument(help: "The address of a feed or a page.")
    var url: String

    func validate() throws {
        if all, name != nil {
            throw ValidationError("--name is for one feed; without it names are made from the titles")
        }
    }

    func run() throws {
        // A configuration that cannot be changed is noticed before anything is fetched.
        _ = try file.load(showingDoubts: false)
        let found = try find()
        let change = try SourcesChange(file)
        var known = KnownFeeds(change.configuration)
        var names = SourceNames(taken: change.configuration.sources.map(\.name))
        var entries: [SourceEntry] = []
        for feed in found {
            if let present = known.name(of: feed.url) {
                StandardOutput.message("wirewatch: \(feed.url) is there already, as '\(present)'")
                continue
            }
            let title = feed.feed.title
            let chosen = name ?? names.make(title: title, url: feed.url)
            if change.configuration.sources.contains(where: { $0.name == chosen }) {
                throw Failure(.usage, "there is a source '\(chosen)' already; choose another --name")
            }
            known.add(feed.url, name: chosen)
            entries.append(entry.entry(name: chosen, url: feed.url, isPrivate: web.allowPrivateAddresses))
            let items = "\(feed.feed.items.count) item\(feed.feed.items.count == 1 ? "" : "s")"
            try StandardOutput.write(
                "\(dryRun ? "would add" : "adding") \(chosen): \(TerminalText.safe(title.isEmpty ? "(no title)" : title)), "
                    + "\(items), \(TerminalText.safe(feed.url))\n")
        }
        guard !entries.isEmpty, !dryRun else { return }
        let path = try change.add(entries, newFileName: entries[0].name)
        try StandardOutput.write("added to \(path)\n")
        if (try? HTTPURL(url))?.user != nil {
            StandardOutput.message(
                "wirewatch: the address's credentials were not written; give them as 'auth', best by !secret")
        }
        StandardOutput.message(SourcesCommand.reloadHint)
    }

    private func find() throws -> [FeedFinder.Found] {
        let finder = FeedFinder(fetcher: try web.fetcher())
        do {
            switch try finder.find(url) {
            case .feed(let found): return [found]
            case .candidates(let candidates):
                var found: [FeedFinder.Found] = []
                for candidate in candidates {
                    if all, candidate.isComments { continue }
                    do {
                        guard let feed = try finder.read(candidate.url) else {
                            StandardOutput.message("wirewatch: \(TerminalText.safe(candidate.url)): no feed")
                            continue
                        }
                        found.append(feed)
                    } catch {
                        StandardOutput.message("wirewatch: \(TerminalText.safe(error.description))")
                    }
                    if !all, !found.isEmpty { break }
                }
                guard !found.isEmpty else {
                    throw Failure(
                        .dataError,
                        candidates.isEmpty
                            ? "\(url) names no feed, and there is none at the usual paths"
                            : "none of the feeds of \(url) can be read")
                }
                return found
            }
        } catch let error as WebError {
            throw Failure(error.code, TerminalText.safe(error.description))
        }
    }
}
