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
    /// A scalar as it was written, before it was read as a number or a truth value; nil for lists and maps.
    public var scalarText: String?

    public init(_ content: Content, at location: SourceLocation, scalarText: String? = nil) {
        self.content = content
        self.location = location
        self.scalarText = scalarText
    }

    /// The value under a key of a map; nil for anything else.
    public subscript(key: String) -> OptionValue? {
        guard case .map(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
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
    public static func == (a: OptionValue, b: OptionValue) -> Bool {
        switch (a.content, b.content) {
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
