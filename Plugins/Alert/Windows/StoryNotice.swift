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

    /// Whether the article raises an alert: the story's first does, and later ones when the story has as many sources as
    /// the rule asks for, or when the time to repeat has passed and they bring a quantity that none before had.
    ///
    /// - Returns: the alert's id, or nil and why not; of an update the reason that joins those of the conditions.
    func decide(_ found: Findings) throws -> (id: String?, note: String, update: AlertReason?) {
        let name = AlertMemory.name(.notice, rule.id, story)
        let facts = Set(found.metrics.map { AlertMemory.hash("\($0.kind) \($0.unit) \($0.amount)") })
        guard var reading = try memory.read(name), let last = reading.integer() else {
            store(name, at: memory.now, facts)
            storeSources()
            return (SHA256.identifier("alert", rule.id, "story", story), "the first of its story", nil)
        }
        var known: Set<UInt64> = []
        while let fact = reading.hash() { known.insert(fact) }
        if let step = try reachedSources() {
            store(name, at: memory.now, known.union(facts))
            storeSources()
            let reason = AlertReason(condition: "update at \(step) sources", span: nil, text: "\(sources) sources")
            let id = SHA256.identifier("alert", rule.id, "story", story, "sources", String(step))
            return (id, "an update: story \(story) has \(sources) sources", reason)
        }
        let ago = HumanUnits.text(.milliseconds(memory.now &- last))
        guard let interval = rule.repeatInterval else {
            return (nil, "story \(story) raised this alert \(ago) before", nil)
        }
        guard memory.now &- last >= interval.milliseconds else {
            return (
                nil,
                "story \(story) raised this alert \(ago) before, and it repeats after \(HumanUnits.text(interval))", nil
            )
        }
        guard !facts.isSubset(of: known) else {
            return (nil, "story \(story) raised this alert \(ago) before, and the article brings no new quantity", nil)
        }
        store(name, at: memory.now, known.union(facts))
        let id = SHA256.identifier("alert", rule.id, "story", story, article.id)
        return (id, "a new quantity of story \(story)", nil)
    }

    private var sources: Int { article.story?.sources ?? 1 }
    private var sourcesName: String { AlertMemory.name(.sources, rule.id, story) }

    /// The largest of the rule's numbers that the story has reached since its last alert of that kind.
    private func reachedSources() throws -> Int? {
        guard let step = rule.updateSources.last(where: { $0 <= sources }) else { return nil }
        // A rule that was given its numbers after the story's first alert knows of none.
        guard var reading = try memory.read(sourcesName), let known = reading.integer() else { return step }
        return known < Int64(step) ? step : nil
    }

    private func storeSources() {
        guard !rule.updateSources.isEmpty else { return }
        memory.write(sourcesName, keep: Self.keep) { $0.append(Int64(sources)) }
    }

    private func store(_ name: String, at time: Int64, _ facts: Set<UInt64>) {
        memory.write(name, keep: Swift.max(Self.keep, rule.repeatInterval?.milliseconds ?? 0)) { writer in
            writer.append(time)
            for fact in facts.sorted().prefix(Self.factLimit) { writer.append(fact) }
        }
    }
}
