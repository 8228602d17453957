internal import Glibc
public import WirewatchKit
internal import WirewatchText

extension TopicModel {
    /// Room in which a model judges one article at a time; reused, it stops allocating.
    public struct Scratch: Sendable {
        var words = Words()
        /// How often each word of the model occurs; 0 between articles.
        var counts: [Float] = []
        var found: [UInt32] = []
        /// What each found word is worth.
        var values: [Double] = []
        /// By topic.
        public fileprivate(set) var margins: [Double] = []

        public init() {}
    }

    /// Computes how far the article lies above, or below, what each of ``topicIDs`` needs, into `scratch.margins`.
    ///
    /// - Parameter measures: what the terms say, one for each topic of ``lexicon``.
    public func judge(_ article: Article, _ measures: [TopicMeasure], _ scratch: inout Scratch) {
        count(article, &scratch)
        weigh(&scratch)
        scratch.margins.removeAll(keepingCapacity: true)
        for topic in topics {
            var margin = topic.intercept.value
            for (weight, measure) in zip(topic.lexicon, measures) { margin += weight.value * WordChoice.value(measure) }
            scratch.margins.append(margin)
        }
        for (word, value) in zip(scratch.found, scratch.values) {
            let row = Int(word) * topics.count
            for topic in topics.indices { scratch.margins[topic] += weights[row + topic].value * value }
        }
    }

    /// The score of a margin: 0.5 where the topic is just found, 0 to 1.
    public static func score(margin: Double) -> Double { 1 / (1 + exp(-margin)) }

    private func count(_ article: Article, _ scratch: inout Scratch) {
        if scratch.counts.count != words.count { scratch.counts = Array(repeating: 0, count: words.count) }
        scratch.found.removeAll(keepingCapacity: true)
        let hasTitleFeatures = TextFeatures.hasTitleFeatures(article)
        var words = scratch.words
        TextFeatures.forEachText(of: article, words: &words) { field, _, found in
            let isTitle = field == .title && hasTitleFeatures
            for word in found {
                if let number = table[word.hash] { scratch.add(number) }
                if isTitle, let number = table[word.hash ^ TextFeatures.titleMark] { scratch.add(number) }
            }
        }
        scratch.words = words
        // The sum of what words weigh depends on their order, in the last bits; that of the model is always the same.
        scratch.found.sort()
    }

    private func weigh(_ scratch: inout Scratch) {
        scratch.values.removeAll(keepingCapacity: true)
        var norm = 0.0
        for word in scratch.found {
            let value = WordChoice.value(count: Double(scratch.counts[Int(word)]), idf: words[Int(word)].idf.value)
            scratch.counts[Int(word)] = 0
            scratch.values.append(value)
            norm += value * value
        }
        guard norm > 0 else { return }
        let scale = 1 / norm.squareRoot()
        for index in scratch.values.indices { scratch.values[index] *= scale }
    }
}

extension TopicModel.Scratch {
    @inline(__always)
    fileprivate mutating func add(_ number: Int) {
        if counts[number] == 0 { found.append(UInt32(number)) }
        counts[number] += 1
    }
}

extension TopicModel.Word {
    /// What its occurrences are found under.
    var key: UInt64 {
        let hash = Words(text).all.first?.hash ?? 0
        return isTitle ? hash ^ TextFeatures.titleMark : hash
    }
}
