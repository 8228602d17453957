internal import WirewatchKit

/// Finds the rules that may hold for an article by what occurs in it, so that the others cost nothing.
///
/// Every rule is entered under one clause of atoms of which one must occur wherever it holds: the clause that will
/// lead to it least often, going by the kind of its atoms. A rule without such a clause is judged for every article.
struct RuleIndex: Sendable {
    private let byTerm: [[Int32]]
    private let byPattern: [[Int32]]
    /// By atoms of the other kinds.
    private var byAtom: [Atom: [Int32]] = [:]
    private var always: [Int32] = []
    private let ruleCount: Int
    /// Patterns that lead to rules: they are looked for in every article.
    let patterns: [Int]

    init(_ rules: [Rule], terms: [String], patterns count: Int) {
        var byTerm: [[Int32]] = Array(repeating: [], count: terms.count)
        var byPattern: [[Int32]] = Array(repeating: [], count: count)
        ruleCount = rules.count
        let weights = AtomWeights(terms: terms)
        for (number, rule) in rules.enumerated() {
            guard let clause = rule.clauses(weights).min(by: { weights.of($0) < weights.of($1) }) else {
                always.append(Int32(number))
                continue
            }
            for atom in Set(clause) {
                switch atom {
                case .term(let term): byTerm[term].append(Int32(number))
                case .pattern(let pattern): byPattern[pattern].append(Int32(number))
                default: byAtom[atom, default: []].append(Int32(number))
                }
            }
        }
        patterns = byPattern.indices.filter { !byPattern[$0].isEmpty }
        self.byTerm = byTerm
        self.byPattern = byPattern
    }

    /// The rules to judge, in their order.
    func candidates(_ facts: Facts) -> [Int] {
        var bits = [UInt64](repeating: 0, count: (ruleCount + 63) / 64)
        func add(_ rules: [Int32]) { for rule in rules { bits[Int(rule >> 6)] |= 1 &<< UInt64(rule & 63) } }
        add(always)
        for term in facts.occurrences.keys { add(byTerm[term]) }
        for pattern in patterns where !facts.matches(ofPattern: pattern).isEmpty { add(byPattern[pattern]) }
        if !byAtom.isEmpty { forEachAtom(facts) { if let rules = byAtom[$0] { add(rules) } } }
        var found: [Int] = []
        for (index, word) in bits.enumerated() {
            var rest = word
            while rest != 0 {
                found.append(index * 64 + rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
        }
        return found
    }

    private func forEachAtom(_ facts: Facts, _ body: (Atom) -> Void) {
        let article = facts.article
        for topic in article.topics { body(.topic(topic.id)) }
        if !article.metrics.isEmpty { body(.anyMetric) }
        for metric in article.metrics { body(.metric(metric.kind)) }
        if !article.entities.isEmpty { body(.anyEntity) }
        for entity in article.entities {
            body(.entity(entity.id.lowercased()))
            body(.entity(entity.name.lowercased()))
        }
        body(.source(article.source))
        for site in facts.sites { body(.site(site)) }
        for language in facts.languages { body(.language(language)) }
        for tag in facts.tags { body(.tag(tag)) }
        if article.story != nil { body(.story) }
    }
}

/// How often atoms occur, roughly, relative to each other.
struct AtomWeights {
    private let terms: [Double]

    init(terms: [String]) {
        self.terms = terms.map { term in
            let words = term.split { !$0.isLetter && !$0.isNumber }
            if words.count > 1 { return words.count > 2 ? 0.2 : 0.5 }
            return term.utf8.count >= 10 ? 1 : term.utf8.count >= 6 ? 2 : 4
        }
    }

    func of(_ clause: [Atom]) -> Double { clause.reduce(0) { $0 + of($1) } }

    private func of(_ atom: Atom) -> Double {
        switch atom {
        case .term(let term): terms[term]
        // Each costs a search.
        case .pattern: 30
        case .entity: 0.5
        case .tag: 1
        case .site: 5
        case .source: 5
        case .metric: 12
        case .topic: 15
        case .anyMetric, .anyEntity, .language, .story: 100
        }
    }
}

extension Rule {
    /// What must occur for the rule to take notice of an article: of each clause at least one atom.
    fileprivate func clauses(_ weights: AtomWeights) -> [[Atom]] {
        guard let window, !window.steps.isEmpty else { return condition.clauses(weights) }
        return Condition.any([condition] + window.steps).clauses(weights)
    }
}

extension Condition {
    /// What must occur for the condition to hold: of each clause at least one atom.
    func clauses(_ weights: AtomWeights) -> [[Atom]] {
        switch self {
        case .leaf(let leaf): return leaf.clauses
        case .all(let parts): return parts.flatMap { $0.clauses(weights) }
        case .except: return []
        case .any(let parts): return Self.union(parts, leavingOut: 0, weights)
        // Of any parts but `wanted - 1` one must hold, so the costliest of them need not be looked at.
        case .atLeast(let wanted, let parts): return Self.union(parts, leavingOut: wanted - 1, weights)
        }
    }

    /// One clause of the cheapest of each part.
    private static func union(_ parts: [Condition], leavingOut: Int, _ weights: AtomWeights) -> [[Atom]] {
        let cheapest = parts.map { $0.clauses(weights).min { weights.of($0) < weights.of($1) } }
        let kept = cheapest.sorted { a, b in
            (a.map(weights.of) ?? .infinity) < (b.map(weights.of) ?? .infinity)
        }.dropLast(min(leavingOut, parts.count))
        var union: [Atom] = []
        for clause in kept {
            guard let clause else { return [] }
            union += clause
        }
        return [union]
    }
}
