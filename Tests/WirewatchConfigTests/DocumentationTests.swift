import Foundation
import Testing
import WirewatchConfig
import WirewatchKit

@Suite("Documentation made from the specs")
struct DocumentationTests {
    private static let page = ConfigurationReference.markdown(registry: Sample.registry)
    private static let schema = ConfigurationSchema.json(registry: Sample.registry)

    @Test("The reference page has every option of every plugin, with its type, range and default")
    func reference() {
        for plugin in Sample.registry.all {
            #expect(Self.page.contains("### \(plugin.kind.rawValue) `\(plugin.name)`"))
            for spec in plugin.specs { #expect(Self.page.contains("| `\(spec.name)` |")) }
        }
        #expect(Self.page.contains("| `settle` | duration, at most 1h | `2s` | How long a file must rest. |"))
        #expect(Self.page.contains("| `path` | path | **required** | The live file. Example: `logs/alerts.jsonl`. |"))
        #expect(
            Self.page.contains(
                "| `all` | list of [condition](#stage-alert-condition), at least one |  | All of these. |"))
        #expect(Self.page.contains("<a id=\"stage-alert-condition\"></a>"))
        #expect(Self.page.contains("| `workers` | whole number, from 1 to 256 |"))
        #expect(Self.page.contains("Values of `level`: `trace`: everything"))
    }

    @Test("Every link of the page has its target")
    func links() {
        let anchors = Self.page.split(separator: "\n").compactMap { line -> String? in
            if line.hasPrefix("<a id=\"") { return String(line.dropFirst(7).prefix { $0 != "\"" }) }
            guard line.hasPrefix("#") else { return nil }
            let title = line.drop { $0 == "#" || $0 == " " }.lowercased()
            return title.replacing(" ", with: "-").replacing("`", with: "")
        }
        for part in Self.page.split(separator: "](#").dropFirst() {
            #expect(anchors.contains(String(part.prefix { $0 != ")" })))
        }
    }

    @Test("The schema is JSON, and every reference in it leads somewhere")
    func schema() throws {
        let value = try #require(
            try JSONSerialization.jsonObject(with: Data(Self.schema.utf8)) as? [String: Any])
        let definitions = try #require(value["$defs"] as? [String: Any])
        for part in Self.schema.split(separator: "\"#/$defs/").dropFirst() {
            #expect(definitions[String(part.prefix { $0 != "\"" })] != nil)
        }
        #expect(value["additionalProperties"] as? Bool == false)
    }

    @Test("The help of a plugin says all of its options")
    func help() {
        let text = PluginHelp.text(Sample.jsonLog)
        #expect(text.hasPrefix("sink json_log\n  Writes JSON lines.\n"))
        #expect(text.contains("  path: path; required\n"))
        #expect(text.contains("  keep: whole number, from 1 to 100000; default 30\n"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(PluginHelp.text(Sample.extract).contains("It has no options."))
    }

    @Test("All of it is the same each time")
    func deterministic() {
        #expect(ConfigurationReference.markdown(registry: Sample.registry) == Self.page)
        #expect(ConfigurationSchema.json(registry: Sample.registry) == Self.schema)
    }

    @Test("Plugins whose specs contradict themselves are found out")
    func audit() {
        #expect(PluginAudit.problems(Sample.registry.all) == [])
        #expect(
            PluginAudit.problems([Sample.plugin(BadOptions.self)]) == [
                "stage 'Bad-Name': the name is not of lower-case words joined by '_'",
                "stage 'Bad-Name': the option 'name' is read by the configuration itself",
                "the default of 'name' of stage 'Bad-Name' is refused: 'value' must be from 1 to 9, not '10'",
                "'wait' of stage 'Bad-Name' has no doc",
                "'wait' of stage 'Bad-Name' is required and has a default",
                "the example of 'wait' of stage 'Bad-Name' is refused: 'value' must be a duration such as 90s, 10m or "
                    + "1h 30m, not 'soon'; the units are ms, s, m, h, d and w",
                "the example of 'terms' of 'inner' of stage 'Bad-Name' is refused: 'value' must be a list of texts, "
                    + "not a map; begin each item with '- '",
            ])
    }
}

private struct BadOptions: PluginOptions {
    static let inner = OptionGroup("inner", "Within.") {
        [OptionSpec("terms", .list(of: .string()), example: "a: 1", "Words.")]
    }
    static let specs: [OptionSpec] = [
        OptionSpec("name", .integer(1...9), default: "10", "A number."),
        OptionSpec("wait", .duration(.zero ... .seconds(5)), required: true, default: "1s", example: "soon", ""),
        OptionSpec("inner", .object(inner), example: "{terms: [a, b]}", "A group."),
    ]

    init(_ options: OptionReader) {}
}
