import WirewatchYAML

/// A source to be written into a configuration.
public struct SourceEntry: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
        case text(String)
        case bool(Bool)
    }

    public var name: String
    public var type: String
    /// In the order to write them.
    public var options: [Option]
    /// Written as a comment above the entry, on one line.
    public var comment: String?

    public struct Option: Sendable, Hashable {
        public var key: String
        public var value: Value

        public init(_ key: String, _ value: Value) {
            self.key = key
            self.value = value
        }
    }

    public init(name: String, type: String, options: [Option], comment: String? = nil) {
        self.name = name
        self.type = type
        self.options = options
        self.comment = comment
    }

    private var pairs: [(key: String, value: Value)] {
        [("name", .text(name)), ("type", .text(type))] + options.map { ($0.key, $0.value) }
    }

    /// As lines without ends, for a list whose dashes stand after `indent` spaces and keys `offset` behind them.
    func block(indent: Int, offset: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        if let comment { lines.append("\(margin)# \(Self.comment(comment))") }
        for (index, pair) in pairs.enumerated() {
            let start = String(repeating: " ", count: max(1, offset - 1))
            let lead = margin + (index == 0 ? "-" : " ") + start
            lines.append("\(lead)\(pair.key): \(Self.scalar(pair.value, inBrackets: false))")
        }
        return lines
    }

    /// As a map in braces.
    var flow: String {
        "{" + pairs.map { "\($0.key): \(Self.scalar($0.value, inBrackets: true))" }.joined(separator: ", ") + "}"
    }

    static func comment(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    /// A scalar that is read as it is meant: plain where that is safe, else in single quotes, in which nothing is replaced.
    static func scalar(_ value: Value, inBrackets: Bool) -> String {
        guard case .text(let text) = value else {
            if case .bool(true) = value { return "true" }
            return "false"
        }
        if isPlain(text, inBrackets: inBrackets), CoreSchema.resolve(text) == .text { return text }
        return "'" + comment(text).replacing("'", with: "''") + "'"
    }

    private static func isPlain(_ text: String, inBrackets: Bool) -> Bool {
        guard let first = text.utf8.first, isWord(first) || first == UInt8(ascii: "/"),
            text.utf8.last != UInt8(ascii: ":")
        else { return false }
        let marks = inBrackets ? "/:._~?=&%+@;!()*-".utf8 : "/:._~?=&%+@;!()*-,$'[]".utf8
        return !text.utf8.contains { !isWord($0) && !marks.contains($0) } && !text.contains("${")
    }

    private static func isWord(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }
}
