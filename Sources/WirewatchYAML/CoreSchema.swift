/// What a plain (unquoted) scalar means by the YAML 1.2 core schema.
///
/// Only `true` and `false` are truth values: `no` stays a country and `on` a word. Besides the schema, digits may be
/// grouped with single underscores (`1_000_000`).
public enum CoreSchema: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text

    public static func resolve(_ text: String) -> CoreSchema {
        guard let first = text.utf8.first else { return .null }
        // By the first byte, for most scalars are names, URLs and `10m`.
        switch first {
        case UInt8(ascii: "~"): return text.utf8.count == 1 ? .null : .text
        case UInt8(ascii: "n"), UInt8(ascii: "N"): return isOne(text, of: "null", "Null", "NULL") ? .null : .text
        case UInt8(ascii: "t"), UInt8(ascii: "T"): return isOne(text, of: "true", "True", "TRUE") ? .bool(true) : .text
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return isOne(text, of: "false", "False", "FALSE") ? .bool(false) : .text
        case UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"): return named(text) ?? number(text)
        case 0x30...0x39: return text.utf8.allSatisfy(isOfNumber) ? number(text) : .text
        default: return .text
        }
    }

    @inline(__always)
    private static func isOne(_ text: String, of a: String, _ b: String, _ c: String) -> Bool {
        text.utf8.count == a.utf8.count && (text == a || text == b || text == c)
    }

    /// The numbers that have names.
    private static func named(_ text: String) -> CoreSchema? {
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .number(.infinity)
        case "-.inf", "-.Inf", "-.INF": .number(-.infinity)
        case ".nan", ".NaN", ".NAN": .number(.nan)
        default: nil
        }
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66, UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func number(_ text: String) -> CoreSchema {
        // Longer than any number worth writing: spares long texts the attempt.
        guard text.utf8.count <= 400, let digits = ungrouped(text) else { return .text }
        for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
            // A sign would be taken by `Int.init`, but not by YAML here.
            guard let first = digits.dropFirst(2).first, first.isHexDigit else { return .text }
            return Int(digits.dropFirst(2), radix: radix).map { .integer($0) } ?? .text
        }
        guard isDecimal(digits) else { return .text }
        if let integer = Int(digits) { return .integer(integer) }
        let padded = digits.last == "." ? digits + "0" : digits
        return Double(padded).map { .number($0) } ?? .text
    }

    /// Without underscores; nil when one does not stand between two digits, or there is nothing of a number.
    private static func ungrouped(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, isDigit(first) || first == 0x2B || first == 0x2D || first == 0x2E
        else { return nil }
        for (index, byte) in bytes.enumerated() where byte == 0x5F {
            guard index > 0, index + 1 < bytes.count, isDigit(bytes[index - 1]), isDigit(bytes[index + 1])
            else { return nil }
        }
        return String(decoding: bytes.filter { $0 != 0x5F }, as: UTF8.self)
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func isDecimal(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        func sign() { if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() } }
        func digits() -> Int {
            let count = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(count)
            return count
        }
        sign()
        let whole = digits()
        if rest.first == 0x2E {
            rest = rest.dropFirst()
            if digits() == 0, whole == 0 { return false }
        } else if whole == 0 {
            return false
        }
        if rest.first == 0x65 || rest.first == 0x45 {
            rest = rest.dropFirst()
            sign()
            if digits() == 0 { return false }
        }
        return rest.isEmpty
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
