public import WirewatchKit
internal import WirewatchText

extension TopicModel {
    /// A word of an article that weighs for or against a topic.
    public struct WordEvidence: Sendable, Hashable {
        /// As the model has it: folded to lower case.
        public var word: String
        /// What all its occurrences add to the topic's margin.
        public var weight: Double
        /// Where it first occurs; in the title for a weight that words have there alone.
        public var span: TextSpan
    }

    /// What the terms of one topic add to the margin of another, or of the same.
    public struct TermEvidence: Sendable, Hashable {
        /// The topic whose terms they are.
        public var topic: String
        public var weight: Double
    }

    /// The words that weigh most for a topic, or most against it, in the article that was judged last, strongest first.
    public func words(
        ofTopic topic: Int, in article: Article, _ scratch: inout Scratch, against: Bool = false, limit: Int
    ) -> [WordEvidence] {
        let sign = against ? -1.0 : 1.0
        var heavy: [(word: UInt32, weight: Double)] = []
        for (word, value) in zip(scratch.found, scratch.values) {
            let weight = weights[Int(word) * topics.count + topic].value * value
            if weight * sign > 0.005 { heavy.append((word, weight)) }
        }
        heavy.sort { $0.weight == $1.weight ? $0.word < $1.word : $0.weight * sign > $1.weight * sign }
        heavy = Array(heavy.prefix(limit))
        let spans = spans(of: heavy.map(\.word), in: article, &scratch)
        return zip(heavy, spans).compactMap { heavy, span in
            span.map { WordEvidence(word: words[Int(heavy.word)].text, weight: heavy.weight, span: $0) }
        }
    }

    /// What the terms of each topic weigh for one, strongest first, without what is nothing.
    public func terms(ofTopic topic: Int, _ measures: [TopicMeasure]) -> [TermEvidence] {
        zip(lexicon, zip(topics[topic].lexicon, measures))
            .map { TermEvidence(topic: $0, weight: $1.0.value * WordChoice.value($1.1)) }
            .filter { abs($0.weight) > 0.005 }
            .sorted { abs($0.weight) == abs($1.weight) ? $0.topic < $1.topic : abs($0.weight) > abs($1.weight) }
    }

    /// The words that weigh most for a topic and that the article judged last does not have.
    public func missingWords(ofTopic topic: Int, _ scratch: Scratch, limit: Int) -> [String] {
        let present = Set(scratch.found)
        let heavy = words.indices.filter {
            !words[$0].isTitle && !present.contains(UInt32($0))
                && weights[$0 * topics.count + topic].tenThousandths > 0
        }.sorted {
            let (a, b) = (weights[$0 * topics.count + topic], weights[$1 * topics.count + topic])
            return a == b ? $0 < $1 : a.tenThousandths > b.tenThousandths
        }
        return heavy.prefix(limit).map { words[$0].text }
    }

    /// Where each of these words first occurs.
    private func spans(of wanted: [UInt32], in article: Article, _ scratch: inout Scratch) -> [TextSpan?] {
        var spans = [TextSpan?](repeating: nil, count: wanted.count)
        var missing = wanted.count
        guard missing > 0 else { return spans }
        var room = scratch.words
        TextFeatures.forEachText(of: article, words: &room) { field, _, found in
            guard missing > 0 else { return }
            for word in found {
                for key in [word.hash, word.hash ^ TextFeatures.titleMark] {
                    guard let number = table[key], !words[number].isTitle || field == .title,
                        let index = wanted.firstIndex(of: UInt32(number)), spans[index] == nil
                    else { continue }
                    spans[index] = TextSpan(field, word.range)
                    missing -= 1
                }
            }
        }
        scratch.words = room
        return spans
    }
}
