/// Units and ranges in Chinese text.
extension HanParser {
    /// The unit right behind a number: a name in Chinese, or a symbol.
    func unit(after number: HanNumber) -> (unit: Unit, end: Int)? {
        var at = number.end
        if at < end, text[at] == 0x20 { at += 1 }
        if let found = han.find(.unit, text, at, end) {
            let unit = han.units[found.value]
            // "次数", "人工" and the like are caught by the longest match; "分" and "度" alone are no units here.
            if unit.dimension == .ratio || unit.dimension != .time || number.isDigits || number.numerals >= 1 {
                return compound(unit, found.end)
            }
        }
        guard at < end, isLetter(text[at]) || text[at] == 0xC2 || text[at] == 0xCE else { return nil }
        // "80GB", "350km/h", "7nm", "100W"
        var stop = at
        while stop < end, stop < at + 8,
            isLetter(text[stop]) || text[stop] == 0xC2 || text[stop] == 0xCE || text[stop] & 0xC0 == 0x80
        { stop += 1 }
        guard let index = lexicon.symbol(text, at, stop) ?? lexicon.name(text, at, stop) else { return nil }
        // "5G", "3D", "10T"
        let unit = lexicon.units[index]
        if stop - at == 1, unit.dimension == .other || unit.dimension == .temperature || text[at] == 0x64 { return nil }
        return compound(unit, stop)
    }

    /// `350公里/小时`, `80GB/s`.
    private func compound(_ unit: Unit, _ at: Int) -> (unit: Unit, end: Int) {
        guard at + 1 < end, text[at] == 0x2F, unit.dimension != .money, unit.dimension != .percent else {
            return (unit, at)
        }
        if let below = han.find(.unit, text, at + 1, end) {
            return (Unit(code: "\(unit.code)/\(han.units[below.value].code)", dimension: .rate), below.end)
        }
        var stop = at + 1
        while stop < end, stop < at + 6, isLetter(text[stop]) { stop += 1 }
        guard stop > at + 1, let below = lexicon.symbol(text, at + 1, stop) else { return (unit, at) }
        return (Unit(code: "\(unit.code)/\(lexicon.units[below].code)", dimension: .rate), stop)
    }

    /// The second number of a range: `30%至40%`, `3万至5万台`, `30-40万元`.
    func range(after number: HanNumber, unit: Unit?, unitEnd: Int?) -> (low: Double, number: HanNumber)? {
        guard number.high == nil, !number.isPart else { return nil }
        var at = unitEnd ?? number.end
        if let next = numbers.prefix("至", at) ?? numbers.prefix("到", at) ?? numbers.prefix("～", at) ?? numbers.prefix(
            "—", at)
            ?? numbers.prefix("–", at) ?? numbers.prefix("－", at)
        {
            at = next
        } else if at < end, text[at] == 0x2D || text[at] == 0x7E {
            at += 1
        } else {
            return nil
        }
        guard let second = self.number(at: at), second.high == nil, second.isDigits == number.isDigits else {
            return nil
        }
        if let unit {
            guard let other = self.unit(after: second), other.unit.code == unit.code else { return nil }
        }
        var low = number.low
        if unit == nil, second.magnitude > 0, number.magnitude == 0, low < second.low {
            low *= DecimalNumber.powers[min(second.magnitude, 16)]
        }
        return low == second.low ? nil : (low, second)
    }
}
