import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchKit

/// The option `--config`, and the loading of what it names.
struct ConfigurationFile: ParsableArguments {
    @Option(
        name: [.customShort("c"), .customLong("config")],
        help: ArgumentHelp(
            "The configuration file. Default: ./config.yaml if it is there, else /etc/wirewatch/config.yaml.",
            valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
    var path: String?

    static let candidates = ["config.yaml", "/etc/wirewatch/config.yaml"]

    /// The file that is meant.
    ///
    /// - Throws: ``Failure`` with code 66 when none was given and none is in the usual places.
    func resolved() throws -> String {
        if let path { return path }
        if let found = Self.candidates.first(where: { access($0, F_OK) == 0 }) { return found }
        throw Failure(
            .noInput,
            "there is no config.yaml here and no \(Self.candidates[1]); name one with --config, or write one to "
                + "start from with `wirewatch init`")
    }

    func read(rules: RuleSelection? = nil) throws -> LoadResult {
        Configuration.load(
            path: try resolved(), environment: Environment.all, registry: PluginRegistry(Wirewatch.plugins),
            rules: rules)
    }

    /// Loads the configuration and prints what is wrong or doubtful on standard error.
    ///
    /// - Parameter showingDoubts: false for commands that use the stages alone, to which most doubts do not apply.
    /// - Parameter rules: other rules for the `alert` stages, or one of them alone; nil for what the file says.
    /// - Throws: ``Failure`` with code 78 when there are mistakes.
    func load(showingDoubts: Bool = true, rules: RuleSelection? = nil) throws -> Configuration {
        var result = try read(rules: rules)
        if !showingDoubts { result.diagnostics.removeAll { $0.severity == .warning } }
        Self.report(result)
        guard let configuration = result.configuration else { throw Failure(.configuration, "") }
        return configuration
    }

    /// Loads the configuration without a word; nil when there are mistakes.
    func loadQuietly() throws -> Configuration? { try read().configuration }

    static func report(_ result: LoadResult) {
        guard !result.diagnostics.isEmpty else { return }
        let text = rendered(result, colored: Terminal.text(for: STDERR_FILENO).isColored)
        _ = StandardOutput.writeAll(Array(text.utf8), to: STDERR_FILENO)
    }

    static func rendered(_ result: LoadResult, colored: Bool) -> String {
        DiagnosticRenderer.render(result.diagnostics, texts: result.texts, colour: colored)
    }
}
