internal import WirewatchKit

extension AlertStage {
    /// More rules than this are not shown unless something that speaks for them holds.
    private static let shown = 25

    func explain(_ event: ArticleEvent) -> Explanation? {
        let facts = Facts(event.article, set)
        var held = 0
        var hidden = 0
        var children: [Explanation] = []
        for (number, rule) in set.rules.enumerated() {
            let holds = rule.condition.holds(facts)
            if holds { held += 1 }
            let isPart = holds || notes[number] != nil || rule.condition.holdsInPart(facts)
            if !isPart, set.rules.count > Self.shown {
                hidden += 1
            } else {
                children.append(explanation(number, rule, holds, facts))
            }
        }
        var detail = "\(held) of \(set.rules.count) hold"
        if hidden > 0 { detail += "; \(hidden) of which no part holds are not shown: --rule ID shows one" }
        return Explanation("rules", detail: detail, children: children)
    }

    private func explanation(_ number: Int, _ rule: Rule, _ holds: Bool, _ facts: Facts) -> Explanation {
        var parts = [rule.condition]
        if case .all(let all) = rule.condition { parts = all }
        var children = parts.map { $0.explanation(facts) }
        for (index, step) in (rule.window?.steps ?? []).enumerated() {
            children.append(
                Explanation("then, as step \(index + 2)", held: step.holds(facts), children: [step.explanation(facts)]))
        }
        children += notes[number] ?? []
        return Explanation("rule \(rule.id)", held: holds, detail: rule.about, children: children)
    }
}
