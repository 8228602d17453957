/// Durations and sizes as people write them.
public enum HumanUnits {
    /// Reads `90s`, `10m`, `1h 30m`, `1.5 h`, `2 days`, `1w`, `500ms`; nil for anything else, without a unit too.
    public static func duration(_ text: String) -> Duration? {
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

    /// Reads `64MiB`, `10 kB`, `1.5GB`, `512` (bytes); nil for anything else. kB is 1000 bytes, KiB 1024.
    public static func size(_ text: String) -> Int? {
        guard let terms = terms(text), terms.count == 1 else { return nil }
        guard let scale = sizeUnits.first(where: { $0.name == terms[0].unit })?.bytes else { return nil }
        let bytes = (terms[0].number * scale).rounded()
        return bytes < 9e18 ? Int(bytes) : nil
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
