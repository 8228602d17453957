internal import WirewatchKit
internal import WirewatchText

/// The quantities of a story: which of an article's are new, and which differ from what was told before.
enum StoryFacts {
    /// Numbers closer than this are the same, rounded otherwise.
    private static let tolerance: Float = 0.05

    /// Compares an article's metrics with what is known of its story.
    ///
    /// Two metrics measure the same when kind, unit, rate and subject are the same; without a subject only those of a
    /// definite kind can.
    ///
    /// - Returns: what differs from all that was told, and what to remember.
    static func compare(_ metrics: [Metric], with known: [Fact]) -> (changes: [StoryChange], facts: [Fact]) {
        var changes: [StoryChange] = []
        var facts: [Fact] = []
        for (at, metric) in metrics.enumerated() {
            guard let key = key(of: metric), let number = metric.amount.low ?? metric.amount.high else { continue }
            let value = Float(number)
            guard value.isFinite else { continue }
            let before = known.filter { $0.key == key }
            let told = before + facts.filter { $0.key == key }
            if told.contains(where: { isSame($0.value, value) }) { continue }
            if let first = before.first {
                changes.append(StoryChange(.figure, metric: at, before: Double(first.value)))
            }
            if known.count + facts.count < 16 { facts.append(Fact(key: key, value: value)) }
        }
        return (changes, facts)
    }

    private static func isSame(_ a: Float, _ b: Float) -> Bool {
        abs(a - b) <= tolerance * max(abs(a), abs(b))
    }

    private static func key(of metric: Metric) -> UInt32? {
        if metric.subject == nil, metric.kind.hasPrefix("other") { return nil }
        var hash = TermHash()
        func add(_ text: String) {
            for byte in text.utf8 { hash.append(byte) }
            hash.append(0)
        }
        add(metric.kind)
        add(metric.unit)
        add(metric.per ?? "")
        for byte in Words.normalized(metric.subject ?? "") { hash.append(byte) }
        return hash.finished
    }
}
