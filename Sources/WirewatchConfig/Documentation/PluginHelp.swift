public import WirewatchKit

/// What `wirewatch plugins show NAME` prints, made from the option specs.
public enum PluginHelp {
    /// Plain text for a terminal of 80 columns; ends with a line break.
    public static func text(_ plugin: Plugin) -> String {
        var lines = ["\(plugin.kind.rawValue) \(plugin.name)", "  \(plugin.summary)", ""]
        lines += ["Example:"] + example(plugin).map { "  " + $0 } + [""]
        if plugin.specs.isEmpty {
            lines.append("It has no options.")
        } else {
            lines += ["Options:"] + plugin.specs.flatMap(describe)
        }
        for group in GroupCollector.groups(of: plugin.specs) {
            lines += ["", "\(group.name):"] + wrapped(group.doc, indent: 2) + [""]
            lines += group.specs().flatMap(describe)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// An entry with the required options and those that have an example.
    private static func example(_ plugin: Plugin) -> [String] {
        var lines = ["\(plugin.kind.section):", "  - type: \(plugin.name)"]
        if plugin.kind != .stage { lines.append("    name: my-\(plugin.name.replacing("_", with: "-"))") }
        for spec in plugin.specs {
            guard let value = spec.example ?? (spec.isRequired ? "..." : nil) else { continue }
            let isBlock = value.contains("\n")
            let shown =
                isBlock
                ? "\n" + value.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n") : " " + value
            lines += "    \(spec.name):\(shown)".split(separator: "\n").map(String.init)
        }
        return lines
    }

    private static func describe(_ spec: OptionSpec) -> [String] {
        var facts = [spec.type.reference(\.name)]
        if spec.isRequired { facts.append("required") }
        if let standard = spec.defaultText { facts.append("default \(standard)") }
        var lines = wrapped("\(spec.name): " + facts.joined(separator: "; "), indent: 2, hanging: 6)
        lines += wrapped(spec.doc, indent: 6)
        for choice in spec.type.choices { lines += wrapped("\(choice.name): \(choice.doc)", indent: 6, hanging: 10) }
        if let example = spec.example, !example.contains("\n") { lines.append("      Example: \(example)") }
        return lines
    }

    private static func wrapped(_ text: String, indent: Int, hanging: Int? = nil) -> [String] {
        var lines: [String] = []
        var line = String(repeating: " ", count: indent)
        var isEmpty = true
        for word in text.split(whereSeparator: \.isWhitespace) {
            if !isEmpty, line.count + 1 + word.count > 80 {
                lines.append(line)
                line = String(repeating: " ", count: hanging ?? indent)
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }
}
