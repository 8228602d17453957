import WirewatchKit

/// The reference page of the configuration file, made from the option specs.
public enum ConfigurationReference {
    /// The page in Markdown; ends with a line break. The same for the same plugins.
    public static func markdown(registry: PluginRegistry) -> String {
        var page = Page()
        page.paragraph("# Configuration reference")
        page.paragraph(
            "Made from the options that the program declares; `wirewatch docs` prints it. A configuration is one YAML "
                + "file with these keys.")
        topLevel(&page)
        notation(&page)
        for kind in Plugin.Kind.allCases {
            page.paragraph("## \(title(kind))")
            page.paragraph(TopLevel.doc(kind))
            let plugins = registry.plugins(of: kind)
            page.lines(plugins.map { "- [`\($0.name)`](#\(anchor($0)))" + ": \($0.summary)" })
            for plugin in plugins { section(plugin, &page) }
        }
        return page.text
    }

    private static func topLevel(_ page: inout Page) {
        page.paragraph("## Top level")
        var rows = [row(TopLevel.state, "")]
        for kind in Plugin.Kind.allCases {
            rows.append("| `\(kind.section)` | list of \(kind.rawValue)s | | \(TopLevel.doc(kind)) |")
        }
        for group in [TopLevel.engine, TopLevel.log, TopLevel.listen] {
            rows.append("| `\(group.name)` | map, [\(group.name)](#\(group.name)) | | \(group.doc) |")
        }
        page.table(rows)
        for group in [TopLevel.engine, TopLevel.log, TopLevel.listen] {
            page.paragraph("### \(group.name)")
            page.paragraph(group.doc)
            options(group.specs(), prefix: "", &page)
        }
    }

    private static func notation(_ page: inout Page) {
        page.paragraph("## How values are written")
        page.lines([
            "- **duration**: a number with its unit, `ms`, `s`, `m`, `h`, `d` or `w`, and sums of them: `500ms`, `10m`, `1h 30m`.",
            "- **size**: bytes, with a unit or without: `512`, `10kB` (1000 bytes each), `64MiB` (1024 × 1024 each).",
            "- **path**: relative ones start at the folder of the main configuration file.",
            "- **true or false**: these words only; `yes`, `no`, `on` and `off` are texts.",
            "- `${NAME}` and `${NAME:-default}` in plain and double-quoted texts stand for environment variables; "
                + "`$${` for `${` itself. Single-quoted and block texts are left alone.",
            "- `!include FILE` stands for the content of another file, relative to the including one. With `*`, `?` or "
                + "`[...]` it joins all files that match, by name: their lists one after the other, or the entries of "
                + "their maps. As an item of a list, an included list takes the item's place.",
            "- `!secret NAME` stands for the text of the file `NAME` among the systemd credentials, or in the folder "
                + "`secrets` beside the main configuration file.",
            "- `&name` marks a value, `*name` repeats it, and `<<: *name` puts the entries of a marked map into another.",
        ])
    }

    private static func section(_ plugin: Plugin, _ page: inout Page) {
        page.paragraph("### \(plugin.kind.rawValue) `\(plugin.name)`")
        page.paragraph(plugin.summary)
        let prefix = anchor(plugin)
        if plugin.specs.isEmpty {
            page.paragraph("It has no options.")
            return
        }
        options(plugin.specs, prefix: prefix, &page)
        for group in GroupCollector.groups(of: plugin.specs) {
            page.paragraph("<a id=\"\(prefix)-\(group.name)\"></a>\n#### \(plugin.name): \(group.name)")
            page.paragraph(group.doc)
            options(group.specs(), prefix: prefix, &page)
        }
    }

    private static func options(_ specs: [OptionSpec], prefix: String, _ page: inout Page) {
        page.table(specs.map { row($0, prefix) })
        for spec in specs where !spec.type.choices.isEmpty {
            let choices = spec.type.choices.map { "`\($0.name)`: \($0.doc)" }
            page.paragraph("Values of `\(spec.name)`: " + choices.joined(separator: "; ") + ".")
        }
        for spec in specs {
            guard let example = spec.example, example.contains("\n") else { continue }
            let lines = example.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
            page.paragraph("Example of `\(spec.name)`:")
            page.paragraph("```yaml\n\(spec.name):\n\(lines.joined(separator: "\n"))\n```")
        }
    }

    private static func row(_ spec: OptionSpec, _ prefix: String) -> String {
        let type = spec.type.reference { "[\($0.name)](#\(prefix)-\($0.name))" }
        let standard = spec.isRequired ? "**required**" : spec.defaultText.map { "`\($0)`" } ?? ""
        let isBlock = spec.example?.contains("\n") ?? false
        let example = isBlock ? "" : spec.example.map { " Example: `\($0)`." } ?? ""
        return "| `\(spec.name)` | \(cell(type)) | \(cell(standard)) | \(cell(spec.doc + example)) |"
    }

    /// A cell of a table ends at a line break or a bar.
    private static func cell(_ text: String) -> String {
        text.replacing("\n", with: " ").replacing("|", with: "\\|")
    }

    private static func title(_ kind: Plugin.Kind) -> String {
        switch kind {
        case .source: "Sources"
        case .stage: "Stages (`pipeline`)"
        case .sink: "Sinks"
        }
    }

    /// As the usual Markdown renderers derive it from the heading.
    private static func anchor(_ plugin: Plugin) -> String { "\(plugin.kind.rawValue)-\(plugin.name)" }
}

/// Markdown under construction: blocks with an empty line between them.
private struct Page {
    private(set) var text = ""

    mutating func paragraph(_ block: String) { text += (text.isEmpty ? "" : "\n") + block + "\n" }

    mutating func lines(_ lines: [String]) { if !lines.isEmpty { paragraph(lines.joined(separator: "\n")) } }

    mutating func table(_ rows: [String]) {
        lines(["| Option | Type | Default | Meaning |", "|---|---|---|---|"] + rows)
    }
}
