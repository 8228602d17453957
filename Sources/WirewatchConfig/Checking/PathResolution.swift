import WirewatchKit

/// Makes the paths among checked options absolute, defaults included.
struct PathResolution {
    let folder: String
    let checker: SpecChecker

    func resolve(_ value: OptionValue, _ specs: [OptionSpec]) -> OptionValue {
        guard case .map(var entries) = value.content else { return value }
        // Most options are no paths: ten thousand sources need no copies of their entries.
        var isChanged = false
        for index in entries.indices {
            guard let spec = specs.index(of: entries[index].key), Self.mayHoldPaths(specs[spec].type) else { continue }
            entries[index].value = resolve(entries[index].value, specs[spec].type)
            isChanged = true
        }
        for index in specs.indices where specs[index].defaultText != nil {
            guard case .path = specs[index].type else { continue }
            let spec = specs[index]
            guard let text = spec.defaultText, value[spec.name]?.isNull ?? true else { continue }
            entries.removeAll { $0.key == spec.name }
            let path = resolve(OptionValue(.string(text), at: value.location, scalarText: text), .path)
            entries.append(OptionValue.Entry(key: spec.name, keyLocation: value.location, value: path))
            isChanged = true
        }
        guard isChanged else { return value }
        return OptionValue(.map(entries), at: value.location)
    }

    private static func mayHoldPaths(_ type: OptionType) -> Bool {
        switch type {
        case .path, .list, .oneOrMore, .map, .object, .either: true
        default: false
        }
    }

    func resolve(_ value: OptionValue, _ type: OptionType) -> OptionValue {
        switch (type, value.content) {
        case (_, .null): return value
        case (.path, _):
            guard let text = OptionReader.text(value) else { return value }
            let path = FilePath.absolute(text, in: folder)
            return OptionValue(.string(path), at: value.location, scalarText: path)
        case (.list(let element, _), .list(let elements)), (.oneOrMore(let element), .list(let elements)):
            return OptionValue(.list(elements.map { resolve($0, element) }), at: value.location)
        case (.oneOrMore(let element), _): return resolve(value, element)
        case (.map(let element, _), .map(var entries)):
            for index in entries.indices { entries[index].value = resolve(entries[index].value, element) }
            return OptionValue(.map(entries), at: value.location)
        case (.object(let group), .map): return resolve(value, checker.groups[group])
        case (.either(let types), _):
            return checker.type(of: value, among: types).map { resolve(value, $0) } ?? value
        default: return value
        }
    }
}
