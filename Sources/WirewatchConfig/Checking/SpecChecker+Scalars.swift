import WirewatchKit

extension SpecChecker {
    /// Checks a value that must be a scalar.
    func scalar(_ value: OptionValue, _ type: OptionType, _ path: String) {
        guard let text = OptionReader.text(value) else { return mismatch(value, type, path) }
        switch type {
        case .bool:
            if case .bool = value.content { return }
            mismatch(value, type, path)
        case .integer(let range):
            guard case .integer(let number) = value.content else { return mismatch(value, type, path) }
            if !range.contains(number) { outOfRange(value, type, path) }
        case .number(let range):
            guard let number = OptionReader.number(value), number.isFinite else { return mismatch(value, type, path) }
            if !range.contains(number) { outOfRange(value, type, path) }
        case .duration(let range):
            guard let duration = HumanUnits.duration(text) else { return mismatch(value, type, path) }
            if !range.contains(duration) { outOfRange(value, type, path) }
        case .size(let range):
            guard let size = HumanUnits.size(text) else { return mismatch(value, type, path) }
            if !range.contains(size) { outOfRange(value, type, path) }
        case .choice(let choices):
            guard !choices.contains(where: { $0.name == text }) else { return }
            let hint = Spelling.hint(text, among: choices.map(\.name))
            report(value.location, "\(subject(path)) must be \(type.words), not \(shown(value))\(hint)")
        case .string(let allowsEmpty):
            if text.isEmpty, !allowsEmpty { report(value.location, "\(subject(path)) is empty; it must be a text") }
        case .path:
            if text.isEmpty {
                report(value.location, "\(subject(path)) is empty; it must be a path")
            } else if text.hasPrefix("~/") {
                report(
                    value.location,
                    "\(subject(path)) begins with '~', which only a shell fills in; write ${HOME}\(text.dropFirst())")
            }
        default: break
        }
    }

    /// Reports a value that is of another type, with what may help.
    func mismatch(_ value: OptionValue, _ type: OptionType, _ path: String) {
        report(
            value.location,
            "\(subject(path)) must be \(type.words), not \(shown(value))\(remedy(value, type))")
    }

    private func outOfRange(_ value: OptionValue, _ type: OptionType, _ path: String) {
        report(value.location, "\(subject(path)) must be \(type.limits ?? type.words), not \(shown(value))")
    }

    private func remedy(_ value: OptionValue, _ type: OptionType) -> String {
        let isNumber = OptionReader.number(value) != nil
        switch (type, value.shape) {
        case (.bool, .scalar):
            if value.isNeedlesslyQuoted { return "; remove the quotes" }
            return switch OptionReader.text(value)?.lowercased() {
            case "yes", "on", "y", "1", "enabled": "; write true"
            case "no", "off", "n", "0", "disabled": "; write false"
            default: ""
            }
        case (.integer, .scalar), (.number, .scalar): return value.isNeedlesslyQuoted ? "; remove the quotes" : ""
        case (.duration, .scalar) where isNumber: return "; add the unit: ms, s, m, h, d or w"
        case (.duration, .scalar): return "; the units are ms, s, m, h, d and w"
        case (.size, .scalar): return "; the units are B, kB, MB, GB, KiB, MiB and GiB"
        case (.list, .scalar):
            return secrets.contains(value.location) ? "; put it in a list" : "; put it in a list: [\(cut(value))]"
        case (.object(let group), .scalar):
            let names = group.specs().map { "'\($0.name)'" }
            return names.count > 12 || names.isEmpty ? "" : "; its options are " + Words.list(names, "and")
        case (.list, .map): return "; begin each item with '- '"
        default: return ""
        }
    }

    /// The value as a message may show it.
    private func shown(_ value: OptionValue) -> String {
        guard let text = OptionReader.text(value) else { return value.kindName }
        if secrets.contains(value.location) { return "the secret's text" }
        if text.isEmpty { return "an empty text" }
        return value.isNeedlesslyQuoted ? "the quoted text '\(cut(value))'" : "'\(cut(value))'"
    }

    private func cut(_ value: OptionValue) -> String {
        let text = OptionReader.text(value) ?? ""
        let line = String(text.unicodeScalars.prefix { !$0.properties.isWhitespace || $0 == " " }.prefix(40))
        return line.utf8.count < text.utf8.count ? line + "..." : line
    }
}
