extension DateScanner {
    /// A zone as written.
    enum Zone {
        case offset(Int)
        /// `ET`, `PT`: the offset of standard time; an hour more while summer time holds in the United States.
        case american(Int)
        /// The same for the European Union.
        case european(Int)

        /// Minutes east of UTC on that day.
        func minutes(at fields: CivilTime) -> Int? {
            switch self {
            case .offset(let minutes): minutes
            case .american(let standard): Self.isAmericanSummer(fields) ? standard + 60 : standard
            case .european(let standard): Self.isEuropeanSummer(fields, standard) ? standard + 60 : standard
            }
        }

        /// From the last Sunday of March to that of October, 01:00 UTC (Directive 2000/84/EC).
        private static func isEuropeanSummer(_ fields: CivilTime, _ standard: Int) -> Bool {
            func lastSunday(_ month: Int) -> Int {
                let last = CivilTime(year: fields.year, month: month, day: 31).daysSinceEpoch
                return last - ((last + 4) % 7 + 7) % 7
            }
            let minutes = (fields.daysSinceEpoch * 24 + fields.hour) * 60 + fields.minute - standard
            return minutes >= lastSunday(3) * 1440 + 60 && minutes < lastSunday(10) * 1440
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
        if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
            return offset().map(Zone.offset)
        }
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
        if isWhole, let found = namedPlace() ?? letterZone() { return found }
        for (name, minutes) in DateNames.zones where word(name) { return .offset(minutes) }
        for (name, minutes) in DateNames.americanZones where word(name) { return .american(minutes) }
        return nil
    }

    /// `America/Los_Angeles`, of which the commonest are known.
    private mutating func namedPlace() -> Zone? {
        var stop = at
        while stop < bytes.count, stop - at < 40, bytes[stop] > 0x20 { stop += 1 }
        guard bytes[at..<stop].contains(UInt8(ascii: "/")) else { return nil }
        guard let zone = DateNames.places[String(decoding: bytes[at..<stop], as: UTF8.self).lowercased()] else {
            return nil
        }
        at = stop
        return zone
    }

    /// RFC 822's military letters, of which only the sign of `Z` was ever clear, stand for nothing; `AT` and its kin
    /// in capitals are zones.
    private mutating func letterZone() -> Zone? {
        for (name, minutes) in DateNames.capitalZones {
            var copy = self
            if copy.literal(name), copy.at >= bytes.count || (bytes[copy.at] | 0x20) &- 0x61 >= 26 {
                at = copy.at
                return .offset(minutes)
            }
        }
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
