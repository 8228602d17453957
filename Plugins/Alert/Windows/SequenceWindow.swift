internal import WirewatchKit

/// Conditions that hold one after the other, each in a later article.
struct SequenceWindow {
    let rule: Rule
    let window: Window
    let memory: AlertMemory

    /// How far a key has come. Of each step the attempt that began last, for it has the most time left.
    private struct Chain {
        var steps: [Attempt]
    }

    private struct Attempt {
        /// When the first article came; `Int64.min` for a step not reached.
        var begin = Int64.min
        var first = ""
        var title = ""
    }

    /// A sequence that ended.
    struct End {
        var key: String
        /// When its first article came, its id and its title.
        var begin: Int64
        var first: String
        var title: String
        /// What the last conditions found.
        var found: Findings
    }

    /// The sequences that end with this article.
    func step(_ facts: Facts) throws -> [End] {
        let conditions = [rule.condition] + window.steps
        var ended: [End] = []
        var chains: [String: Chain] = [:]
        var order: [String] = []
        // From the last step to the first, so that no article is two steps of one sequence.
        for index in conditions.indices.reversed() where conditions[index].holds(facts) {
            var found = Findings()
            conditions[index].collect(facts, into: &found)
            for key in window.keys(facts.article, found) {
                var chain = try chains[key] ?? load(key)
                if chains[key] == nil { order.append(key) }
                if index == 0 {
                    chain.steps[0] = Attempt(begin: memory.now, first: facts.article.id, title: facts.article.title)
                } else {
                    let before = chain.steps[index - 1]
                    let isInTime = before.begin != .min && memory.now &- before.begin <= window.over.milliseconds
                    if isInTime, index < window.steps.count {
                        chain.steps[index] = before
                    } else if isInTime {
                        ended.append(
                            End(key: key, begin: before.begin, first: before.first, title: before.title, found: found))
                        for step in chain.steps.indices { chain.steps[step] = Attempt() }
                    }
                }
                chains[key] = chain
            }
        }
        for key in order { if let chain = chains[key] { store(key, chain) } }
        return ended
    }

    private func load(_ key: String) throws -> Chain {
        var chain = Chain(steps: Array(repeating: Attempt(), count: window.steps.count))
        guard var reading = try memory.read(AlertMemory.name(.sequence, rule.id, key)) else { return chain }
        for step in chain.steps.indices {
            guard let begin = reading.integer(), let first = reading.text(), let title = reading.text() else { break }
            chain.steps[step] = Attempt(begin: begin, first: first, title: title)
        }
        return chain
    }

    private func store(_ key: String, _ chain: Chain) {
        let name = AlertMemory.name(.sequence, rule.id, key)
        guard chain.steps.contains(where: { $0.begin != .min }) else { return memory.state.remove(name) }
        memory.write(name, keep: window.over.milliseconds) { writer in
            for step in chain.steps {
                writer.append(step.begin)
                writer.append(step.first)
                writer.append(step.title)
            }
        }
    }
}
