import WirewatchKit

/// Words that say how exact a number is: `about`, `more than`, `up to`, `an estimated`.
extension SentenceParser {
    /// The qualifier that ends right before a token, and where it begins; nil when there is none.
    func qualifier(before i: Int) -> (qualifier: Metric.Qualifier, first: Int)? {
        guard var found = baseQualifier(before: i) else { return nil }
        // "equal to or more than"
        if isKey(found.first - 1, .or), isKey(found.first - 2, .to), isKey(found.first - 3, .equal) {
            found.first -= 3
            if found.qualifier == .under { found.qualifier = .upTo }
        }
        // "just over", "well above", "slightly more than", "a little under"
        if isKey(found.first - 1, .just) || isKey(found.first - 1, .well) || isKey(found.first - 1, .slightly)
            || isKey(found.first - 1, .far)
        {
            found.first -= 1
        } else if isKey(found.first - 1, .little) {
            found.first -= isKey(found.first - 2, .a) ? 2 : 1
        }
        return found
    }

    private func baseQualifier(before i: Int) -> (qualifier: Metric.Qualifier, first: Int)? {
        let last = i - 1
        switch self[last].kind {
        case .tilde: return (.about, last)
        case .less, .greater:
            return (self[last].kind == .less ? .under : .over, last)
        case .equals:
            if self[last - 1].kind == .less { return (.upTo, last - 1) }
            if self[last - 1].kind == .greater { return (.over, last - 1) }
            return nil
        case .word: break
        default: return nil
        }
        let before = key(last - 1)
        switch key(last) {
        case .about, .roughly, .approximately, .approx, .circa, .around:
            // "somewhere around"
            return (.about, before == .around2 ? last - 1 : last)
        case .some: return (.about, last)
        case .nearly, .almost, .approaching: return (.nearly, last)
        case .near: return (.nearly, last)
        case .over, .above, .beyond:
            return (.over, last)
        case .exceeding, .topping, .surpassing: return (.over, last)
        case .under, .below: return (.under, last)
        case .estimated: return (.estimated, before == .an || before == .the ? last - 1 : last)
        case .maximum: return before == .a ? (.upTo, last - 1) : nil
        case .than:
            switch before {
            case .more, .greater, .larger, .bigger, .higher:
                return isKey(last - 2, .no) || isKey(last - 2, .not) ? (.upTo, last - 2) : (.over, last - 1)
            case .less, .fewer, .lower, .smaller:
                return isKey(last - 2, .no) || isKey(last - 2, .not) ? (.over, last - 2) : (.under, last - 1)
            default: return nil
            }
        case .least where before == .at: return (.over, last - 1)
        case .most where before == .at: return (.upTo, last - 1)
        case .to where before == .up: return (.upTo, last - 1)
        case .to where before == .close: return (.nearly, last - 1)
        case .to where before == .equal && isKey(last - 2, .or):
            // "less than or equal to"
            let isThan = isKey(last - 3, .than)
            switch key(isThan ? last - 4 : last - 3) {
            case .less, .fewer, .lower: return (.upTo, isThan ? last - 4 : last - 3)
            case .more, .greater: return (.over, isThan ? last - 4 : last - 3)
            default: return nil
            }
        case .of:
            if before == .upwards || before == .north { return (.over, last - 1) }
            if before == .south { return (.under, last - 1) }
            if before == .excess, isKey(last - 2, .inWord) { return (.over, last - 2) }
            if before == .maximum, isKey(last - 2, .a) { return (.upTo, last - 2) }
            if before == .minimum, isKey(last - 2, .a) { return (.over, last - 2) }
            return nil
        case .asWord:
            let isMeasure = before == .much || before == .many || before == .high || before == .long
            if isMeasure, isKey(last - 2, .asWord) { return (.upTo, last - 2) }
            if before == .few || before == .little || before == .low, isKey(last - 2, .asWord) {
                return (.over, last - 2)
            }
            return nil
        default: return nil
        }
    }

    /// A verb right before the number that says the same, without being part of the claim: `exceeded`, `topped`.
    func verbQualifier(before i: Int) -> Metric.Qualifier? {
        switch key(i - 1) {
        case .exceeded, .exceeds, .exceed, .topped, .surpassed, .surpasses: .over
        default: nil
        }
    }

    /// `or more`, `or less`, `or so` after an amount.
    func qualifier(after i: Int) -> (qualifier: Metric.Qualifier, end: Int)? {
        guard isKey(i, .or) || isKey(i, .and), !isKey(i + 2, .than) else { return nil }
        switch key(i + 1) {
        case .more, .above, .greater: return (.over, i + 2)
        case .less, .fewer, .under, .below:
            return isKey(i, .or) ? (.under, i + 2) : nil
        case .so where isKey(i, .or): return (.about, i + 2)
        default: return nil
        }
    }
}
