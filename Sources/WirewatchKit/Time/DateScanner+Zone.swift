internal import WirewatchText

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

    /// `Z`, `+08:00`, `-0500`, `GMT`, `UTC+8`, `(GMT+8)`, `EST`, `Beijing time`, `（北京时间）`; nil and nothing taken for
    /// all else.
    mutating func zone() -> Zone? {
        guard at < bytes.count else { return nil }
        let start = at
        let byte = bytes[at]
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == 0xE2 {
            return offset().map(Zone.offset)
        }
        let isBracketed = one(of: UInt8(ascii: "(")) || literal("\u{FF08}")
        guard let found = zoneName() ?? offset().map(Zone.offset) else { return fail(start) }
        // JavaScript writes the name after the offset: `GMT+0800 (China Standard Time)`.
        if isBracketed, !literal(")"), !literal("\u{FF09}") { return fail(start) }
        return found
    }

    private mutating func zoneName() -> Zone? {
        guard at < bytes.count else { return nil }
        if bytes[at] >= 0xE2 { return wideZone() }
        guard (bytes[at] | 0x20) &- 0x61 < 26 else { return nil }
        let start = at
        if literal("UTC") || literal("GMT") || literal("utc") || literal("gmt") {
            if let minutes = offset() { return .offset(minutes) }
            at = start
        }
        if isWhole, let place = namedPlace() { return place }
        let isCapital = bytes[at] &- 0x41 < 26
        guard let name = asciiName() else { return nil }
        if hints.isChinese, name.count == 3, DateNames.zones[name] == -360, name[0] == UInt8(ascii: "c") {
            return .offset(480)
        }
        if isWhole, isCapital, let minutes = DateNames.capitalZones[name] { return .offset(Int(minutes)) }
        if let minutes = DateNames.zones[name] { return .offset(Int(minutes)) }
        if let minutes = DateNames.americanZones[name] { return .american(Int(minutes)) }
        // RFC 822's military letters were given with the wrong sign: by RFC 5322 (4.3) the time is in UTC.
        if isWhole, isCapital, name.count == 1, name[0] != UInt8(ascii: "j"), at == bytes.count {
            return .offset(0)
        }
        at = start
        if word("beijing") {
            skipSpaces()
            if word("time") { return .offset(480) }
        }
        return fail(start)
    }

    /// `America/Los_Angeles`, of which the commonest are known.
    private mutating func namedPlace() -> Zone? {
        var stop = at
        var isPlace = false
        while stop < bytes.count, stop - at < 40, bytes[stop] > 0x20 {
            if bytes[stop] == UInt8(ascii: "/") { isPlace = true }
            stop += 1
        }
        guard isPlace, let zone = DateNames.places[String(decoding: bytes[at..<stop], as: UTF8.self).lowercased()]
        else {
            return nil
        }
        at = stop
        return zone
    }

    private mutating func offset() -> Int? {
        let start = at
        let sign: Int
        if one(of: UInt8(ascii: "+")) {
            sign = 1
        } else if one(of: UInt8(ascii: "-")) || literal("\u{2212}") {
            sign = -1
        } else {
            return nil
        }
        guard let (written, digits) = number(maxDigits: 4) else { return fail(start) }
        var hours = written
        var minutes = 0
        if digits == 4 {
            minutes = hours % 100
            hours /= 100
        } else if digits <= 2 {
            if one(of: UInt8(ascii: ":")), let (found, count) = number(maxDigits: 2), count == 2 { minutes = found }
        } else {
            return fail(start)
        }
        guard hours <= 14, minutes < 60 else { return fail(start) }
        return sign * (hours * 60 + minutes)
    }
}
