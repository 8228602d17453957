internal import WirewatchKit
internal import WirewatchPattern
internal import WirewatchText

/// Reads conditions from options, reporting every mistake at its place, and gathers the terms and patterns of all rules
/// so that one matcher finds them in one pass.
///
/// Unknown conditions and values of a wrong type are reported by the check of the specs.
final class ConditionReader {
    private(set) var terms: [Term] = []
    private(set) var patterns: [Pattern] = []
    private var numbers: [Term: Int] = [:]
    private var patternNumbers: [String: Int] = [:]

    /// Deeper nesting is refused: nobody can read it.
    private static let deepest = 32

    /// The exceptions under a rule's own `not`.
    func exceptions(of rule: OptionReader) -> [Condition] { groups("not", rule, depth: 1) }

    /// What follows, of a sequence.
    func steps(of window: OptionReader) -> [Condition] { groups("then", window, depth: 1) }

    /// All conditions of one group as one; nil when there is none to read.
    func conditions(of group: OptionReader, depth: Int = 1) -> Condition? {
        if depth > Self.deepest {
            group.report("conditions are nested more than \(Self.deepest) deep; split the rule")
            return nil
        }
        guard case .map(let entries) = group.value.content else { return nil }
        if entries.isEmpty {
            group.report("an empty group of conditions; write at least one, such as 'topic: robotics'")
        }
        let parts = entries.compactMap { condition($0, group, depth: depth) }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? nil : .all(parts)
    }

    private func condition(_ entry: OptionValue.Entry, _ group: OptionReader, depth: Int) -> Condition? {
        func some(_ parts: [Condition], _ make: ([Condition]) -> Condition) -> Condition? {
            parts.isEmpty ? nil : make(parts)
        }
        switch entry.key {
        case "all": return some(groups("all", group, depth: depth), Condition.all)
        case "any": return some(groups("any", group, depth: depth), Condition.any)
        case "not": return some(groups("not", group, depth: depth), Condition.except)
        case "at_least":
            return group.reader(of: entry.value, AlertOptions.atLeastGroup).flatMap { atLeast($0, depth: depth) }
        case "topic": return topic(entry, group).map { .leaf($0) }
        case "entity": return entity(entry, group).map { .leaf($0) }
        case "metric":
            return group.reader(of: entry.value, AlertOptions.metricGroup).flatMap(metric).map { .leaf($0) }
        case "text": return group.reader(of: entry.value, AlertOptions.textGroup).flatMap(text)
        case "near":
            return group.reader(of: entry.value, AlertOptions.nearGroup).flatMap { near($0) }.map { .leaf($0) }
        case "age": return age(entry.value, group).map { .leaf(AgeCondition(comparison: $0)) }
        case "story": return group.reader(of: entry.value, AlertOptions.storyGroup).flatMap(story).map { .leaf($0) }
        default:
            guard let kind = AttributeCondition.Kind(rawValue: entry.key) else { return nil }
            let values = OptionReader.elements(entry.value).compactMap(OptionReader.text)
            if values.isEmpty { empty(entry.key, group) }
            return values.isEmpty ? nil : .leaf(AttributeCondition(kind: kind, values: values))
        }
    }

    private func groups(_ name: String, _ parent: OptionReader, depth: Int) -> [Condition] {
        let values = parent.list(name)
        if values.isEmpty, parent.raw(name) != nil { empty(name, parent) }
        return values.compactMap { value in
            parent.reader(of: value, AlertOptions.conditionGroup).flatMap { conditions(of: $0, depth: depth + 1) }
        }
    }

    private func empty(_ name: String, _ reader: OptionReader) {
        reader.report("'\(name)' is empty; give it at least one entry or remove it", at: reader.location(name))
    }

    private func atLeast(_ reader: OptionReader, depth: Int) -> Condition? {
        let parts = groups("of", reader, depth: depth)
        guard let wanted = reader.integer("n"), !parts.isEmpty else { return nil }
        if wanted > parts.count {
            reader.report("\(wanted) of \(parts.count) conditions can never hold", at: reader.location("n"))
        } else if wanted == parts.count, parts.count > 1 {
            reader.warn("all \(wanted) must hold; 'all' says the same", at: reader.location("n"))
        }
        return .atLeast(wanted, parts)
    }

    // MARK: Kinds of condition

    private func topic(_ entry: OptionValue.Entry, _ group: OptionReader) -> TopicCondition? {
        guard case .map(let entries) = entry.value.content else {
            let topics = OptionReader.elements(entry.value).compactMap(OptionReader.text)
            if topics.isEmpty { empty("topic", group) }
            return topics.isEmpty ? nil : TopicCondition(tests: topics.map { .init(topic: $0) }, isAny: true)
        }
        if entries.isEmpty { empty("topic", group) }
        var tests: [TopicCondition.Test] = []
        for entry in entries {
            guard let text = OptionReader.text(entry.value) else { continue }
            do {
                let comparison = try Comparison(text)
                if comparison.unit != nil || !(0...1).contains(comparison.number) {
                    group.report(
                        "a topic's score lies between 0 and 1; write it such as '>= 0.6'", at: entry.value.location)
                } else if [.atLeast, .above].contains(comparison.op), comparison.number < 0.5 {
                    group.warn(
                        "topics below a score of 0.5 are not found, so '\(text)' means '>= 0.5'",
                        at: entry.value.location)
                }
                tests.append(.init(topic: entry.key, comparison: comparison))
            } catch {
                group.report(
                    "'\(text)' is no comparison of a score; write an operator and a number from 0 to 1, such as '>= 0.6'",
                    at: entry.value.location)
            }
        }
        return tests.isEmpty ? nil : TopicCondition(tests: tests, isAny: false)
    }

    private func entity(_ entry: OptionValue.Entry, _ group: OptionReader) -> EntityCondition? {
        guard case .map(let entries) = entry.value.content else {
            let names = OptionReader.elements(entry.value).compactMap(OptionReader.text)
            if names.isEmpty { empty("entity", group) }
            return names.isEmpty ? nil : EntityCondition(any: names)
        }
        guard !entries.isEmpty, let reader = group.reader(of: entry.value, AlertOptions.entityGroup) else {
            empty("entity", group)
            return nil
        }
        return EntityCondition(
            any: reader.strings("any"), all: reader.strings("all"), types: reader.strings("type"),
            role: reader.string("role").flatMap(Entity.Role.init))
    }

    private func age(_ value: OptionValue, _ group: OptionReader) -> DurationComparison? {
        guard let text = OptionReader.text(value) else { return nil }
        if let comparison = DurationComparison(text) { return comparison }
        group.report(
            "'\(text)' is no comparison of a duration; write an operator and a duration, such as '< 2d'",
            at: value.location)
        return nil
    }

    /// A comparison with a whole number.
    static func count(_ name: String, _ reader: OptionReader) -> Comparison? {
        guard let text = reader.string(name) else { return nil }
        do {
            let comparison = try Comparison(text)
            if comparison.unit == nil, comparison.number == comparison.number.rounded(), comparison.number >= 0 {
                return comparison
            }
        } catch {}
        reader.report(
            "'\(text)' is no comparison of a count; write an operator and a whole number, such as '>= 3'",
            at: reader.location(name))
        return nil
    }

    private func story(_ reader: OptionReader) -> StoryCondition? {
        if case .map(let entries) = reader.value.content, entries.isEmpty {
            reader.report("an empty 'story'; write what it must be, such as 'sources: \">= 3\"'")
            return nil
        }
        var condition = StoryCondition()
        if reader.raw("first") != nil { condition.isFirst = reader.bool("first") }
        condition.sources = Self.count("sources", reader)
        if let value = reader.raw("age") { condition.age = age(value, reader) }
        return condition
    }

    private func metric(_ reader: OptionReader) -> MetricCondition? {
        if case .map(let entries) = reader.value.content, entries.isEmpty {
            reader.report("an empty 'metric'; write what it must be, such as 'kind: downloads' or 'value: \">= 70 %\"'")
            return nil
        }
        var condition = MetricCondition(kinds: [])
        condition.rates = reader.scope.rates
        for value in reader.list("kind") {
            guard let name = OptionReader.text(value) else { continue }
            let kind = MetricKind.named(name)
            if kind == nil {
                reader.warn(
                    "the 'metrics' stage finds no kind '\(name)'\(MetricKind.suggestion(for: name))", at: value.location
                )
            }
            condition.kinds.append(kind ?? name)
        }
        condition.comparison = comparison("value", reader)
        if let text = reader.string("unit") {
            let unit = Units.canonical(text).unit
            if let other = condition.comparison?.unit, other != unit {
                reader.report("'value' is in \(other), but 'unit' is \(unit); keep one", at: reader.location("unit"))
            }
            condition.unit = unit
        }
        condition.unit = condition.unit ?? condition.comparison?.unit
        if condition.comparison != nil, condition.unit == nil, !condition.kinds.isEmpty,
            condition.kinds.allSatisfy(MetricKind.money.contains)
        {
            reader.warn(
                "amounts of money are only compared in a currency; name it, such as '>= 100 million USD'",
                at: reader.location("value"))
        }
        condition.qualifiers = reader.strings("qualifier").compactMap(Metric.Qualifier.init)
        condition.direction = reader.string("change").flatMap(Change.Direction.init)
        condition.per = reader.strings("per").map(Units.singularNoun)
        condition.entities = reader.strings("entity").map { $0.lowercased() }
        condition.subject = matcher("subject", reader)
        condition.sentence = matcher("sentence", reader)
        return condition
    }

    private func comparison(_ name: String, _ reader: OptionReader) -> Comparison? {
        guard let text = reader.string(name) else { return nil }
        do {
            return try Comparison(text)
        } catch {
            reader.report(error.description, at: reader.location(name))
            return nil
        }
    }

    private func matcher(_ name: String, _ reader: OptionReader) -> TermMatcher? {
        let terms = reader.list(name).compactMap { term($0, reader, isCaseSensitive: false) }
        return terms.isEmpty ? nil : TermMatcher(terms)
    }

    // MARK: Words and patterns

    private func text(_ reader: OptionReader) -> Condition? {
        let isCaseSensitive = reader.bool("case")
        func numbers(_ name: String) -> [Int] {
            reader.list(name).compactMap { term($0, reader, isCaseSensitive: isCaseSensitive) }.map(number)
        }
        var condition = TextCondition(any: numbers("any"), all: numbers("all"), fields: fields(reader))
        for value in reader.list("pattern") {
            pattern(value, reader, isCaseSensitive: isCaseSensitive).map { condition.patterns.append($0) }
        }
        condition.count = Self.count("count", reader)
        let stretch = reader.group("near", AlertOptions.nearGroup).flatMap { near($0, inside: reader) }
        let hasWords = ["any", "all", "pattern"].contains { !reader.list($0).isEmpty }
        if !hasWords, reader.raw("near") == nil {
            reader.report("'text' needs words: write 'any: [recall, lawsuit]', 'all: [...]' or 'pattern: ...'")
        }
        if !hasWords, reader.raw("count") != nil {
            reader.report(
                "'count' counts the words of 'any' or 'all' and patterns; add some", at: reader.location("count"))
        }
        let isEmpty = condition.any.isEmpty && condition.all.isEmpty && condition.patterns.isEmpty
        let parts = [isEmpty ? nil : Condition.leaf(condition), stretch.map { Condition.leaf($0) }].compactMap { $0 }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? nil : .all(parts)
    }

    private func fields(_ reader: OptionReader) -> TextFields {
        let names = reader.strings("in")
        return TextFields(names: names.contains("anywhere") ? [] : Set(names.compactMap(TextFields.Field.init)))
    }

    /// - Parameter outer: the `text` that it stands in, whose fields and case hold where it has none of its own.
    private func near(_ reader: OptionReader, inside outer: OptionReader? = nil) -> NearCondition? {
        let isCaseSensitive = (reader.raw("case") == nil ? outer : nil)?.bool("case") ?? reader.bool("case")
        let slots = reader.list("terms").map { slot in
            OptionReader.elements(slot).compactMap { term($0, reader, isCaseSensitive: isCaseSensitive) }.map(number)
        }
        if slots.count == 1 {
            reader.report(
                "'near' needs two terms or more; for one alone write 'text: {any: [...]}'", at: reader.location("terms")
            )
        } else if slots.count > 16 {
            reader.report("'near' takes 16 terms at most, not \(slots.count)", at: reader.location("terms"))
        }
        let within = reader.string("within") ?? ""
        let words = within.split(whereSeparator: \.isWhitespace)
        let distance = words.first.flatMap { Int($0) }
        guard let distance, (1...1000).contains(distance), words.count == 1 || ["word", "words"].contains(words[1]),
            words.count <= 2
        else {
            reader.report(
                "'within' must be a number of words from 1 to 1000, such as '12 words', not '\(within)'",
                at: reader.location("within"))
            return nil
        }
        guard slots.count > 1, slots.allSatisfy({ !$0.isEmpty }) else { return nil }
        return NearCondition(
            slots: slots, distance: distance, isOrdered: reader.bool("ordered"),
            fields: fields((reader.raw("in") == nil ? outer : nil) ?? reader))
    }

    private func term(_ value: OptionValue, _ reader: OptionReader, isCaseSensitive: Bool) -> Term? {
        guard let text = OptionReader.text(value) else { return nil }
        let term = Term(text, isCaseSensitive: isCaseSensitive)
        // What was found right once is right again.
        if numbers[term] == nil, let problem = term.problem {
            reader.report("the term '\(text)' \(problem)", at: value.location)
            return nil
        }
        return term
    }

    private func number(_ term: Term) -> Int {
        if let number = numbers[term] { return number }
        numbers[term] = terms.count
        terms.append(term)
        return terms.count - 1
    }

    private func pattern(_ value: OptionValue, _ reader: OptionReader, isCaseSensitive: Bool) -> Int? {
        guard let text = OptionReader.text(value) else { return nil }
        let key = "\(isCaseSensitive) \(text)"
        if let number = patternNumbers[key] { return number }
        do throws(PatternError) {
            patterns.append(try Pattern(text, isCaseSensitive: isCaseSensitive))
        } catch {
            reader.report("'\(text)': \(error)", at: value.location)
            return nil
        }
        patternNumbers[key] = patterns.count - 1
        return patterns.count - 1
    }
}
