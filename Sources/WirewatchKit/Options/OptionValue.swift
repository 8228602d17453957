/// A value of the configuration with the place where it was written.
public struct OptionValue: Sendable {
    public enum Content: Sendable {
        case null
        case bool(Bool)
        case integer(Int)
        case number(Double)
        case string(String)
        case list([OptionValue])
        /// In the order written; keys are unique.
        case map([Entry])
    }

    public struct Entry: Sendable {
        public var key: String
        public var keyLocation: SourceLocation
        public var value: OptionValue

        public init(key: String, keyLocation: SourceLocation, value: OptionValue) {
            self.key = key
            self.keyLocation = keyLocation
            self.value = value
        }
    }

    public var content: Content
    public var location: SourceLocation
    /// What was written where the content is something else than its text.
    private let written: String?

    /// A scalar as it was written, before it was read as a number or a truth value; nil for lists and maps.
    public var scalarText: String? {
        if case .string(let text) = content { return text }
        return written
    }

    /// - Parameter scalarText: ``scalarText`` of what is no text; a text is its own.
    public init(_ content: Content, at location: SourceLocation, scalarText: String? = nil) {
        self.content = content
        self.location = location
        if case .string = content { written = nil } else { written = scalarText }
    }

    /// The value under a key of a map; nil for anything else.
    public subscript(key: String) -> OptionValue? {
        guard case .map(let entries) = content else { return nil }
        for index in entries.indices where entries[index].key.isName(key) { return entries[index].value }
        return nil
    }

    /// Whether there is nothing: absent in all but name.
    public var isNull: Bool {
        if case .null = content { return true }
        return false
    }

    /// What kind of value it is, for messages: `a list`, `a number`.
    public var kindName: String {
        switch content {
        case .null: "nothing"
        case .bool: "true or false"
        case .integer, .number: "a number"
        case .string: "a text"
        case .list: "a list"
        case .map: "a map"
        }
    }
}

extension OptionValue: Equatable {
    /// Equal in what is configured, wherever it is written.
    public static func == (a: OptionValue, b: OptionValue) -> Bool { a.content == b.content }
}

extension OptionValue.Content: Equatable {
    public static func == (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let x), .bool(let y)): x == y
        case (.integer(let x), .integer(let y)): x == y
        case (.number(let x), .number(let y)): x == y
        case (.string(let x), .string(let y)): x == y
        case (.list(let x), .list(let y)): x == y
        case (.map(let x), .map(let y)):
            x.count == y.count && zip(x, y).allSatisfy { $0.key == $1.key && $0.value == $1.value }
        default: false
        }
    }
}

extension String {
    /// Whether two names of options are the same. Most are not, and their lengths tell so in an instruction or two.
    @inline(__always)
    package func isName(_ other: String) -> Bool { utf8.count == other.utf8.count && self == other }
}
