internal import WirewatchKit

extension Window {
    /// Reads a window, reporting what cannot be; nil when it cannot be used.
    init?(_ reader: OptionReader, _ rule: Condition, _ conditions: ConditionReader) {
        guard let over = reader.duration("over"), let kind = reader.string("kind").flatMap(Kind.init) else {
            return nil
        }
        self.init(kind: kind, over: over)
        by = reader.string("by").flatMap(Key.init)
        distinct = reader.string("distinct").flatMap(Distinct.init) ?? .article
        score = reader.number("score") ?? score
        baseline = reader.duration("baseline") ?? baseline
        warmUp = reader.duration("warm_up") ?? (kind == .spike ? baseline * 2 / 7 : .zero)
        readCounts(reader, rule)
        refuseForeign(reader)
        switch kind {
        case .spike:
            let buckets = baseline.milliseconds / Swift.max(over.milliseconds, 1)
            if !(4...2000).contains(buckets) {
                reader.report(
                    "a spike compares with 4 to 2000 times 'over', but 'baseline' (\(HumanUnits.text(baseline))) is "
                        + "\(buckets) times \(HumanUnits.text(over)); change one", at: reader.location("over"))
            }
        case .sequence:
            steps = conditions.steps(of: reader)
            if reader.raw("then") == nil {
                reader.report("a sequence needs 'then', what must follow, such as 'then: {text: {any: [recall]}}'")
            }
        case .newTerm, .flatline:
            if by == nil {
                reader.report(
                    "'\(kind.rawValue)' needs 'by', such as 'by: \(kind == .newTerm ? "entity" : "source")'")
            }
        case .sliding, .tumbling: break
        }
    }

    private mutating func readCounts(_ reader: OptionReader, _ rule: Condition) {
        count = ConditionReader.count("count", reader)
        if let least = reader.integer("at_least") {
            if count != nil {
                reader.report("'count' and 'at_least' say the same; keep one", at: reader.location("at_least"))
            }
            count = Comparison(.atLeast, least)
        }
        if let count {
            if ![.atLeast, .above, .equal].contains(count.op) || count.number < 1 || count.number > 1000 {
                reader.report(
                    "a window counts up to 1 to 1000, such as '>= 3'; for what stays away there is 'kind: flatline'",
                    at: reader.location(reader.raw("count") == nil ? "at_least" : "count"))
            }
        }
        sum = amount("sum", reader, rule)
        max = amount("max", reader, rule)
        if sum != nil, max != nil { reader.report("keep one of 'sum' and 'max'", at: reader.location("max")) }
        let counts = [Kind.sliding, .tumbling].contains(kind)
        if counts, reader.raw("count") == nil, reader.raw("at_least") == nil, reader.raw("sum") == nil,
            reader.raw("max") == nil
        {
            reader.report("the window says nothing that must happen; add 'at_least: 3', or 'sum' or 'max'")
        }
    }

    private func amount(_ name: String, _ reader: OptionReader, _ rule: Condition) -> Comparison? {
        guard let text = reader.string(name) else { return nil }
        if !rule.namesMetric {
            reader.report(
                "'\(name)' is of the quantities that a 'metric' condition finds, but the rule has none",
                at: reader.location(name))
        }
        do {
            return try Comparison(text)
        } catch {
            reader.report(error.description, at: reader.location(name))
            return nil
        }
    }

    /// Options that belong to other kinds do nothing, which nobody means.
    private func refuseForeign(_ reader: OptionReader) {
        let owners: [(option: String, kinds: [Kind])] = [
            ("distinct", [.sliding, .tumbling, .spike]), ("at_least", [.sliding, .tumbling, .spike, .flatline]),
            ("count", [.sliding, .tumbling, .spike, .flatline]), ("sum", [.sliding, .tumbling]),
            ("max", [.sliding, .tumbling]), ("baseline", [.spike]), ("score", [.spike]),
            ("warm_up", [.newTerm, .spike]), ("then", [.sequence]),
        ]
        for (option, kinds) in owners where reader.raw(option) != nil && !kinds.contains(kind) {
            reader.report(
                "'\(option)' means nothing for 'kind: \(kind.rawValue)'; it is for "
                    + kinds.map { "'\($0.rawValue)'" }.joined(separator: ", "), at: reader.location(option))
        }
    }
}
