import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchHTTP
import WirewatchKit

/// `wirewatch sources`: what is watched, and changing it.
struct SourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "List, find, add and remove sources; exchange feeds with other readers.",
        discussion: """
            add, import and remove change the configuration file as a careful person would: the new entry goes behind the \
            last one, comments and everything else stay byte for byte, and the file is only replaced when the result is \
            right. `wirewatch reload` puts it to work.

            EXAMPLES
              wirewatch sources add https://example.org/robotics/
              wirewatch sources import subscriptions.opml --dry-run
              wirewatch sources export > feeds.opml
            """,
        subcommands: [
            ListSources.self, AddSource.self, RemoveSources.self, ImportSources.self, ExportSources.self,
            DiscoverFeeds.self, CheckRobots.self, CanonicalAddresses.self,
        ], defaultSubcommand: ListSources.self)
}

/// `wirewatch sources list`
struct ListSources: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the configured sources: name, type, and what each watches.")

    @ArgumentParser.OptionGroup var file: ConfigurationFile

    func run() throws {
        let sources = try file.load(showingDoubts: false).sources
        let terminal = Terminal.text(for: STDOUT_FILENO)
        let width = min(40, sources.map(\.name.utf8.count).max() ?? 0)
        let typeWidth = sources.map(\.plugin.name.utf8.count).max() ?? 0
        var out = ""
        for source in sources {
            let address = source.value["url"].flatMap(OptionReader.text).flatMap { try? HTTPURL($0) }
            let place = address?.redacted ?? source.value["path"].flatMap(OptionReader.text) ?? ""
            out += terminal.paint(padded(source.name, width), .heading) + "  "
            out += terminal.paint(padded(source.plugin.name, typeWidth), .dim) + "  \(TerminalText.safe(place))\n"
        }
        try StandardOutput.write(out)
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }
}

/// `wirewatch sources remove`
struct RemoveSources: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove sources from the configuration.",
        discussion: """
            Takes away the entry's own lines; comments around it stay. What the daemon remembers of the source stays too, so \
            that it goes on where it was if the source comes back.

            EXAMPLE
              wirewatch sources remove robot-report
            """)

    @ArgumentParser.OptionGroup var file: ConfigurationFile

    @Argument(help: ArgumentHelp("Names of sources.", valueName: "name"))
    var names: [String]

    func run() throws {
        // Each removal moves the lines of the others, so each reads the file anew.
        for name in names {
            let change = try SourcesChange(file)
            guard let component = change.configuration.sources.first(where: { $0.name == name }) else {
                throw Failure(.usage, "there is no source '\(name)'; `wirewatch sources` lists them")
            }
            let path = try change.remove(component)
            try StandardOutput.write("removed \(name) from \(path)\n")
        }
        StandardOutput.message(SourcesCommand.reloadHint)
    }
}

extension SourcesCommand {
    static let reloadHint = "`wirewatch reload` puts it to work"
}
