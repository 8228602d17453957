internal import WirewatchDigest
internal import WirewatchKit

/// Keeps a rule from raising an alert for each article of one story.
struct StoryNotice {
    let rule: Rule
    let article: Article
    let story: String
    let memory: AlertMemory

    /// Longer than a story lasts.
    private static let keep: Int64 = 90 * 86_400_000
    private static let factLimit = 256

    /// Whether the article raises an alert: the story's first does, and later ones when the time to repeat has passed
    /// and they bring a quantity that none before had.
    ///
    /// - Returns: the alert's id, or nil and why not.
    func decide(_ found: Findings) throws -> (id: String?, note: String) {
        let name = AlertMemory.name(.notice, rule.id, story)
        let facts = Set(found.metrics.map { AlertMemory.hash("\($0.kind) \($0.unit) \($0.amount)") })
        guard var reading = try memory.read(name), let last = reading.integer() else {
            store(name, at: memory.now, facts)
            return (SHA256.identifier("alert", rule.id, "story", story), "the first of its story")
        }
        var known: Set<UInt64> = []
        while let fact = reading.hash() { known.insert(fact) }
        let ago = HumanUnits.text(.milliseconds(memory.now &- last))
        guard let interval = rule.repeatInterval else {
            return (nil, "story \(story) raised this alert \(ago) before")
        }
        guard memory.now &- last >= interval.milliseconds else {
            return (
                nil, "story \(story) raised this alert \(ago) before, and it repeats after \(HumanUnits.text(interval))"
            )
        }
        guard !facts.isSubset(of: known) else {
            return (nil, "story \(story) raised this alert \(ago) before, and the article brings no new quantity")
        }
        store(name, at: memory.now, known.union(facts))
        return (SHA256.identifier("alert", rule.id, "story", story, article.id), "a new quantity of story \(story)")
    }

    private func store(_ name: String, at time: Int64, _ facts: Set<UInt64>) {
        memory.write(name, keep: Swift.max(Self.keep, rule.repeatInterval?.milliseconds ?? 0)) { writer in
            writer.append(time)
            for fact in facts.sorted().prefix(Self.factLimit) { writer.append(fact) }
        }
    }
}
