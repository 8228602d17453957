internal import WirewatchKit

/// On the story that the article belongs to.
struct StoryCondition: LeafCondition {
    /// Whether the article must be the first of its story, or must not.
    var isFirst: Bool?
    /// How many sources have reported it so far.
    var sources: Comparison?
    /// How long the story was known when the article arrived.
    var age: DurationComparison?

    private var label: String {
        var parts: [String] = []
        if let isFirst { parts.append(isFirst ? "first article" : "not the first article") }
        if let sources { parts.append("sources \(sources)") }
        if let age { parts.append("age \(age)") }
        return "story \(parts.joined(separator: ", "))"
    }

    func holds(_ facts: Facts) -> Bool {
        guard let story = facts.article.story else { return false }
        if let isFirst, isFirst != (story.firstSeen >= facts.article.received) { return false }
        if let sources, !sources.holds(Double(story.sources)) { return false }
        if let age, !age.holds(facts.article.received - story.firstSeen) { return false }
        return true
    }

    var clauses: [[Atom]] { [[.story]] }

    private func state(_ story: Story) -> String {
        "story \(story.id), \(story.sources) sources, first seen \(story.firstSeen.rfc3339)"
    }

    func collect(_ facts: Facts, into found: inout Findings) {
        found.reasons.append(
            AlertReason(condition: label, span: nil, text: facts.article.story.map(state) ?? ""))
    }

    func explanation(_ facts: Facts) -> Explanation {
        Explanation(
            label, held: holds(facts),
            detail: facts.article.story.map(state)
                ?? "the article has no story; that takes a stage 'story' before this one")
    }
}
