import ArgumentParser
import WirewatchConfig
import WirewatchKit

/// `wirewatch schema`: the JSON Schemas of the configuration and of the records.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print a JSON Schema (2020-12): of the configuration for editors, or of a kind of record.",
        discussion: """
            EXAMPLES
              wirewatch schema > config.schema.json
              wirewatch schema alert
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case config, article, alert
        case deadLetter = "dead_letter"
    }

    @Argument(help: "config, article, alert or dead_letter.")
    var subject = Subject.config

    func run() throws {
        let text =
            switch subject {
            case .config: ConfigurationSchema.json(registry: PluginRegistry(Wirewatch.plugins))
            case .article, .alert, .deadLetter:
                RecordSchema.named("wirewatch.\(subject.rawValue)/1").map { String(decoding: $0.json, as: UTF8.self) }
                    ?? ""
            }
        try StandardOutput.write(text.hasSuffix("\n") ? text : text + "\n")
    }
}

/// `wirewatch docs`: the reference of the configuration.
struct DocsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs",
        abstract: "Print the reference of the configuration, in Markdown.",
        discussion: """
            EXAMPLE
              wirewatch docs | less
            """)

    func run() throws {
        try StandardOutput.write(ConfigurationReference.markdown(registry: PluginRegistry(Wirewatch.plugins)))
    }
}
