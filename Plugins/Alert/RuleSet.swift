internal import WirewatchKit
internal import WirewatchPattern
internal import WirewatchText

/// All rules with what finds their terms and patterns; immutable, and shared by all stages made of the same options.
final class RuleSet: Sendable {
    let rules: [Rule]
    /// The terms of all conditions on text; conditions hold indices into it.
    let terms: [Term]
    let patterns: [Pattern]
    let matcher: TermMatcher
    let index: RuleIndex
    /// Indices of the patterns that are looked for in every article.
    let eagerPatterns: [Int]
    let eagerPatternSet: PatternSet
    /// Indices of rules that wait for silence.
    let silences: [Int]
    /// No rule has a window, so that only stories leave anything in the state.
    let hasWindows: Bool

    init(rules: [Rule], terms: [Term], patterns: [Pattern]) {
        self.rules = rules
        self.terms = terms
        self.patterns = patterns
        matcher = TermMatcher(terms)
        index = RuleIndex(rules, terms: terms.map(\.text), patterns: patterns.count)
        eagerPatterns = index.patterns
        eagerPatternSet = PatternSet(eagerPatterns.map { patterns[$0] })
        hasWindows = rules.contains { $0.window != nil }
        silences = rules.indices.filter { rules[$0].window?.kind == .flatline }
    }
}
