import Testing

@testable import WirewatchLearning

@Suite("Thresholds and figures")
struct ThresholdTests {
    @Test("The best threshold lies between the scores that it parts")
    func best() throws {
        let found = try #require(Threshold.best([(4, true), (3, true), (2, false), (1, true), (0, false)]))
        #expect(found.threshold == 0.5 && found.figures.truePositives == 3)
        let clean = try #require(Threshold.best([(4, true), (3, true), (1, false), (0, false)]))
        #expect(clean.threshold == 2 && clean.figures.f1 == 1)
    }

    @Test("Equal scores are not told apart")
    func equal() throws {
        let found = try #require(Threshold.best([(1, true), (1, false), (1, false), (0, false)]))
        #expect(found.threshold == 0.5 && found.figures.falsePositives == 2)
    }

    @Test("Without the topic there is no threshold")
    func none() { #expect(Threshold.best([(1, false)]) == nil && Threshold.best([]) == nil) }

    @Test("A higher aim gives a topic less often")
    func worthwhile() throws {
        let examples: [Threshold.Example] = [(5, true), (4, false), (3, true), (2, false), (1, false), (0, true)]
        let low = try #require(Threshold.worthwhile(examples, f1: 0.5))
        let high = try #require(Threshold.worthwhile(examples, f1: 1.5))
        #expect(low.threshold < high.threshold)
    }

    @Test("Figures are those of the definition")
    func figures() {
        var scores = TopicScores(topics: ["b", "a"])
        scores.add(found: ["a", "x"], labelled: ["a"])
        scores.add(found: ["a"], labelled: ["b"])
        scores.add(found: [], labelled: ["a", "b"])
        #expect(scores.topics.map(\.id) == ["a", "b"])
        #expect(scores["a"]?.precision == 0.5 && scores["a"]?.recall == 0.5 && scores["a"]?.support == 2)
        #expect(scores["b"]?.f1 == 0 && scores.micro.f1 == 2.0 / 6)
        #expect(scores.macro(minimumSupport: 1)?.f1 == 0.25 && scores.macro(minimumSupport: 3) == nil)
    }
}
