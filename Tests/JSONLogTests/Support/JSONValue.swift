/// JSON as a tree, for tests: small, strict enough to read our own records and schemas.
indirect enum JSONValue: Equatable {
    case null, bool(Bool), number(Double), string(String), array([JSONValue]), object([String: JSONValue])

    struct Malformed: Error {}

    init(_ bytes: [UInt8]) throws {
        var parser = Parser(bytes: bytes)
        self = try parser.value()
        parser.space()
        if parser.at != bytes.count { throw Malformed() }
    }

    subscript(key: String) -> JSONValue? {
        get { if case .object(let members) = self { members[key] } else { nil } }
        set {
            guard case .object(var members) = self else { return }
            members[key] = newValue
            self = .object(members)
        }
    }

    subscript(index: Int) -> JSONValue? {
        get { if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { nil } }
        set {
            guard case .array(var elements) = self, let newValue else { return }
            elements[index] = newValue
            self = .array(elements)
        }
    }

    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    var object: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }

    private struct Parser {
        let bytes: [UInt8]
        var at = 0

        mutating func space() {
            while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
        }

        mutating func take(_ text: String) -> Bool {
            guard bytes[at...].starts(with: text.utf8) else { return false }
            at += text.utf8.count
            return true
        }

        mutating func value() throws -> JSONValue {
            space()
            if take("null") { return .null }
            if take("true") { return .bool(true) }
            if take("false") { return .bool(false) }
            if take("{") { return try object() }
            if take("[") { return try array() }
            if at < bytes.count, bytes[at] == UInt8(ascii: "\"") { return .string(try string()) }
            let digits = bytes[at...].prefix { "+-.eE0123456789".utf8.contains($0) }
            at += digits.count
            guard let number = Double(String(decoding: digits, as: UTF8.self)) else { throw Malformed() }
            return .number(number)
        }

        mutating func object() throws -> JSONValue {
            var members: [String: JSONValue] = [:]
            space()
            if take("}") { return .object(members) }
            repeat {
                space()
                let key = try string()
                space()
                guard take(":"), members[key] == nil else { throw Malformed() }
                members[key] = try value()
                space()
            } while take(",")
            guard take("}") else { throw Malformed() }
            return .object(members)
        }

        mutating func array() throws -> JSONValue {
            var elements: [JSONValue] = []
            space()
            if take("]") { return .array(elements) }
            repeat {
                elements.append(try value())
                space()
            } while take(",")
            guard take("]") else { throw Malformed() }
            return .array(elements)
        }

        mutating func string() throws -> String {
            guard take("\"") else { throw Malformed() }
            var text: [UInt8] = []
            while at < bytes.count {
                let byte = bytes[at]
                at += 1
                switch byte {
                case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
                case 0..<0x20: throw Malformed()
                case UInt8(ascii: "\\"):
                    guard at < bytes.count else { throw Malformed() }
                    let escape = bytes[at]
                    at += 1
                    switch escape {
                    case UInt8(ascii: "n"): text.append(0x0A)
                    case UInt8(ascii: "t"): text.append(0x09)
                    case UInt8(ascii: "r"): text.append(0x0D)
                    case UInt8(ascii: "u"):
                        guard at + 4 <= bytes.count,
                            let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
                            let scalar = Unicode.Scalar(code)
                        else { throw Malformed() }
                        text += Array(String(Character(scalar)).utf8)
                        at += 4
                    default: text.append(escape)
                    }
                default: text.append(byte)
                }
            }
            throw Malformed()
        }
    }
}
