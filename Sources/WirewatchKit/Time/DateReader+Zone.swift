extension DateScanner {
    /// A zone as written.
    enum Zone {
        case offset(Int)
        /// `ET`, `PT`: the offset of standard time; an hour more while summer time holds in the United States.
        case american(Int)

        /// Minutes east of UTC on that day.
        func minutes(at fields: CivilTime) -> Int? {
            switch self {
            case .offset(let minutes): minutes
            case .american(let standard): Self.isAmericanSummer(fields) ? standard + 60 : standard
            }
        }

        /// From the second Sunday of March to the first of November, 02:00 (Energy Policy Act of 2005).
        private static func isAmericanSummer(_ fields: CivilTime) -> Bool {
            func sunday(_ month: Int, _ number: Int) -> Int {
                let first = CivilTime(year: fields.year, month: month, day: 1).daysSinceEpoch
                // 1970-01-01 was a Thursday.
                let weekday = ((first + 4) % 7 + 7) % 7
                return first + (7 - weekday) % 7 + (number - 1) * 7
            }
            let hours = fields.daysSinceEpoch * 24 + fields.hour
            return hours >= sunday(3, 2) * 24 + 2 && hours < sunday(11, 1) * 24 + 2
        }
    }

    /// `Z`, `+08:00`, `-0500`, `GMT`, `UTC+8`, `(GMT+8)`, `EST`, `Beijing time`; nil and nothing taken for all else.
    mutating func zone() -> Zone? {
        let start = at
        let parenthesis = literal("(")
        if let found = zoneName() ?? offset().map(Zone.offset) {
            if parenthesis, !literal(")") {
                at = start
                return nil
            }
            // JavaScript writes the name after the offset: `GMT+0800 (China Standard Time)`.
            return found
        }
        at = start
        return nil
    }

    private mutating func zoneName() -> Zone? {
        for name in ["utc", "gmt"] {
            var copy = self
            if copy.literal(name) || copy.literal(name.uppercased()) {
                if let minutes = copy.offset() {
                    at = copy.at
                    return .offset(minutes)
                }
                if word(name) { return .offset(0) }
            }
        }
        for (name, minutes) in DateNames.zones where word(name) { return .offset(minutes) }
        for (name, minutes) in DateNames.americanZones where word(name) { return .american(minutes) }
        return nil
    }

    private mutating func offset() -> Int? {
        let start = at
        let sign: Int
        if literal("+") {
            sign = 1
        } else if literal("-") || literal("\u{2212}") {
            sign = -1
        } else {
            return nil
        }
        guard let (written, digits) = number(maxDigits: 4) else {
            at = start
            return nil
        }
        var hours = written
        var minutes = 0
        if digits == 4 {
            minutes = hours % 100
            hours /= 100
        } else if digits <= 2 {
            if literal(":"), let (found, count) = number(maxDigits: 2), count == 2 { minutes = found }
        } else {
            at = start
            return nil
        }
        guard hours <= 14, minutes < 60 else {
            at = start
            return nil
        }
        return sign * (hours * 60 + minutes)
    }
}

/// The names that dates are written with. Months and weekdays in English and in the languages whose news pages are
/// met most beside it; keys in lower case.
enum DateNames {
    static let months: [String: Int] = table([
        "january jan januar janvier enero gennaio janeiro januari j\u{E4}nner",
        "february feb februar f\u{E9}vrier febrero febbraio fevereiro februari",
        "march mar m\u{E4}rz mars marzo mar\u{E7}o maart",
        "april apr avril abril aprile",
        "may mai mayo maggio maio mei",
        "june jun juni juin junio giugno junho",
        "july jul juli juillet julio luglio julho",
        "august aug ao\u{FB}t agosto augustus",
        "september sept sep septembre septiembre settembre setembro",
        "october oct oktober octobre octubre ottobre outubro okt",
        "november nov novembre noviembre novembro",
        "december dec dezember d\u{E9}cembre diciembre dicembre dezembro dez",
    ])

    static let weekdays: Set<String> = Set(
        """
        monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun \
        montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche \
        lunes martes jueves viernes domingo
        """.split(separator: " ").map(String.init))

    /// RFC 822's American names (so `CST` is Chicago's), then those that are met with one meaning.
    static let zones: [(String, Int)] = [
        ("z", 0), ("est", -300), ("edt", -240), ("cst", -360), ("cdt", -300), ("mst", -420), ("mdt", -360),
        ("pst", -480), ("pdt", -420), ("akst", -540), ("hst", -600), ("bst", 60), ("wet", 0), ("cet", 60),
        ("cest", 120), ("eet", 120), ("eest", 180), ("msk", 180), ("ist", 330), ("sgt", 480), ("hkt", 480),
        ("awst", 480), ("jst", 540), ("kst", 540), ("aest", 600), ("aedt", 660), ("nzst", 720), ("nzdt", 780),
        ("beijing time", 480), ("mez", 60), ("mesz", 120),
    ]

    static let americanZones: [(String, Int)] = [("et", -300), ("ct", -360), ("mt", -420), ("pt", -480)]

    private static func table(_ rows: [String]) -> [String: Int] {
        var table: [String: Int] = [:]
        for (index, row) in rows.enumerated() {
            for name in row.split(separator: " ") { table[String(name)] = index + 1 }
        }
        return table
    }
}
