import WirewatchKit

/// What stands around an amount in Chinese text.
extension HanParser {
    // MARK: - Qualifiers

    func readQualifiers(_ claim: inout HanClaim) {
        let floor = max(sentence.lowerBound, claim.start - 18)
        if let found = han.find(.qualifier, text, endingAt: claim.start, floor: floor) {
            claim.qualifier = HanLexicon.qualifiers[found.value]
            claim.start = found.start
            claim.confidence = min(1, claim.confidence + 0.1)
        } else if han.find(.overVerb, text, endingAt: claim.start, floor: floor) != nil {
            claim.qualifier = claim.qualifier ?? .over
        }
        if let found = han.find(.afterQualifier, text, claim.end, end) {
            claim.qualifier = HanLexicon.qualifiers[found.value]
            claim.end = found.end
        }
    }

    // MARK: - Changes

    /// `从30万元降至25万元`: from one amount to another, as one claim.
    func readFromTo(_ claim: inout HanClaim) {
        guard let start = start(of: "从", before: claim.start) ?? start(of: "由", before: claim.start) else { return }
        // What may stand between: a verb that says where it goes, perhaps a time before it.
        var at = claim.end
        var direction: Change.Direction?
        while at < min(end, claim.end + 36) {
            if let found = han.find(.reachingUp, text, at, end) {
                direction = .up
                at = found.end
                break
            }
            if let found = han.find(.reachingDown, text, at, end) {
                direction = .down
                at = found.end
                break
            }
            if isBreak(before: at), at > claim.end { return }
            at += width(at)
        }
        guard let direction else { return }
        let stop = skipFillers(at)
        guard let number = number(at: stop), number.high == nil else { return }
        var second = claim
        second.low = number.low
        second.high = nil
        second.end = number.end
        if let unit = unit(after: number) {
            guard unit.unit.dimension == claim.dimension || claim.dimension == .number else { return }
            second.unit = unit.unit.code
            second.dimension = unit.unit.dimension
            second.end = unit.end
        } else if number.isPercent {
            guard claim.dimension == .percent else { return }
        } else if claim.dimension != .count && claim.dimension != .number {
            return
        }
        let from = Quantity(claim.amount, unit: second.unit)
        second.start = start
        second.qualifier = stop > at ? han.find(.qualifier, text, at, end).map { HanLexicon.qualifiers[$0.value] } : nil
        second.change = Change(direction: direction, from: from, to: Quantity(.value(number.low), unit: second.unit))
        claim = second
    }

    private func start(of word: StaticString, before i: Int) -> Int? {
        let start = i - word.utf8CodeUnitCount
        return start >= sentence.lowerBound && numbers.prefix(word, start) != nil ? start : nil
    }

    private func skipFillers(_ from: Int) -> Int {
        var at = from
        for _ in 0..<3 {
            guard let found = han.find(.filler, text, at, end) else { break }
            at = found.end
        }
        return at
    }

    /// `增长18.6%`, `降至25万元`: a verb of change right before the amount.
    func readChange(_ claim: inout HanClaim) {
        guard claim.dimension != .rank else { return }
        var at = claim.start
        for step in 0..<4 {
            let floor = max(sentence.lowerBound, at - 21)
            if han.find(.reachingUp, text, endingAt: at, floor: floor) != nil {
                claim.change = Change(direction: .up, to: claim.quantity)
                return
            }
            if han.find(.reachingDown, text, endingAt: at, floor: floor) != nil {
                claim.change = Change(direction: .down, to: claim.quantity)
                return
            }
            if han.find(.rising, text, endingAt: at, floor: floor) != nil {
                claim.change = Change(direction: .up, by: claim.quantity)
                return
            }
            if han.find(.falling, text, endingAt: at, floor: floor) != nil {
                claim.change = Change(direction: .down, by: claim.quantity)
                return
            }
            guard step < 3, let filler = han.find(.filler, text, endingAt: at, floor: floor) else { return }
            at = filler.start
        }
    }

    // MARK: - Rates and equivalents

    func readPer(_ claim: inout HanClaim) {
        guard claim.dimension != .rank, claim.dimension != .time || claim.unit.hasSuffix("s") else { return }
        // "5元/千瓦时", "20吨/年"
        if claim.end < end, text[claim.end] == 0x2F, let found = han.find(.denominator, text, claim.end + 1, end) {
            claim.per = han.names[found.value]
            claim.end = found.end
            return
        }
        var i = claim.start
        var steps = 0
        while i > sentence.lowerBound, steps < 10, !isBreak(before: i) {
            i -= 1
            while i > sentence.lowerBound, text[i] & 0xC0 == 0x80 { i -= 1 }
            steps += 1
            // The "年" of "去年营收" and "2026年销量" belongs to the time before it.
            if !isPeriod(i), let found = han.find(.rate, text, i, end), found.end <= claim.start {
                claim.per = han.names[found.value]
                break
            }
            if let after = numbers.prefix("每", i), let found = han.find(.denominator, text, after, end),
                found.end <= claim.start
            {
                claim.per = han.names[found.value]
                break
            }
        }
        // A speed is a unit of its own, in every language.
        if claim.per == "hour", claim.dimension == .length {
            claim.unit += "/h"
            claim.dimension = .rate
            claim.per = nil
        }
    }

    /// `（约3300万美元）`: the same amount in another currency.
    func readEquivalents(_ claim: inout HanClaim) {
        guard claim.dimension == .money, let open = numbers.prefix("（", claim.end) ?? numbers.prefix("(", claim.end)
        else { return }
        var at = open
        for word: StaticString in ["合", "折合"] { at = numbers.prefix(word, at) ?? at }
        if let found = han.find(.qualifier, text, at, end) { at = found.end }
        guard let number = number(at: at), let unit = unit(after: number), unit.unit.dimension == .money,
            unit.unit.code != claim.unit, let close = numbers.prefix("）", unit.end) ?? numbers.prefix(")", unit.end)
        else { return }
        claim.equivalents.append(Quantity(.value(number.low), unit: unit.unit.code))
        claim.end = close
    }

    // MARK: - Time

    /// Where a phrase of time ends that begins here: `2025年上半年`, `去年`, `截至2024年底`, `过去三年`.
    func period(at i: Int) -> Int? {
        var at = i
        for word: StaticString in ["截至", "截止", "自", "到", "在"] {
            if let next = numbers.prefix(word, at) {
                at = next
                break
            }
        }
        if let found = han.find(.period, text, at, end) {
            return han.find(.period, text, found.end, end)?.end ?? found.end
        }
        if let horizon = han.find(.horizon, text, at, end), let number = number(at: horizon.end),
            let unit = unit(after: number), unit.unit.dimension == .time
        {
            return unit.end
        }
        guard at + 4 <= end, text[at..<(at + 4)].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let year = numbers.prefix("年", at + 4),
            text[at] == 0x31 || text[at] == 0x32
        else { return nil }
        var stop = year
        if let found = han.find(.period, text, stop, end) { return found.end }
        for word: StaticString in ["底", "末", "初", "年底"] {
            if let next = numbers.prefix(word, stop) { return next }
        }
        // "3月5日"
        for word: StaticString in ["月", "日"] {
            var digits = stop
            while digits < min(end, stop + 2), text[digits] >= 0x30, text[digits] <= 0x39 { digits += 1 }
            guard digits > stop, let next = numbers.prefix(word, digits) else { break }
            stop = next
        }
        return stop
    }

    /// The phrase of time of a claim: the last one before it, else the first behind it.
    func timeframe(of claim: HanClaim) -> String? {
        let next = firstPeriod(endingAfter: claim.start)
        if next > 0 { return string(periods[next - 1]) }
        for range in periods[next...].prefix(2) where range.lowerBound >= claim.end { return string(range) }
        return nil
    }

    /// The index of the first phrase of time that ends behind a place; their number when there is none.
    private func firstPeriod(endingAfter place: Int) -> Int {
        var low = 0
        var high = periods.count
        while low < high {
            let middle = (low + high) / 2
            if periods[middle].upperBound > place { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Whether a place lies in a phrase of time.
    private func isPeriod(_ i: Int) -> Bool {
        let next = firstPeriod(endingAfter: i)
        return next < periods.count && periods[next].lowerBound <= i
    }

    func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

    // MARK: - Subject, kind, modality, who says so

    /// Where the clause of a place begins.
    private func clauseStart(_ i: Int) -> Int {
        var k = i
        while k > sentence.lowerBound, i - k < 150, !isBreak(before: k) {
            k -= 1
            while k > sentence.lowerBound, text[k] & 0xC0 == 0x80 { k -= 1 }
        }
        return k
    }

    /// What is measured: the clause before the claim, without its verb and times. At most 90 bytes.
    func subject(of claim: HanClaim, floor: Int) -> String? {
        var low = max(clauseStart(claim.start), floor)
        var high = claim.start
        let next = firstPeriod(endingAfter: low)
        if next < periods.count, periods[next].lowerBound <= low { low = periods[next].upperBound }
        var isCut = true
        while isCut, high > low {
            isCut = false
            for tag: HanLexicon.Tag in [
                .filler, .rising, .falling, .reachingUp, .reachingDown, .overVerb, .modality, .period, .qualifier,
            ] {
                if let found = han.find(tag, text, endingAt: high, floor: low) {
                    high = found.start
                    isCut = true
                }
            }
            for word: StaticString in ["有", "已", "从", "由", "了", "的", "是", "同比", "环比", "共", "将", "也", "在", "每年", "每"] {
                let start = high - word.utf8CodeUnitCount
                if start >= low, numbers.prefix(word, start) != nil {
                    high = start
                    isCut = true
                }
            }
        }
        guard high > low, high - low <= 90 else { return nil }
        return string(low..<high)
    }

    func kind(of claim: HanClaim) -> String {
        if claim.dimension == .rank { return "rank" }
        var best = -1
        var bestScore = 0.0
        var i = max(sentence.lowerBound, claim.start - Self.reach * 2)
        while i < end, text[i] & 0xC0 == 0x80 { i += 1 }
        while i < min(end, claim.end + Self.reach) {
            if let found = han.find(.cue, text, i, end) {
                let distance = i < claim.start ? claim.start - found.end : i < claim.end ? 0 : i - claim.end + 12
                let allowed = lexicon.kindDimensions[found.value] & claim.dimension.bit != 0
                // The last cue before the claim is the head of its phrase.
                var score = allowed ? 1 / Double(12 + max(0, distance)) : 0
                if lexicon.kinds[found.value] == "growth_change" { score *= claim.change == nil ? 0.4 : 2 }
                if score > bestScore {
                    best = found.value
                    bestScore = score
                }
                i = found.end
            } else {
                i += width(i)
            }
        }
        if claim.dimension == .time { return "duration" }
        if best >= 0 { return lexicon.kinds[best] }
        if claim.dimension == .count, let cues = lexicon.cues(of: claim.unit), cues.strong != 0 {
            let index = cues.strong.trailingZeroBitCount
            if lexicon.kindDimensions[index] & claim.dimension.bit != 0 { return lexicon.kinds[index] }
        }
        return KindTable.fallback(claim.dimension, hasChange: claim.change != nil)
    }

    func modality(of claim: HanClaim) -> Metric.Modality? {
        var i = clauseStart(claim.start)
        var found: Metric.Modality?
        while i < claim.start {
            if let word = han.find(.modality, text, i, claim.start) {
                found = HanLexicon.modalities[word.value]
                i = word.end
            } else {
                i += width(i)
            }
        }
        return found
    }

    /// `据X统计`, `X表示`: who says so, at most 60 bytes.
    func attribution() -> String? {
        var i = sentence.lowerBound
        var clause = i
        while i < end {
            if isBreak(before: i) { clause = i }
            if let word = han.find(.report, text, i, end) {
                var low = clause
                if let after = numbers.prefix("据", low) ?? numbers.prefix("根据", low) { low = after }
                if i > low, i - low <= 60, !claims.contains(where: { $0.start < i && $0.end > low }),
                    // "公司预计" is somebody's, "预计" alone nobody's.
                    !periods.contains(where: { $0.lowerBound <= low && $0.upperBound >= i })
                {
                    return string(low..<i)
                }
                i = word.end
            } else {
                i += width(i)
            }
            // Who says so stands near the beginning or the end.
            if i - sentence.lowerBound > 600 { return nil }
        }
        return nil
    }
}
