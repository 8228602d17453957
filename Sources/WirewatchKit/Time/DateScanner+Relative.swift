internal import WirewatchText

/// Dates that count from the time of the fetch, or leave the year to it.
extension DateScanner {
    enum Unit: Int {
        case second = 1, minute, hour, day, week, month, year
    }

    mutating func relativeDate(_ now: Timestamp) -> PublicationDate? {
        let start = at
        if let found = agoDate(now) { return found }
        at = start
        if let found = dayWord(now) { return found }
        at = start
        return yearlessDate(now) ?? fail(start)
    }

    // MARK: A span of time ago

    /// `2 hours ago`, `an hour ago`, `1 day, 3 hours ago`, `5m ago`, `vor 2 Stunden`, `il y a 3 jours`, 3小时前, `just now`.
    private mutating func agoDate(_ now: Timestamp) -> PublicationDate? {
        let start = at
        if word("just") || word("moments") || phrase("a", "moment") || phrase("a", "few") {
            // `just now`, `moments ago`, `a few seconds ago`; not `a few hours ago`, which says nothing.
            skipSpaces()
            if word("now") { return moment(now) }
            if word("seconds") || word("moments") { skipSpaces() }
            return word("ago") ? moment(now) : fail(start)
        }
        if literal(anyOf: Self.nowWords) { return moment(now) }
        let isLed = agoLead()
        var spans: [(count: Int, unit: Unit)] = []
        // Two at most: `1 day, 3 hours ago`.
        while spans.count < 2, let span = span() {
            spans.append(span)
            let mark = at
            _ = one(of: UInt8(ascii: ","))
            skipSpaces()
            if word("and") { skipSpaces() }
            if !isNumberNext() {
                at = mark
                break
            }
        }
        guard let first = spans.first, let last = spans.last,
            spans.count == 1 || last.unit.rawValue < first.unit.rawValue
        else { return fail(start) }
        skipSpaces()
        if !isLed {
            guard let word = agoWord() else { return fail(start) }
            // 3天前 is a day of the writer's.
            if word != 0 { impliedOffset = impliedOffset ?? word }
        }
        return ago(spans.map { $0 }, now)
    }

    /// The offset of the zone in which a word for `ago` is at home; 0 for none.
    private mutating func agoWord() -> Int? {
        if let name = asciiName() {
            let first = name[0]
            switch (name.count, first) {
            case (3, UInt8(ascii: "a")):
                return name[1] == UInt8(ascii: "g") && name[2] == UInt8(ascii: "o") ? 0 : nil
            case (2, UInt8(ascii: "f")): return name[1] == UInt8(ascii: "a") ? 0 : nil
            case (7, UInt8(ascii: "g")): return name[2] == UInt8(ascii: "l") ? 0 : nil  // geleden
            case (5, UInt8(ascii: "s")): return name[1] == UInt8(ascii: "i") ? 0 : nil  // siden
            default: return nil
            }
        }
        if literal("\u{4E4B}\u{524D}") || literal("\u{4EE5}\u{524D}") || literal("\u{524D}") { return 480 }
        return literal("\u{C804}") ? 540 : nil
    }

    /// `vor`, `il y a`, `hace`, `há`, after which no `ago` follows.
    private mutating func agoLead() -> Bool {
        let start = at
        if word("vor") || word("hace") || literal("h\u{E1} ") || literal("H\u{E1} ") {
            skipSpaces()
            return true
        }
        if phrase("il", "y") {
            skipSpaces()
            if word("a") {
                skipSpaces()
                return true
            }
        }
        at = start
        return false
    }

    private mutating func phrase(_ first: StaticString, _ second: StaticString) -> Bool {
        let start = at
        if word(first) {
            skipSpaces()
            if word(second) { return true }
        }
        at = start
        return false
    }

    private static let nowWords: [StaticString] = [
        "\u{521A}\u{521A}", "\u{525B}\u{525B}", "\u{521A}\u{624D}", "\u{525B}\u{624D}", "\u{BC29}\u{AE08}",
    ]

    func isNumberNext() -> Bool { at < bytes.count && (isDigit(at) || isWideDigit(at)) }

    /// `2 hours`, `an hour`, `5m`, 3小时, 半小时.
    private mutating func span() -> (count: Int, unit: Unit)? {
        let start = at
        guard at < bytes.count else { return nil }
        if bytes[at] >= 0xE2, !isWideDigit(at) {
            // 半小时, 半个小时; 两天
            if literal("\u{534A}") {
                _ = literal("\u{4E2A}") || literal("\u{500B}")
                guard wideUnit() == .hour else { return fail(start) }
                return (30, .minute)
            }
            let count = literal("\u{4E24}") || literal("\u{5169}") ? 2 : wideNumber()
            guard let count, let unit = wideUnit() else { return fail(start) }
            return (count, unit)
        }
        let count: Int
        if let (value, _) = number(maxDigits: 4) {
            count = value
            _ = one(of: UInt8(ascii: "+"))
            skipSpaces()
            if let unit = wideUnit() { return (count, unit) }
        } else if let name = name(), let value = Self.counts[name] {
            count = Int(value)
            skipSpaces()
        } else {
            return fail(start)
        }
        guard let name = name(), let found = Self.units[name], let unit = Unit(rawValue: Int(found)) else {
            return fail(start)
        }
        _ = one(of: UInt8(ascii: "."))
        return (count, unit)
    }

    private mutating func wideUnit() -> Unit? {
        guard at < bytes.count, bytes[at] >= 0xE2 else { return nil }
        _ = literal("\u{4E2A}") || literal("\u{500B}") || literal("\u{30F6}") || literal("\u{304B}")
        if literal("\u{79D2}\u{949F}") || literal("\u{79D2}") || literal("\u{CD08}") { return .second }
        if literal("\u{5206}\u{949F}") || literal("\u{5206}\u{9418}") || literal("\u{5206}") || literal("\u{BD84}") {
            return .minute
        }
        if literal(anyOf: [
            "\u{5C0F}\u{65F6}", "\u{5C0F}\u{6642}", "\u{6642}\u{9593}", "\u{949F}\u{5934}", "\u{C2DC}\u{AC04}",
        ]) {
            return .hour
        }
        if literal("\u{5929}") || literal("\u{65E5}") || literal("\u{C77C}") { return .day }
        if literal(anyOf: [
            "\u{5468}", "\u{9031}\u{9593}", "\u{9031}", "\u{661F}\u{671F}", "\u{793C}\u{62DC}", "\u{C8FC}",
        ]) {
            return .week
        }
        if literal("\u{6708}") || literal("\u{AC1C}\u{C6D4}") || literal("\u{B2EC}") { return .month }
        return literal("\u{5E74}") || literal("\u{B144}") ? .year : nil
    }

    private static let counts = WordTable([
        ("a an one ein eine einer einem un une una uno um uma een en ett", 1),
        ("two zwei deux dos due dois duas twee", 2),
        ("three drei trois tres tre drie", 3), ("four vier", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8),
        ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12),
    ])

    private static let units = WordTable([
        ("s sec secs second seconds sekunde sekunden seconde secondes segundo segundos secondi seconden sekunder", 1),
        ("m min mins minute minutes minuten minuto minutos minuti minuut minuter minutter", 2),
        ("h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur timmar timer", 3),
        ("d day days tag tage tagen jour jours d\u{ED}a d\u{ED}as dia dias giorno giorni dag dagen dagar dage", 4),
        ("w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane weken veckor uger", 5),
        ("mo mos mth mths month months monat monate monaten mois mes meses mese mesi maand maanden", 6),
        ("y yr yrs year years jahr jahre jahren an ans a\u{F1}o a\u{F1}os ano anos anno anni jaar", 7),
    ])

    private func moment(_ now: Timestamp) -> PublicationDate {
        var fields = now.civil
        fields.second = 0
        fields.millisecond = 0
        return PublicationDate(fields, precision: .minute, offsetMinutes: 0)
    }

    /// To the minute up to hours, to the day for days. Of what is longer ago, pages round down: what both ends share.
    private func ago(_ spans: [(count: Int, unit: Unit)], _ now: Timestamp) -> PublicationDate? {
        guard let last = spans.last else { return nil }
        let lengths = [0, 1, 60, 3600, 86_400, 604_800, 2_629_746, 31_556_952]
        var seconds: Int64 = 0
        for span in spans { seconds += Int64(span.count) * Int64(lengths[span.unit.rawValue]) }
        // Earlier than anything on the web.
        guard seconds <= 40 * 31_556_952 else { return nil }
        let latest = now - .seconds(seconds)
        switch last.unit {
        case .second, .minute, .hour: return moment(latest)
        case .day: return PublicationDate(local(latest).dateAlone, precision: .day)
        case .week, .month, .year:
            let end = local(latest)
            let start = local(latest - .seconds(Int64(lengths[last.unit.rawValue]) - 86_400))
            guard end.year == start.year else { return nil }
            var fields = CivilTime(year: end.year, month: 1, day: 1)
            guard end.month == start.month else { return PublicationDate(fields, precision: .year) }
            fields.month = end.month
            return PublicationDate(fields, precision: .month)
        }
    }

    /// The calendar where the writer is, as far as the writing tells; else UTC's.
    private func local(_ time: Timestamp) -> CivilTime { (time + .seconds(Int64(impliedOffset ?? 0) * 60)).civil }

    // MARK: Days by their distance

    /// `Today 10:15`, `Yesterday, 10:15 am ET`, 昨天 10:15, `Monday 10:15`, 周一 10:15, `last week`.
    private mutating func dayWord(_ now: Timestamp) -> PublicationDate? {
        let start = at
        if word("last") {
            skipSpaces()
            return word("week")
                ? lastWeek(now) : word("month") ? lastMonth(now) : word("year") ? lastYear(now) : fail(start)
        }
        var distance: Int?
        var weekday: Int?
        if bytes[at] >= 0xE2 {
            impliedOffset = impliedOffset ?? ((0xAC00...0xD7A3).contains(scalar(at)) ? 540 : 480)
            distance = wideDayDistance()
            if distance == nil { weekday = wideWeekday() }
        } else if let name = name() {
            distance = Self.distances[name].map { Int($0) - 1 }
            if distance == nil {
                weekday = DateNames.words[name].flatMap { DateNames.Word($0).weekday(isWhole: false) }
            }
            if name.count == 10, distance == 0, one(of: UInt8(ascii: "'")) || literal("\u{2019}") { return fail(start) }
        }
        guard distance != nil || weekday != nil else { return fail(start) }
        let mark = at
        let time = laterTime()
        if time == nil { at = mark }
        let basis: CivilTime
        if let time, let offset = time.offset?.minutes(at: now.civil) {
            basis = (now + .seconds(Int64(offset) * 60)).civil
        } else {
            basis = local(now)
        }
        if let weekday {
            // Without a time the name of a day is one of many words.
            guard let time else { return fail(start) }
            let today = basis.daysSinceEpoch
            var back = ((Self.weekday(daysSinceEpoch: today) - weekday) % 7 + 7) % 7
            // Today's, but later than now, is last week's.
            if back == 0, (time.hour, time.minute) > (basis.hour, basis.minute) { back = 7 }
            distance = back
        }
        let found = CivilTime.date(daysSinceEpoch: basis.daysSinceEpoch - (distance ?? 0))
        var day = Day(found.year, found.month, found.day)
        impliedOffset = isWhole ? impliedOffset : nil
        return finish(&day, time)
    }

    private static let distances = WordTable([
        ("today heute hoy oggi hoje vandaag idag", 1), ("yesterday gestern hier ayer ieri ontem gisteren", 2),
    ])

    /// 今天, 昨天, 前天 and their like in days before today.
    private mutating func wideDayDistance() -> Int? {
        if literal(anyOf: ["\u{4ECA}\u{5929}", "\u{4ECA}\u{65E5}", "\u{C624}\u{B298}"]) { return 0 }
        if literal(anyOf: ["\u{6628}\u{5929}", "\u{6628}\u{65E5}", "\u{5B66}\u{C81C}", "\u{C5B4}\u{C81C}"]) {
            return 1
        }
        return literal("\u{524D}\u{5929}") ? 2 : nil
    }

    /// The week before this one, Monday first, if one month holds it.
    private func lastWeek(_ now: Timestamp) -> PublicationDate? {
        let today = local(now).daysSinceEpoch
        let monday = today - (Self.weekday(daysSinceEpoch: today) - 1) - 7
        let first = CivilTime.date(daysSinceEpoch: monday)
        let last = CivilTime.date(daysSinceEpoch: monday + 6)
        guard first.year == last.year else { return nil }
        let isMonth = first.month == last.month
        return PublicationDate(
            CivilTime(year: first.year, month: isMonth ? first.month : 1, day: 1), precision: isMonth ? .month : .year)
    }

    private func lastMonth(_ now: Timestamp) -> PublicationDate {
        let fields = local(now)
        let isJanuary = fields.month == 1
        return PublicationDate(
            CivilTime(
                year: isJanuary ? fields.year - 1 : fields.year, month: isJanuary ? 12 : fields.month - 1, day: 1),
            precision: .month)
    }

    private func lastYear(_ now: Timestamp) -> PublicationDate {
        PublicationDate(CivilTime(year: local(now).year - 1, month: 1, day: 1), precision: .year)
    }

    // MARK: Days without a year

    /// `3 March`, `March 3, 10:15`, `Mon 3 March`, 3月3日 10:15; where all is the date also `03-03 10:15`. Of the last year
    /// in which that day has come; with a weekday, of the last in which it fell on that.
    private mutating func yearlessDate(_ now: Timestamp) -> PublicationDate? {
        let start = at
        let weekday = weekday()
        var time = timeOfDay()
        if time != nil {
            skipSpaces()
            time?.offset = zone()
            separator()
        }
        guard let (day, month) = dayOfYear() else { return fail(start) }
        if time == nil {
            let mark = at
            time = laterTime()
            if time == nil { at = mark }
        }
        let limit = now + .seconds(86_400)
        let year = local(now).year
        for candidate in stride(from: year + 1, through: year - (weekday == nil ? 4 : 8), by: -1) {
            var found = Day(candidate, month, day)
            guard found.fields.isValid, found.fields.timestamp() <= limit else { continue }
            if let weekday, Self.weekday(daysSinceEpoch: found.fields.daysSinceEpoch) != weekday { continue }
            return finish(&found, time) ?? fail(start)
        }
        return fail(start)
    }

    private mutating func dayOfYear() -> (day: Int, month: Int)? {
        let start = at
        guard at < bytes.count else { return nil }
        if isDigit(at) || bytes[at] >= 0xE2 {
            if let found = dayAndMonth() { return found }
            if let month = wideNumber() {
                if literal("\u{6708}") || literal("\u{C6D4}") {
                    impliedOffset = nil
                    skipSpaces()
                    if let day = wideNumber(), literal(anyOf: Self.dayMarks) {
                        skipWideWeekday()
                        return (day, month)
                    }
                } else if isWhole, one(of: UInt8(ascii: "-")), let (day, digits) = number(maxDigits: 2), digits == 2,
                    isTimeNext()
                {
                    return (day, month)
                }
            }
            return fail(start)
        }
        guard let month = month() else { return nil }
        _ = one(of: UInt8(ascii: "."))
        skipSpaces()
        guard let (day, _) = number(maxDigits: 2) else { return fail(start) }
        _ = ordinal()
        return (day, month)
    }
}

extension CivilTime {
    /// The day without its time.
    fileprivate var dateAlone: CivilTime { CivilTime(year: year, month: month, day: day) }
}
