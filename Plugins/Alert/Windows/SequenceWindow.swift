internal import WirewatchKit

/// Conditions that hold one after the other, each in a later article.
struct SequenceWindow {
    let rule: Rule
    let window: Window
    let memory: AlertMemory

    /// How far a key has come. Of each step the attempt that began last, for it has the most time left.
    private struct Chain {
        /// When the first article came, and its title; `Int64.min` for a step not reached.
        var begins: [Int64]
        var titles: [String]
    }

    /// - Returns: the keys whose sequence ends with this article, with what the last conditions found.
    func step(_ facts: Facts) throws -> [(key: String, begin: Int64, title: String, found: Findings)] {
        let conditions = [rule.condition] + window.steps
        var ended: [(key: String, begin: Int64, title: String, found: Findings)] = []
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
                    chain.begins[0] = memory.now
                    chain.titles[0] = facts.article.title
                } else if chain.begins[index - 1] != .min,
                    memory.now - chain.begins[index - 1] <= window.over.milliseconds
                {
                    if index == conditions.count - 1 {
                        ended.append((key, chain.begins[index - 1], chain.titles[index - 1], found))
                        for step in chain.begins.indices { chain.begins[step] = .min }
                    } else {
                        chain.begins[index] = chain.begins[index - 1]
                        chain.titles[index] = chain.titles[index - 1]
                    }
                }
                chains[key] = chain
            }
        }
        for key in order { if let chain = chains[key] { store(key, chain) } }
        return ended
    }

    private func load(_ key: String) throws -> Chain {
        let steps = window.steps.count
        var chain = Chain(begins: Array(repeating: .min, count: steps), titles: Array(repeating: "", count: steps))
        guard var reading = try memory.read(AlertMemory.name(.sequence, rule.id, key)) else { return chain }
        for step in 0..<steps {
            guard let begin = reading.integer(), let title = reading.text() else { break }
            chain.begins[step] = begin
            chain.titles[step] = title
        }
        return chain
    }

    private func store(_ key: String, _ chain: Chain) {
        let name = AlertMemory.name(.sequence, rule.id, key)
        guard chain.begins.contains(where: { $0 != .min }) else { return memory.state.remove(name) }
        memory.write(name, keep: window.over.milliseconds) { writer in
            for step in chain.begins.indices {
                writer.append(chain.begins[step])
                writer.append(chain.titles[step])
            }
        }
    }
}
