import WirewatchKit
import WirewatchYAML

/// The JSON Schema of a configuration file, for editors, made from the option specs.
///
/// Tags and variables are beyond JSON Schema; editors check `!include` as the text behind it. So where a list or a map
/// is expected, a text that looks like a file's name passes too, and where a number is, a text with `${` in it. The
/// program itself checks all of it.
public enum ConfigurationSchema {
    /// The schema (draft 2020-12), indented; ends with a line break. The same for the same plugins.
    public static func json(registry: PluginRegistry) -> String {
        var definitions: [(key: String, value: JSONText)] = []
        var properties: [(key: String, value: JSONText)] = [member(TopLevel.state, "top")]
        for kind in Plugin.Kind.allCases {
            let plugins = registry.plugins(of: kind)
            properties.append((kind.section, list(of: kind)))
            definitions.append((kind.rawValue, entry(kind, plugins)))
            for plugin in plugins {
                let prefix = prefix(plugin)
                definitions.append((prefix, self.plugin(plugin, prefix)))
                for group in GroupCollector.groups(of: plugin.specs) {
                    definitions.append(("\(prefix)-\(group.name)", object(group.doc, group.specs(), prefix)))
                }
            }
        }
        for group in [TopLevel.engine, TopLevel.log, TopLevel.listen] {
            properties.append((group.name, object(group.doc, group.specs(), "top")))
        }
        definitions += [("include", include), ("variable", variable)]
        let schema: [(key: String, value: JSONText)] = [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"),
            ("title", "wirewatch configuration"),
            ("type", "object"),
            ("properties", .object(properties)),
            ("additionalProperties", false),
            ("$defs", .object(definitions)),
        ]
        return JSONText.object(schema).pretty + "\n"
    }

    private typealias Members = [(key: String, value: JSONText)]

    private static let include: JSONText = [
        "description": "!include FILE", "type": "string", "pattern": "[./*?]|\\$\\{",
    ]
    private static let variable: JSONText = [
        "description": "A text with ${VARIABLE} in it.", "type": "string", "pattern": "\\$\\{",
    ]

    private static func list(of kind: Plugin.Kind) -> JSONText {
        let items: JSONText = ["anyOf": [pointer(kind.rawValue), pointer("include")]]
        return orInclude([
            ("description", .string(TopLevel.doc(kind))), ("type", "array"), ("items", items),
        ])
    }

    /// One source, stage or sink: `type` decides which definition holds.
    private static func entry(_ kind: Plugin.Kind, _ plugins: [Plugin]) -> JSONText {
        let types: JSONText = [
            "description": .string(TopLevel.typeDoc), "enum": .array(plugins.map { .string($0.name) }),
        ]
        let rules = plugins.map { plugin -> JSONText in
            [
                "if": ["properties": ["type": ["const": .string(plugin.name)]], "required": ["type"]],
                "then": pointer(prefix(plugin)),
            ]
        }
        return .object([
            ("type", "object"),
            ("properties", ["type": types, "name": name]),
            ("required", kind == .stage ? ["type"] : ["type", "name"]),
            ("allOf", .array(rules)),
        ])
    }

    private static let name: JSONText = [
        "description": .string(TopLevel.nameDoc), "type": "string", "pattern": .string(TopLevel.namePattern),
    ]

    private static func plugin(_ plugin: Plugin, _ prefix: String) -> JSONText {
        let own: Members = [("type", ["const": .string(plugin.name)]), ("name", name)]
        return .object(
            [
                ("description", .string(plugin.summary)), ("type", "object"),
                ("properties", .object(own + plugin.specs.map { member($0, prefix) })),
            ] + required(plugin.specs) + [("additionalProperties", false)])
    }

    private static func object(_ doc: String, _ specs: [OptionSpec], _ prefix: String) -> JSONText {
        orInclude(
            [
                ("description", .string(doc)), ("type", "object"),
                ("properties", .object(specs.map { member($0, prefix) })),
            ] + required(specs) + [("additionalProperties", false)])
    }

    private static func required(_ specs: [OptionSpec]) -> Members {
        let names = specs.filter(\.isRequired).map { JSONText.string($0.name) }
        return names.isEmpty ? [] : [("required", .array(names))]
    }

    private static func member(_ spec: OptionSpec, _ prefix: String) -> (key: String, value: JSONText) {
        var members: Members = [("description", .string(describe(spec)))]
        if let text = spec.defaultText { members.append(("default", literal(text, spec.type))) }
        if let text = spec.example, !text.contains("\n") {
            members.append(("examples", .array([literal(text, spec.type)])))
        }
        switch schema(spec.type, prefix) {
        case .object(let own): return (spec.name, .object(members + own))
        default: return (spec.name, .object(members))
        }
    }

    private static func describe(_ spec: OptionSpec) -> String {
        let choices = spec.type.choices.map { "\($0.name): \($0.doc)" }
        let limits = spec.type.limits.map { " (\($0))" } ?? ""
        return spec.doc + limits + (choices.isEmpty ? "" : " " + choices.joined(separator: "; ") + ".")
    }

    private static func schema(_ type: OptionType, _ prefix: String) -> JSONText {
        switch type {
        case .bool: orVariable([("type", "boolean")])
        case .integer(let range):
            orVariable(
                [("type", "integer")]
                    + (range.lowerBound == .min ? [] : [("minimum", .integer(range.lowerBound))])
                    + (range.upperBound == .max ? [] : [("maximum", .integer(range.upperBound))]))
        case .number(let range):
            orVariable(
                [("type", "number")]
                    + (range.lowerBound <= -.greatestFiniteMagnitude ? [] : [("minimum", .number(range.lowerBound))])
                    + (range.upperBound >= .greatestFiniteMagnitude ? [] : [("maximum", .number(range.upperBound))]))
        // YAML reads 1.10 or 2026 as a number; as a text both are fine.
        case .string(let allowsEmpty):
            .object([("type", ["string", "number", "boolean"])] + (allowsEmpty ? [] : [("minLength", 1)]))
        case .choice(let choices):
            ["anyOf": [["enum": .array(choices.map { .string($0.name) })], pointer("variable")]]
        case .duration: ["type": "string", "pattern": "^\\s*([0-9.][0-9._]*\\s*[A-Za-z]+\\s*)+$|\\$\\{"]
        case .size: ["type": ["string", "integer"], "pattern": "^\\s*[0-9.][0-9._]*\\s*[A-Za-z]*\\s*$|\\$\\{"]
        case .path: ["type": "string", "minLength": 1]
        case .list(let element, let nonEmpty):
            orInclude(
                [("type", "array"), ("items", schema(element, prefix))] + (nonEmpty ? [("minItems", 1)] : []))
        case .oneOrMore(let element):
            [
                "anyOf": [
                    schema(element, prefix), ["type": "array", "items": schema(element, prefix), "minItems": 1],
                ]
            ]
        case .map(let element, _):
            orInclude([("type", "object"), ("additionalProperties", schema(element, prefix))])
        case .object(let group): pointer("\(prefix)-\(group.name)")
        case .either(let types): ["anyOf": .array(types.map { schema($0, prefix) })]
        case .any: [:]
        }
    }

    private static func orInclude(_ members: Members) -> JSONText {
        ["anyOf": [.object(members), pointer("include")]]
    }

    private static func orVariable(_ members: Members) -> JSONText {
        ["anyOf": [.object(members), pointer("variable")]]
    }

    private static func pointer(_ name: String) -> JSONText { ["$ref": .string("#/$defs/\(name)")] }

    private static func prefix(_ plugin: Plugin) -> String { "\(plugin.kind.rawValue)-\(plugin.name)" }

    /// A default or example as the value that YAML would read; lists and maps stay texts.
    private static func literal(_ text: String, _ type: OptionType) -> JSONText {
        switch type {
        case .string, .path, .choice, .duration, .size: return .string(text)
        default: break
        }
        return switch CoreSchema.resolve(text) {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .number(let value) where value.isFinite: .number(value)
        default: .string(text)
        }
    }
}
