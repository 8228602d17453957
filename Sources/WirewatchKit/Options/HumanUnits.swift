/// Durations and sizes as people write them.
public enum HumanUnits {
    /// Reads `90s`, `10m`, `1h 30m`, `1.5 h`, `2 days`, `1w`, `500ms`; nil for anything else, without a unit too.
    public static func duration(_ text: String) -> Duration? {
        if let simple = simpleDuration(text) { return simple }
        var total = 0.0
        var found = false
        for (number, unit) in terms(text) ?? [] {
            guard let scale = durationUnits.first(where: { $0.names.contains(unit) })?.milliseconds
            else { return nil }
            total += number * scale
            found = true
        }
        guard found, total < 1e15 else { return nil }
        return .milliseconds(Int64(total.rounded()))
    }

    /// The common form, digits and a short unit: ten thousand sources have fifty thousand of these. Nil for any other.
    private static func simpleDuration(_ text: String) -> Duration? {
        var number: Int64 = 0
        var unit: UInt16 = 0
        var digits = 0
        for byte in text.utf8 {
            if byte &- 0x30 < 10, unit == 0, digits < 9 {
                number = number * 10 + Int64(byte &- 0x30)
                digits += 1
            } else if (byte | 0x20) &- 0x61 < 26, unit < 0x100 {
                unit = unit << 8 | UInt16(byte | 0x20)
            } else {
                return nil
            }
        }
        guard digits > 0 else { return nil }
        let scale: Int64
        switch unit {
        case 0x6D73: scale = 1
        case 0x73: scale = 1000
        case 0x6D: scale = 60_000
        case 0x68: scale = 3_600_000
        case 0x64: scale = 86_400_000
        case 0x77: scale = 604_800_000
        default: return nil
        }
        return number * scale < 1_000_000_000_000_000 ? .milliseconds(number * scale) : nil
    }

    /// Reads `64MiB`, `10 kB`, `1.5GB`, `512` (bytes); nil for anything else. kB is 1000 bytes, KiB 1024.
    public static func size(_ text: String) -> Int? {
        if let simple = simpleSize(text) { return simple }
        guard let terms = terms(text), terms.count == 1 else { return nil }
        guard let scale = sizeUnits.first(where: { $0.name == terms[0].unit })?.bytes else { return nil }
        let bytes = (terms[0].number * scale).rounded()
        return bytes < 9e18 ? Int(bytes) : nil
    }

    /// The common form, digits and a binary unit, which each of ten thousand sources has one of. Nil for any other.
    private static func simpleSize(_ text: String) -> Int? {
        var number = 0
        var unit: UInt32 = 0
        var digits = 0
        for byte in text.utf8 {
            if byte &- 0x30 < 10, unit == 0, digits < 9 {
                number = number * 10 + Int(byte &- 0x30)
                digits += 1
            } else if (byte | 0x20) &- 0x61 < 26, unit < 0x1_0000 {
                unit = unit << 8 | UInt32(byte | 0x20)
            } else {
                return nil
            }
        }
        guard digits > 0 else { return nil }
        return switch unit {
        case 0x6B6962: number << 10
        case 0x6D6962: number << 20
        case 0x676962: number << 30
        default: nil
        }
    }

    /// The shortest exact form: `1m30s`, `10m`, `1d`.
    public static func text(_ duration: Duration) -> String {
        var rest = duration.milliseconds
        if rest == 0 { return "0s" }
        var text = rest < 0 ? "-" : ""
        rest = abs(rest)
        let units: [(String, Int64)] = [
            ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
        ]
        for (name, scale) in units where rest >= scale {
            text += "\(rest / scale)\(name)"
            rest %= scale
        }
        return text
    }

    /// A size in the largest binary unit that divides it: `64MiB`.
    public static func text(bytes: Int) -> String {
        for (name, scale) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        where bytes >= scale && bytes % scale == 0 { return "\(bytes / scale)\(name)" }
        return "\(bytes)B"
    }

    private static let durationUnits: [(names: [String], milliseconds: Double)] = [
        (["ms", "millisecond", "milliseconds"], 1),
        (["s", "sec", "secs", "second", "seconds"], 1000),
        (["m", "min", "mins", "minute", "minutes"], 60_000),
        (["h", "hr", "hour", "hours"], 3_600_000),
        (["d", "day", "days"], 86_400_000),
        (["w", "week", "weeks"], 604_800_000),
    ]

    private static let sizeUnits: [(name: String, bytes: Double)] = [
        ("", 1), ("b", 1), ("byte", 1), ("bytes", 1),
        ("k", 1024), ("kb", 1000), ("kib", 1024), ("m", 1_048_576), ("mb", 1e6), ("mib", 1_048_576),
        ("g", 1_073_741_824), ("gb", 1e9), ("gib", 1_073_741_824), ("tb", 1e12),
        ("tib", 1_099_511_627_776),
    ]

    /// Splits `1h 30m` into numbers and lower-case units; nil when the text has another form.
    private static func terms(_ text: String) -> [(number: Double, unit: String)]? {
        var terms: [(number: Double, unit: String)] = []
        // By bytes: ten thousand sources have fifty thousand of these.
        var isASCII = true
        for byte in text.utf8 where byte >= 0x80 { isASCII = false }
        let plain = isASCII ? text : String(text.map { $0.isWhitespace ? " " : $0 })
        var rest = Array(plain.utf8)[...]
        func skipSpace() { rest = rest.drop { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) } }
        skipSpace()
        while !rest.isEmpty {
            let digits = rest.prefix { $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
            rest = rest[digits.endIndex...]
            let written = digits.filter { $0 != UInt8(ascii: "_") }
            guard let number = Double(String(decoding: written, as: UTF8.self)) else { return nil }
            skipSpace()
            let unit = rest.prefix { ($0 | 0x20) &- 0x61 < 26 }
            rest = rest[unit.endIndex...]
            terms.append((number, String(decoding: unit.map { $0 | 0x20 }, as: UTF8.self)))
            skipSpace()
        }
        return terms.isEmpty ? nil : terms
    }
}
