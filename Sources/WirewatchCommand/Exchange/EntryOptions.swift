import ArgumentParser
import WirewatchConfig
import WirewatchKit

/// What new sources are to be configured with besides their address.
struct EntryOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How often to poll, until the feed's rhythm is known.", valueName: "duration"))
    var every: String?

    @Flag(help: "Fetch the page of each new item for its text.")
    var fullText = false

    func entry(name: String, url: String, comment: String? = nil, isPrivate: Bool) -> SourceEntry {
        var options = [SourceEntry.Option("url", .text(url))]
        if let every { options.append(SourceEntry.Option("every", .text(every))) }
        if fullText { options.append(SourceEntry.Option("full_text", .bool(true))) }
        if isPrivate { options.append(SourceEntry.Option("allow_private_addresses", .bool(true))) }
        return SourceEntry(name: name, type: "feed", options: options, comment: comment)
    }
}
