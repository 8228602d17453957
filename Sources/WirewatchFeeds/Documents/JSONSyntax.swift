/// Why bytes are no JSON, and where.
public struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Bytes from the beginning.
    public var offset: Int
    /// From 1.
    public var line: Int
    /// From 1, in bytes.
    public var column: Int
    public var reason: String

    init(_ bytes: [UInt8], at offset: Int, _ reason: String) {
        self.offset = offset
        self.reason = reason
        line = 1
        var start = 0
        for place in 0..<min(offset, bytes.count) where bytes[place] == 0x0A {
            line += 1
            start = place + 1
        }
        column = offset - start + 1
    }

    public var description: String { "line \(line), column \(column): \(reason)" }
}

/// Checks the syntax of JSON (RFC 8259) with the place of the first mistake, and finds the elements of an array without
/// reading them. In linear time, without recursion.
public enum JSONSyntax {
    /// What a text is.
    public enum Shape: Sendable, Hashable {
        /// Where each element stands.
        case array([Range<Int>])
        case object
        case scalar
    }

    /// Deeper nesting is refused; readers of the elements give up there too.
    public static let maxDepth = 500

    public static func check(_ bytes: [UInt8]) throws(JSONSyntaxError) -> Shape {
        var scanner = JSONScanner(bytes)
        return try scanner.scan()
    }
}

private struct JSONScanner {
    private let bytes: [UInt8]
    private var at = 0
    private var elements: [Range<Int>] = []

    private enum Expected { case value, valueOrEnd, keyOrEnd, key, commaOrEnd }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func scan() throws(JSONSyntaxError) -> JSONSyntax.Shape {
        if String(validating: bytes, as: UTF8.self) == nil { throw invalidUTF8() }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        skipBlanks()
        guard at < bytes.count else { throw error("there is nothing but blanks") }
        let first = bytes[at]
        // True for an object.
        var open: [Bool] = []
        var expected = Expected.value
        var elementStart = 0
        while true {
            skipBlanks()
            if open.isEmpty, expected == .commaOrEnd { break }
            guard at < bytes.count else { throw error("it ends before its end: \(Self.name(expected)) is missing") }
            let byte = bytes[at]
            switch (expected, byte) {
            case (.valueOrEnd, UInt8(ascii: "]")), (.keyOrEnd, UInt8(ascii: "}")):
                at += 1
                open.removeLast()
                expected = .commaOrEnd
            case (.keyOrEnd, UInt8(ascii: "\"")), (.key, UInt8(ascii: "\"")):
                try string()
                skipBlanks()
                guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else {
                    throw error("':' is missing after a name")
                }
                at += 1
                expected = .value
                continue
            case (.value, _), (.valueOrEnd, _):
                if open.count == 1, !open[0] { elementStart = at }
                if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                    guard open.count < JSONSyntax.maxDepth else {
                        throw error("nested deeper than \(JSONSyntax.maxDepth) levels")
                    }
                    open.append(byte == UInt8(ascii: "{"))
                    at += 1
                    expected = byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
                    continue
                }
                try scalar(byte)
                expected = .commaOrEnd
            case (.commaOrEnd, UInt8(ascii: ",")):
                at += 1
                expected = open[open.count - 1] ? .key : .value
                continue
            case (.commaOrEnd, UInt8(ascii: "]")) where !open[open.count - 1],
                (.commaOrEnd, UInt8(ascii: "}")) where open[open.count - 1]:
                at += 1
                open.removeLast()
            default: throw error("\(Self.name(expected)) is missing before \(Self.shown(byte))")
            }
            // A value has ended here.
            if open.count == 1, !open[0] { elements.append(elementStart..<at) }
        }
        guard at == bytes.count else { throw error("something follows the end") }
        switch first {
        case UInt8(ascii: "["): return .array(elements)
        case UInt8(ascii: "{"): return .object
        default: return .scalar
        }
    }

    private mutating func skipBlanks() {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
            at += 1
        }
    }

    private mutating func string() throws(JSONSyntaxError) {
        let start = at
        at += 1
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                at += 1
                return
            case 0..<0x20: throw error("a control character in a string; write it as \\n or \\u00XX")
            case UInt8(ascii: "\\"):
                at += 1
                guard at < bytes.count else { break }
                if bytes[at] == UInt8(ascii: "u") {
                    for _ in 0..<4 {
                        at += 1
                        guard at < bytes.count, Self.isHexadecimal(bytes[at]) else {
                            throw error("\\u needs four hexadecimal digits")
                        }
                    }
                } else if !"\"\\/bfnrt".utf8.contains(bytes[at]) {
                    throw error("\\ before \(Self.shown(bytes[at])) means nothing")
                }
                at += 1
            default: at += 1
            }
        }
        at = start
        throw error("the string that begins here has no end")
    }

    private mutating func scalar(_ first: UInt8) throws(JSONSyntaxError) {
        switch first {
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "-"), 0x30...0x39: try number()
        default: throw error("a value is missing before \(Self.shown(first))")
        }
    }

    private mutating func word(_ word: StaticString) throws(JSONSyntaxError) {
        let matches = word.withUTF8Buffer {
            at + $0.count <= bytes.count && bytes[at..<(at + $0.count)].elementsEqual($0)
        }
        guard matches else { throw error("an unknown word; there are true, false and null") }
        at += word.utf8CodeUnitCount
    }

    private mutating func number() throws(JSONSyntaxError) {
        if bytes[at] == UInt8(ascii: "-") { at += 1 }
        let isZero = at < bytes.count && bytes[at] == 0x30
        if try digits() > 1, isZero { throw error("a number does not begin with 0") }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            _ = try digits()
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            _ = try digits()
        }
    }

    private mutating func digits() throws(JSONSyntaxError) -> Int {
        let start = at
        while at < bytes.count, bytes[at] &- 0x30 < 10 { at += 1 }
        if at == start { throw error("a digit is missing") }
        return at - start
    }

    private func invalidUTF8() -> JSONSyntaxError {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var at = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { at += UTF8.width(scalar) }
        return JSONSyntaxError(bytes, at: at, "not valid UTF-8; JSON is UTF-8")
    }

    private func error(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(bytes, at: at, reason) }

    private static func name(_ expected: Expected) -> String {
        switch expected {
        case .value: "a value"
        case .valueOrEnd: "a value or ']'"
        case .keyOrEnd: "a name in quotes or '}'"
        case .key: "a name in quotes"
        case .commaOrEnd: "',' or the closing bracket"
        }
    }

    private static func shown(_ byte: UInt8) -> String {
        byte > 0x20 && byte < 0x7F ? "'\(Character(UnicodeScalar(byte)))'" : "byte \(byte)"
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 }
}
