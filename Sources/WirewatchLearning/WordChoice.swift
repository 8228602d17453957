internal import Glibc
internal import WirewatchKit

/// The words that a model keeps, and what an occurrence of each is worth.
struct WordChoice {
    /// Numbers of words in the registry, ascending.
    var words: [UInt32] = []
    /// ln((1 + articles) / (1 + articles with the word)) + 1, for each word.
    var idf: [Double] = []
    /// For each word of the registry its place in ``words``; -1 for one that is not kept.
    private var places: [Int32] = []

    /// Keeps the words that tell most of some topic, by the chi-square of their occurrence.
    ///
    /// - Parameter rows: the examples that may be looked at.
    init(_ set: TrainingSet, rows: [Int], limit: Int) {
        let (vocabulary, topics) = (set.registry.entries.count, set.topics.count)
        var documents = [Int32](repeating: 0, count: vocabulary)
        var support = [Double](repeating: 0, count: topics)
        for row in rows {
            for word in set.examples[row].words { documents[Int(word.number)] += 1 }
            for label in set.examples[row].labels { support[label] += 1 }
        }
        // A word of one article is chance, one of half of them says nothing.
        var candidates = (0..<vocabulary).filter { documents[$0] >= 2 && Int(documents[$0]) * 2 < rows.count }
        if candidates.count > limit {
            let together = Self.together(set, rows, candidates, vocabulary: vocabulary)
            let total = Double(rows.count)
            var value = [Double](repeating: 0, count: vocabulary)
            for (place, word) in candidates.enumerated() {
                let occurrences = Double(documents[word])
                for topic in 0..<topics where support[topic] > 0 && support[topic] < total {
                    let share = support[topic] / total
                    let difference = Double(together[place * topics + topic]) - occurrences * share
                    let spread = occurrences * share * (1 - share) * (1 - occurrences / total)
                    value[word] = max(value[word], difference * difference / spread)
                }
            }
            candidates.sort { value[$0] == value[$1] ? $0 < $1 : value[$0] > value[$1] }
            candidates = candidates.prefix(limit).sorted()
        }
        words = candidates.map { UInt32($0) }
        idf = candidates.map { log((1 + Double(rows.count)) / (1 + Double(documents[$0]))) + 1 }
        places = Array(repeating: -1, count: vocabulary)
        for (place, word) in candidates.enumerated() { places[word] = Int32(place) }
    }

    /// For each candidate and topic, how many articles have both.
    private static func together(
        _ set: TrainingSet, _ rows: [Int], _ candidates: [Int], vocabulary: Int
    ) -> [Int32] {
        let topics = set.topics.count
        var places = [Int32](repeating: -1, count: vocabulary)
        for (place, word) in candidates.enumerated() { places[word] = Int32(place) }
        var counts = [Int32](repeating: 0, count: candidates.count * topics)
        for row in rows where !set.examples[row].labels.isEmpty {
            for word in set.examples[row].words {
                let place = Int(places[Int(word.number)])
                guard place >= 0 else { continue }
                for label in set.examples[row].labels { counts[place * topics + label] += 1 }
            }
        }
        return counts
    }

    /// The examples as rows: the words' weighted counts of norm 1, then the measures of the lexicon times a scale, then a
    /// constant.
    func rows(_ set: TrainingSet, _ numbers: [Int], lexiconScale: Double) -> SparseRows {
        var rows = SparseRows(columnCount: words.count + set.lexicon.count + 1)
        var values: [(column: Int, value: Double)] = []
        for number in numbers {
            let example = set.examples[number]
            values.removeAll(keepingCapacity: true)
            var norm = 0.0
            for word in example.words {
                let place = Int(places[Int(word.number)])
                guard place >= 0 else { continue }
                let value = Self.value(count: Double(word.count), idf: idf[place])
                norm += value * value
                values.append((place, value))
            }
            let scale = norm > 0 ? 1 / norm.squareRoot() : 0
            for (column, value) in values { rows.append(column, value * scale) }
            for (index, measure) in example.measures.enumerated() {
                rows.append(words.count + index, Self.value(measure) * lexiconScale)
            }
            rows.append(words.count + set.lexicon.count, 1)
            rows.endRow()
        }
        return rows
    }

    /// What a word is worth in an article that has it `count` times, before all are brought to the norm 1.
    @inline(__always)
    static func value(count: Double, idf: Double) -> Double { (1 + log(count)) * idf }

    /// What the strength of a topic's terms is worth: ln 2 where the topic is just found.
    @inline(__always)
    static func value(_ measure: TopicMeasure) -> Double { log(1 + max(0, measure.strength)) }
}
