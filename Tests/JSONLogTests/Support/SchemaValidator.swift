/// Checks a value against a JSON Schema, for the keywords that our schemas use; any other keyword is a mistake.
struct SchemaValidator {
    let root: JSONValue

    /// What does not fit, each with its path.
    func problems(_ value: JSONValue) -> [String] { check(value, root, "$") }

    private static let annotations: Set = ["$schema", "$id", "$defs", "title", "description", "format"]

    private func check(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        var problems: [String] = []
        for (keyword, rule) in schema.object ?? ["": .null] {
            switch keyword {
            case let name where Self.annotations.contains(name): break
            case "type":
                let names = rule.array?.compactMap(\.text) ?? [rule.text ?? ""]
                if !names.contains(where: { has(value, type: $0) }) { problems.append("\(path): is no \(names)") }
            case "const": if value != rule { problems.append("\(path): is not \(rule)") }
            case "enum": if rule.array?.contains(value) != true { problems.append("\(path): is none of \(rule)") }
            case "minimum":
                if let number = value.number, number < rule.number ?? 0 { problems.append("\(path): too small") }
            case "pattern":
                guard let text = value.text, let pattern = rule.text else { break }
                guard let regex = try? Regex(pattern) else {
                    problems.append("\(path): bad pattern")
                    break
                }
                if text.firstMatch(of: regex) == nil { problems.append("\(path): '\(text)' does not match \(pattern)") }
            case "required":
                guard let members = value.object else { break }
                for name in rule.array ?? [] where members[name.text ?? ""] == nil {
                    problems.append("\(path): lacks \(name.text ?? "")")
                }
            case "properties":
                for (name, inner) in rule.object ?? [:] {
                    if let member = value[name] { problems += check(member, inner, path + "." + name) }
                }
            case "additionalProperties":
                let known = Set((schema["properties"]?.object ?? [:]).keys)
                for (name, member) in value.object ?? [:] where !known.contains(name) && rule != .bool(true) {
                    problems += check(member, rule, path + "." + name)
                }
            case "items":
                for (at, element) in (value.array ?? []).enumerated() {
                    problems += check(element, rule, "\(path)[\(at)]")
                }
            case "anyOf":
                if !(rule.array ?? []).contains(where: { check(value, $0, path).isEmpty }) {
                    problems.append("\(path): fits none of the alternatives")
                }
            case "$ref":
                let name = (rule.text ?? "").split(separator: "/").last.map(String.init) ?? ""
                if let target = root["$defs"]?[name] {
                    problems += check(value, target, path)
                } else {
                    problems.append("\(path): no definition \(name)")
                }
            default: problems.append("\(path): unknown keyword '\(keyword)'")
            }
        }
        return problems
    }

    private func has(_ value: JSONValue, type: String) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string), ("array", .array),
            ("object", .object):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }
}
