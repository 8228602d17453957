public import WirewatchKit
import WirewatchYAML

/// Checks what plugins declare of themselves, so that reference and schema can be trusted: for a test of the host's
/// list of plugins.
public enum PluginAudit {
    /// What is wrong, one sentence each; empty when all is well.
    public static func problems(_ plugins: [Plugin]) -> [String] {
        let registry = PluginRegistry(plugins)
        let twice = registry.duplicates.map { "two plugins are \($0.kind.rawValue) '\($0.name)'" }
        return twice + registry.all.flatMap(problems)
    }

    private static func problems(_ plugin: Plugin) -> [String] {
        let owner = "\(plugin.kind.rawValue) '\(plugin.name)'"
        var found = isSnakeCase(plugin.name) ? [] : ["\(owner): the name is not of lower-case words joined by '_'"]
        if plugin.summary.isEmpty { found.append("\(owner) has no summary") }
        for reserved in ["type", "name"] where plugin.specs.contains(where: { $0.name == reserved }) {
            found.append("\(owner): the option '\(reserved)' is read by the configuration itself")
        }
        found += problems(plugin.specs, owner)
        for group in GroupCollector.groups(of: plugin.specs) {
            found += problems(group.specs(), "'\(group.name)' of \(owner)")
        }
        return found
    }

    private static func problems(_ specs: [OptionSpec], _ owner: String) -> [String] {
        var found: [String] = []
        for (index, spec) in specs.enumerated() {
            let subject = "'\(spec.name)' of \(owner)"
            if specs[..<index].contains(where: { $0.name == spec.name }) {
                found.append("\(subject) is declared twice")
            }
            if !isSnakeCase(spec.name) { found.append("\(subject) is not of lower-case words joined by '_'") }
            if spec.doc.isEmpty { found.append("\(subject) has no doc") }
            if spec.isRequired, spec.defaultText != nil { found.append("\(subject) is required and has a default") }
            for (text, word) in [(spec.defaultText, "default"), (spec.example, "example")] {
                if let text, let reason = refusal(of: text, spec.type) {
                    found.append("the \(word) of \(subject) is refused: \(reason)")
                }
            }
        }
        return found
    }

    /// Why a text is no value of the type; nil when it is one, as a plain scalar or as YAML.
    private static func refusal(of text: String, _ type: OptionType) -> String? {
        let plain = check(Expander(mainFile: "audit", environment: [:]).plain(text), type)
        guard plain != nil else { return nil }
        // A secret has no value here; its name stands for the text that it is.
        let document = YAMLDocument.parse(Array(text.replacing("!secret ", with: "").utf8))
        guard let root = document.root else { return plain }
        let expander = Expander(mainFile: "audit", environment: [:])
        let file = Expander.File(path: "/audit", start: SourceLocation(file: "audit", line: 1, column: 1))
        return check(expander.expand(root, in: file, depth: 0), type)
    }

    private static func check(_ value: OptionValue, _ type: OptionType) -> String? {
        let checker = SpecChecker(component: nil, diagnostics: OptionReader.Diagnostics(), failed: [], secrets: [])
        checker.check(value, type, path: "value")
        return checker.diagnostics.all.first { $0.severity == .error }?.message
    }

    private static func isSnakeCase(_ text: String) -> Bool {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
        return text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}
