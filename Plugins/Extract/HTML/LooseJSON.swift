/// A JSON value as pages embed it.
enum LooseJSON: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([LooseJSON])
    case object([(key: String, value: LooseJSON)])

    /// Reads the first value in the bytes, forgiving what pages get wrong: line breaks in strings, trailing commas,
    /// comment marks around the whole, anything after the value. Nil when there is none. Nested deeper than 64 a value is
    /// read as null, so that the recursion is bounded.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        while reader.at < bytes.count, bytes[reader.at] != 0x7B, bytes[reader.at] != 0x5B { reader.at += 1 }
        guard let value = reader.value(depth: 0) else { return nil }
        self = value
    }

    subscript(_ key: String) -> LooseJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// The elements of an array; any other value but null as the only one.
    var elements: [LooseJSON] {
        switch self {
        case .array(let elements): elements
        case .null: []
        default: [self]
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var at = 0

        mutating func skipSpace() {
            while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
        }

        mutating func value(depth: Int) -> LooseJSON? {
            skipSpace()
            guard at < bytes.count else { return nil }
            switch bytes[at] {
            case 0x7B: return object(depth: depth)
            case 0x5B: return array(depth: depth)
            case 0x22: return .string(string())
            default: return scalar()
            }
        }

        private mutating func object(depth: Int) -> LooseJSON? {
            at += 1
            guard depth < 64 else { return skipNested() }
            var members: [(key: String, value: LooseJSON)] = []
            while true {
                skipSpace()
                guard at < bytes.count else { return .object(members) }
                switch bytes[at] {
                case 0x7D:
                    at += 1
                    return .object(members)
                case 0x22:
                    let key = string()
                    skipSpace()
                    guard at < bytes.count, bytes[at] == 0x3A else { continue }
                    at += 1
                    guard let value = value(depth: depth + 1) else { return .object(members) }
                    members.append((key, value))
                default: at += 1
                }
            }
        }

        private mutating func array(depth: Int) -> LooseJSON? {
            at += 1
            guard depth < 64 else { return skipNested() }
            var elements: [LooseJSON] = []
            while true {
                skipSpace()
                guard at < bytes.count else { return .array(elements) }
                if bytes[at] == 0x5D {
                    at += 1
                    return .array(elements)
                }
                if bytes[at] == 0x2C || bytes[at] == 0x7D || bytes[at] == 0x3A {
                    at += 1
                    continue
                }
                guard let value = value(depth: depth + 1) else { return .array(elements) }
                elements.append(value)
            }
        }

        /// Reads over the rest of an object or array whose opening bracket was read.
        private mutating func skipNested() -> LooseJSON {
            var open = 1
            while at < bytes.count, open > 0 {
                switch bytes[at] {
                case 0x7B, 0x5B: open += 1
                case 0x7D, 0x5D: open -= 1
                case 0x22:
                    _ = string()
                    continue
                default: break
                }
                at += 1
            }
            return .null
        }

        private mutating func scalar() -> LooseJSON? {
            let start = at
            while at < bytes.count, bytes[at] > 0x20, bytes[at] != 0x2C, bytes[at] != 0x7D, bytes[at] != 0x5D {
                at += 1
            }
            if at == start {
                // A stray bracket or comma where a value belongs.
                return .null
            }
            switch String(decoding: bytes[start..<at], as: UTF8.self) {
            case "true": return .bool(true)
            case "false": return .bool(false)
            case "null": return .null
            case let text: return .number(text)
            }
        }

        private mutating func string() -> String {
            at += 1
            var buffer: [UInt8] = []
            while at < bytes.count, bytes[at] != 0x22 {
                guard bytes[at] == 0x5C, at + 1 < bytes.count else {
                    buffer.append(bytes[at])
                    at += 1
                    continue
                }
                at += 2
                switch bytes[at - 1] {
                case 0x6E: buffer.append(0x0A)
                case 0x74: buffer.append(0x09)
                case 0x72: buffer.append(0x0D)
                case 0x62, 0x66: buffer.append(0x20)
                case 0x75: escape(into: &buffer)
                case let byte: buffer.append(byte)
                }
            }
            at = min(at + 1, bytes.count)
            return String(decoding: buffer, as: UTF8.self)
        }

        private mutating func escape(into buffer: inout [UInt8]) {
            guard var scalar = hexadecimal() else { return }
            if (0xD800..<0xDC00).contains(scalar), at + 1 < bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 {
                let mark = at
                at += 2
                if let low = hexadecimal(), (0xDC00..<0xE000).contains(low) {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
                } else {
                    at = mark
                }
            }
            buffer += Array(String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
        }

        private mutating func hexadecimal() -> UInt32? {
            guard at + 4 <= bytes.count else { return nil }
            var value: UInt32 = 0
            for byte in bytes[at..<at + 4] {
                let digit: UInt32
                switch byte {
                case 0x30...0x39: digit = UInt32(byte) - 0x30
                case 0x41...0x46: digit = UInt32(byte) - 0x37
                case 0x61...0x66: digit = UInt32(byte) - 0x57
                default: return nil
                }
                value = value << 4 | digit
            }
            at += 4
            return value
        }
    }
}
