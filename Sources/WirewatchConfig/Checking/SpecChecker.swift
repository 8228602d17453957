import WirewatchKit

/// Checks values against option specs and reports every mistake.
struct SpecChecker {
    /// Whose options they are; nil for the top of the file.
    let component: (kind: Plugin.Kind, name: String)?
    let diagnostics: OptionReader.Diagnostics
    /// Values that could not be read, of which enough is said.
    let failed: Set<SourceLocation>
    /// Values that no message may show.
    let secrets: Set<SourceLocation>
    /// A group makes its specs anew each time, which is felt where there are thousands of rules.
    var groups = GroupSpecs()

    /// The owner in messages: `sink 'alerts'`; empty for the top of the file.
    var owner: String { component.map { "\($0.kind.rawValue) '\($0.name)'" } ?? "" }

    /// The specs of groups already met; their names are unique within one owner.
    final class GroupSpecs {
        private var byName: [String: [OptionSpec]] = [:]

        subscript(group: OptionGroup) -> [OptionSpec] {
            if let known = byName[group.name] { return known }
            let specs = group.specs()
            byName[group.name] = specs
            return specs
        }
    }

    /// Checks the entries of a map. `path` names the map within the owner's options; empty for the options themselves.
    func check(_ entries: [OptionValue.Entry], at place: SourceLocation, _ specs: [OptionSpec], path: String = "") {
        var misspelt: Set<String> = []
        for entry in entries.indices {
            guard let spec = specs.index(of: entries[entry].key) else {
                report(entries[entry].keyLocation, unknown(entries[entry].key, specs, path))
                if let meant = Spelling.closest(entries[entry].key, among: specs.map(\.name)) { misspelt.insert(meant) }
                continue
            }
            let option = path.isEmpty ? specs[spec].name : "\(path).\(specs[spec].name)"
            if entries[entry].value.isNull {
                checkAbsent(entries[entry].value, specs[spec], path: option)
            } else {
                check(entries[entry].value, specs[spec].type, path: option)
            }
        }
        // What is there under a misspelt name is not missing too.
        for index in specs.indices where specs[index].isRequired {
            let spec = specs[index]
            guard !misspelt.contains(spec.name), !entries.contains(where: { $0.key.isName(spec.name) }) else {
                continue
            }
            let subject = path.isEmpty ? owner : "'\(path)' of \(owner)"
            let example = spec.example.map { ", such as '\(spec.name): \($0)'" } ?? ", \(spec.type.words)"
            report(place, "\(subject) needs the option '\(spec.name)'\(example)")
        }
    }

    private func checkAbsent(_ value: OptionValue, _ spec: OptionSpec, path: String) {
        if failed.contains(value.location) { return }
        if spec.isRequired {
            report(value.location, "\(subject(path)) has no value; it must be \(spec.type.words)")
        } else if value.scalarText == "" {
            diagnostics.add(
                Diagnostic(
                    .warning, at: value.location,
                    "\(subject(path)) has no value and counts as absent; give it one or remove it"))
        }
    }

    func check(_ value: OptionValue, _ type: OptionType, path: String) {
        if value.isNull, failed.contains(value.location) { return }
        switch type {
        case .any: break
        case .either(let types): either(value, types, type, path)
        case .oneOrMore(let element):
            if case .list(let elements) = value.content, value.shape == .list, !isList(element) {
                list(elements, at: value.location, element, nonEmpty: true, path)
            } else {
                check(value, element, path: path)
            }
        case .list(let element, let nonEmpty):
            guard case .list(let elements) = value.content else { return mismatch(value, type, path) }
            list(elements, at: value.location, element, nonEmpty: nonEmpty, path)
        case .map(let element, _):
            guard case .map(let entries) = value.content else { return mismatch(value, type, path) }
            for entry in entries {
                guard !entry.value.isNull || failed.contains(entry.value.location) else {
                    report(
                        entry.keyLocation,
                        "'\(entry.key)' in \(subject(path)) has no value; "
                            + "it must be \(element.words)")
                    continue
                }
                check(entry.value, element, path: "\(path).\(entry.key)")
            }
        case .object(let group):
            guard case .map(let entries) = value.content else { return mismatch(value, type, path) }
            check(entries, at: value.location, groups[group], path: path)
        default: scalar(value, type, path)
        }
    }

    private func isList(_ type: OptionType) -> Bool {
        if case .list = type { return true }
        return false
    }

    private func list(
        _ elements: [OptionValue], at place: SourceLocation, _ type: OptionType, nonEmpty: Bool, _ path: String
    ) {
        if nonEmpty, elements.isEmpty { report(place, "\(subject(path)) is an empty list; it needs at least one item") }
        for element in elements {
            if element.isNull, !failed.contains(element.location) {
                report(element.location, "an item of \(subject(path)) is empty; it must be \(type.words)")
            } else {
                check(element, type, path: path)
            }
        }
    }

    private func either(_ value: OptionValue, _ types: [OptionType], _ type: OptionType, _ path: String) {
        let fitting = types.filter { $0.accepts(shapeOf: value) }
        switch fitting.count {
        case 0: mismatch(value, type, path)
        case 1: check(value, fitting[0], path: path)
        default:
            if self.type(of: value, among: types) != nil { return }
            if value.shape == .scalar { mismatch(value, type, path) } else { check(value, fitting[0], path: path) }
        }
    }

    /// Which of several types the value has; nil when it is none of them.
    func type(of value: OptionValue, among types: [OptionType]) -> OptionType? {
        types.first { type in
            guard type.accepts(shapeOf: value) else { return false }
            // A map or a list is told by its shape; only scalars need a closer look.
            if value.shape != .scalar { return true }
            let silent = SpecChecker(
                component: component, diagnostics: OptionReader.Diagnostics(), failed: failed, secrets: secrets)
            silent.check(value, type, path: "")
            return !silent.diagnostics.hasErrors
        }
    }

    // MARK: Messages

    func report(_ place: SourceLocation, _ message: String) {
        diagnostics.add(Diagnostic(at: place, message))
    }

    func subject(_ path: String) -> String { component == nil ? "'\(path)'" : "'\(path)' of \(owner)" }

    private func unknown(_ key: String, _ specs: [OptionSpec], _ path: String) -> String {
        let place =
            switch (path.isEmpty, owner.isEmpty) {
            case (true, true): " at the top of the file"
            case (true, false): " in \(owner)"
            case (false, true): " in '\(path)'"
            case (false, false): " in '\(path)' of \(owner)"
            }
        let hint = Spelling.hint(key, among: specs.map(\.name))
        if hint.isEmpty, let group = specs.first(where: { $0.type.hasOption(key) }) {
            return "unknown option '\(key)'\(place); it belongs under '\(group.name)'"
        }
        if specs.isEmpty { return "unknown option '\(key)'\(place); there are none" }
        if hint.isEmpty, specs.count <= 12 {
            return "unknown option '\(key)'\(place); known are " + Words.list(specs.map { "'\($0.name)'" }, "and")
        }
        return "unknown option '\(key)'\(place)\(hint)"
    }
}

extension OptionType {
    /// Whether it is a group, or may be one, with an option of this name.
    fileprivate func hasOption(_ name: String) -> Bool {
        switch self {
        case .object(let group): group.specs().contains { $0.name == name }
        case .either(let types): types.contains { $0.hasOption(name) }
        default: false
        }
    }
}
