internal import WirewatchKit

/// On the article's topics and their scores.
struct TopicCondition: LeafCondition {
    struct Test: Sendable {
        var topic: String
        /// Nil where any score will do.
        var comparison: Comparison?

        var label: String { comparison.map { "topic \(topic) \($0)" } ?? "topic \(topic)" }

        func holds(_ facts: Facts) -> Bool {
            let found = facts.article.topics.first { $0.id == topic }
            guard let comparison else { return found != nil }
            return comparison.holds(found?.score ?? 0)
        }
    }

    var tests: [Test]
    /// Whether one test is enough.
    var isAny: Bool

    func holds(_ facts: Facts) -> Bool {
        isAny ? tests.contains { $0.holds(facts) } : tests.allSatisfy { $0.holds(facts) }
    }

    var clauses: [[Atom]] {
        // A score of 0 is that of any topic that was not found.
        let isNeeded = tests.map { $0.comparison.map { !$0.holds(0) } ?? true }
        if isAny { return isNeeded.allSatisfy { $0 } ? [tests.map { .topic($0.topic) }] : [] }
        return zip(tests, isNeeded).filter(\.1).map { [.topic($0.0.topic)] }
    }

    func collect(_ facts: Facts, into found: inout Findings) {
        for test in tests where test.holds(facts) {
            found.topics.append(test.topic)
            let topic = facts.article.topics.first { $0.id == test.topic }
            let best = topic?.evidence.first
            let text = best.flatMap { facts.article.text(of: $0.span) } ?? test.topic
            found.reasons.append(AlertReason(condition: test.label, span: best?.span, text: text))
        }
    }

    func explanation(_ facts: Facts) -> Explanation {
        let parts = tests.map { test in
            let topic = facts.article.topics.first { $0.id == test.topic }
            let detail = topic.map { "score \(($0.score * 100).rounded() / 100)" } ?? "the article does not have it"
            return Explanation(
                test.label, held: test.holds(facts), detail: detail,
                spans: topic?.evidence.first.map { [$0.span] } ?? [])
        }
        if parts.count == 1 { return parts[0] }
        return Explanation(isAny ? "any of these topics" : "all of these topics", held: holds(facts), children: parts)
    }
}
