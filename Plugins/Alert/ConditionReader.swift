internal import WirewatchKit
internal import WirewatchText

/// Reads conditions from options, reporting every mistake at its place, and gathers the terms of all rules so that one
/// matcher finds them in one pass.
///
/// Unknown conditions and values of a wrong type are reported by the check of the specs.
final class ConditionReader {
    private(set) var terms: [Term] = []
    private var numbers: [Term: Int] = [:]

    /// Deeper nesting is refused: nobody can read it.
    private static let deepest = 32

    /// The exceptions under a rule's own `not`.
    func exceptions(of rule: OptionReader) -> [Condition] { groups("not", rule, depth: 1) }

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
        var parts: [Condition] = []
        for entry in entries {
            switch entry.key {
            case "all": append(groups("all", group, depth: depth), Condition.all, to: &parts)
            case "any": append(groups("any", group, depth: depth), Condition.any, to: &parts)
            case "not": append(groups("not", group, depth: depth), Condition.except, to: &parts)
            case "topic": topic(entry, group).map { parts.append(.topic($0)) }
            case "entity": entity(entry, group).map { parts.append(.entity($0)) }
            case "metric":
                if let reader = group.group("metric", AlertOptions.metricGroup) {
                    metric(reader).map { parts.append(.metric($0)) }
                }
            case "text":
                if let reader = group.group("text", AlertOptions.textGroup) {
                    text(reader).map { parts.append(.text($0)) }
                }
            case "source", "language", "tag":
                guard let kind = AttributeCondition.Kind(rawValue: entry.key) else { continue }
                let values = group.strings(entry.key)
                if values.isEmpty {
                    empty(entry.key, group)
                } else {
                    parts.append(.attribute(AttributeCondition(kind: kind, values: values)))
                }
            default: break
            }
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? nil : .all(parts)
    }

    private func append(_ group: [Condition], _ make: ([Condition]) -> Condition, to parts: inout [Condition]) {
        if !group.isEmpty { parts.append(make(group)) }
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
        guard let reader = group.reader(of: entry.value, AlertOptions.entityGroup) else {
            let ids = OptionReader.elements(entry.value).compactMap(OptionReader.text)
            if ids.isEmpty { empty("entity", group) }
            return ids.isEmpty ? nil : EntityCondition(any: ids)
        }
        var condition = EntityCondition(
            any: reader.strings("any"), all: reader.strings("all"), types: reader.strings("type"))
        condition.role = reader.string("role").flatMap(Entity.Role.init)
        if ["any", "all", "type"].allSatisfy({ reader.raw($0) == nil }) {
            reader.report("'entity' needs ids or a type: write 'any: [acme-robotics]', 'all: [...]' or 'type: company'")
            return nil
        }
        return condition.any.isEmpty && condition.all.isEmpty && condition.types.isEmpty ? nil : condition
    }

    private func metric(_ reader: OptionReader) -> MetricCondition? {
        if case .map(let entries) = reader.value.content, entries.isEmpty {
            reader.report("an empty 'metric'; write what it must be, such as 'kind: downloads' or 'value: \">= 70 %\"'")
            return nil
        }
        var condition = MetricCondition(kinds: reader.strings("kind"))
        condition.rates = reader.scope.rates
        for kind in reader.raw("kind").map(OptionReader.elements) ?? [] {
            guard let name = OptionReader.text(kind), !MetricKind.all.contains(name) else { continue }
            reader.warn(
                "the 'metrics' stage finds no kind '\(name)'\(MetricKind.suggestion(for: name))", at: kind.location)
        }
        if let text = reader.string("value") {
            do {
                condition.comparison = try Comparison(text)
            } catch {
                reader.report(error.description, at: reader.location("value"))
            }
        }
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
        condition.subject = matcher("subject", reader)
        condition.sentence = matcher("sentence", reader)
        return condition
    }

    private func matcher(_ name: String, _ reader: OptionReader) -> TermMatcher? {
        let terms = checkedTerms(name, reader, isCaseSensitive: false)
        return terms.isEmpty ? nil : TermMatcher(terms)
    }

    private func text(_ reader: OptionReader) -> TextCondition? {
        let isCaseSensitive = reader.bool("case")
        let any = checkedTerms("any", reader, isCaseSensitive: isCaseSensitive).map(number)
        let all = checkedTerms("all", reader, isCaseSensitive: isCaseSensitive).map(number)
        if reader.list("any").isEmpty && reader.list("all").isEmpty {
            reader.report("'text' needs words: write 'any: [recall, lawsuit]' or 'all: [...]'")
        }
        let names = reader.strings("in")
        let fields = names.contains("anywhere") ? [] : Set(names.compactMap(TextCondition.Field.init))
        return any.isEmpty && all.isEmpty ? nil : TextCondition(any: any, all: all, fields: fields)
    }

    // MARK: Terms

    private func checkedTerms(_ name: String, _ reader: OptionReader, isCaseSensitive: Bool) -> [Term] {
        reader.list(name).compactMap { value in
            guard let text = OptionReader.text(value) else { return nil }
            let term = Term(text, isCaseSensitive: isCaseSensitive)
            if let problem = term.problem {
                reader.report("the term '\(text)' \(problem)", at: value.location)
                return nil
            }
            return term
        }
    }

    private func number(_ term: Term) -> Int {
        if let number = numbers[term] { return number }
        numbers[term] = terms.count
        terms.append(term)
        return terms.count - 1
    }
}
