import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchKit

/// `wirewatch plugins`: what `type:` in the configuration may name.
struct PluginsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins",
        abstract: "List the plugins, or show the options of one.",
        discussion: """
            EXAMPLES
              wirewatch plugins
              wirewatch plugins show files
            """,
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the sources, stages and sinks that there are.")

        func run() throws {
            let terminal = Terminal.text(for: STDOUT_FILENO)
            let width = Wirewatch.plugins.map(\.name.count).max() ?? 0
            var text = ""
            for kind in Plugin.Kind.allCases {
                text += terminal.paint("\(kind.rawValue)s", .heading) + "\n"
                for plugin in Wirewatch.plugins where plugin.kind == kind {
                    let gap = String(repeating: " ", count: width - plugin.name.count + 2)
                    text += "  \(plugin.name)\(gap)\(plugin.summary)\n"
                }
            }
            try StandardOutput.write(text)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show what a plugin does and each of its options.")

        @Argument(help: "The plugin's name, as `type:` has it.")
        var name: String

        func run() throws {
            let found = Wirewatch.plugins.filter { $0.name == name }
            guard !found.isEmpty else {
                throw Failure(
                    .usage,
                    "there is no plugin '\(name)'; there are "
                        + Wirewatch.plugins.map(\.name).joined(separator: ", "))
            }
            try StandardOutput.write(found.map { PluginHelp.text($0) }.joined(separator: "\n"))
        }
    }
}
