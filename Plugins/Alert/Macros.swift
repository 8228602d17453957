internal import WirewatchKit

/// Lists of words that rules name by `$name`.
struct Macros {
    private let lists: [String: [OptionValue]]
    private let places: [(name: String, place: SourceLocation)]
    private var used: Set<String> = []
    private let options: OptionReader

    init(_ options: OptionReader) {
        self.options = options
        var lists: [String: [OptionValue]] = [:]
        for entry in options.entries("macros") {
            if !Self.isName(entry.key) {
                options.report(
                    "'\(entry.key)' cannot be the name of a macro; use letters, digits, '_' and '-', beginning with a letter",
                    at: entry.keyLocation)
            }
            let elements = OptionReader.elements(entry.value)
            for element in elements {
                guard let text = OptionReader.text(element), Self.name(in: text) != nil else { continue }
                options.report(
                    "macros hold words alone: '\(text)' in '\(entry.key)' would be a macro; write '$\(text)' for the text",
                    at: element.location)
            }
            lists[entry.key] = elements.map(Self.unescaped)
        }
        self.lists = lists
        places = options.entries("macros").map { ($0.key, $0.keyLocation) }
    }

    /// The value with its macros filled in; unknown ones are reported.
    mutating func expanded(_ value: OptionValue) -> OptionValue { expanded(value, isNear: false) }

    /// - Parameter isNear: whether the value is the list of a `near`, in which a macro is one word with alternatives.
    private mutating func expanded(_ value: OptionValue, isNear: Bool, depth: Int = 0) -> OptionValue {
        // Deeper nesting is refused where conditions are read.
        guard depth < 100 else { return value }
        switch value.content {
        case .map(var entries):
            for index in entries.indices {
                entries[index].value = expanded(
                    entries[index].value, isNear: entries[index].key == "terms", depth: depth + 1)
            }
            return OptionValue(.map(entries), at: value.location)
        case .list(let elements):
            var result: [OptionValue] = []
            result.reserveCapacity(elements.count)
            for element in elements {
                let new = expanded(element, isNear: false, depth: depth + 1)
                if !isNear, OptionReader.text(element).flatMap(Self.name) != nil, case .list(let words) = new.content {
                    result += words
                } else {
                    result.append(new)
                }
            }
            return OptionValue(.list(result), at: value.location)
        case .string(let text):
            guard let name = Self.name(in: text) else { return Self.unescaped(value) }
            guard let words = lists[name] else {
                let known = lists.keys.sorted().map { "'$\($0)'" }.joined(separator: ", ")
                options.report(
                    "there is no macro '\(name)'; "
                        + (known.isEmpty
                            ? "define it under 'macros' of this stage, such as 'macros: {\(name): [a, b]}'"
                            : "there are \(known)") + "; write '$\(text)' for the text itself", at: value.location)
                return value
            }
            used.insert(name)
            // The place of use, for what is wrong with the words there.
            return OptionValue(.list(words), at: value.location)
        default: return value
        }
    }

    func warnOfUnused() {
        for (name, place) in places where !used.contains(name) {
            options.warn("no rule uses the macro '$\(name)'", at: place)
        }
    }

    /// The name in `$name`; nil for anything else, `$5` and `$$name` too.
    private static func name(in text: String) -> String? {
        guard text.utf8.first == UInt8(ascii: "$") else { return nil }
        let name = String(text.dropFirst())
        return isName(name) ? name : nil
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }

    /// `$$name` is the text `$name`.
    private static func unescaped(_ value: OptionValue) -> OptionValue {
        guard case .string(let text) = value.content, text.hasPrefix("$$"), name(in: String(text.dropFirst())) != nil
        else { return value }
        let plain = String(text.dropFirst())
        return OptionValue(.string(plain), at: value.location, scalarText: plain)
    }
}
