/// The choice of the score from which on a topic is given.
enum Threshold {
    /// A judged example.
    typealias Example = (score: Double, label: Bool)

    /// The threshold at which a topic's F1 is highest, half way between two scores; nil when no example has the topic.
    static func best(_ sorted: [Example]) -> (threshold: Double, figures: TopicFigures)? {
        choose(sorted) { $0.f1 }
    }

    /// The threshold that a mean F1 over all decisions asks for: a topic given is worth it where the chance that it is
    /// right is at least half of the F1 that is reached.
    static func worthwhile(_ sorted: [Example], f1: Double) -> (threshold: Double, figures: TopicFigures)? {
        choose(sorted) { 2 * Double($0.truePositives) - f1 * Double($0.truePositives + $0.falsePositives) }
    }

    /// - Parameter sorted: by score, descending.
    private static func choose(
        _ sorted: [Example], by value: (TopicFigures) -> Double
    ) -> (threshold: Double, figures: TopicFigures)? {
        var figures = TopicFigures()
        figures.falseNegatives = sorted.count { $0.label }
        guard figures.support > 0 else { return nil }
        var best = (threshold: sorted[0].score + 1, figures: figures)
        var highest = 0.0
        for (index, example) in sorted.enumerated() {
            if example.label {
                figures.truePositives += 1
                figures.falseNegatives -= 1
            } else {
                figures.falsePositives += 1
            }
            let next = index + 1 < sorted.count ? sorted[index + 1].score : example.score - 1
            // Equal scores can not be told apart.
            guard next < example.score else { continue }
            let value = value(figures)
            if value > highest {
                highest = value
                best = ((example.score + next) / 2, figures)
            }
        }
        return best
    }
}
