internal import WirewatchKit

/// Where a term occurs, which says how much it tells.
enum TermPlace: UInt8, Sendable, Comparable {
    case title, subtitle, lede, tag, caption, body

    static func < (a: TermPlace, b: TermPlace) -> Bool { a.rawValue < b.rawValue }
}

/// One occurrence of a topic's term that counts.
struct TopicHit: Sendable {
    /// Into the lexicon's entries.
    var entry: Int32
    /// Bytes of the buffer of all texts.
    var start: Int32
    var end: Int32
    /// Into the parts of that buffer.
    var part: Int32
    var place: TermPlace
}

/// A term near which others count, or do not.
struct ContextHit: Sendable {
    var list: Int32
    var part: Int32
    /// The first and the last word.
    var word: Int32
    var last: Int32
}

/// What the search in one article needs; kept from article to article, so that it stops allocating.
struct TopicScratch: Sendable {
    /// What is known of an entry in this article.
    struct Seen: Sendable {
        var article: UInt32 = 0
        /// A bit for each ``TermPlace``.
        var places: UInt8 = 0
        /// The rank of the strongest occurrence, while evidence is chosen.
        var best: UInt64 = .max
    }

    /// For each topic.
    var tallies: [TopicTally] = []
    /// For each entry of the lexicon.
    var seen: [Seen] = []
    var hits: [TopicHit] = []
    var contexts: [ContextHit] = []
    /// For each list of languages, whether it has the article's.
    var isSpoken: [Bool] = []
    /// For each topic its score, or that of one which includes it; 0 for one that is not found.
    var scores: [Double] = []
    /// For each topic, the one whose evidence tells it; itself, unless it is found by another.
    var witnesses: [Int32] = []
    /// The strongest occurrences while evidence is chosen.
    var ranked: [(rank: UInt64, hit: Int32)] = []
    var parts: [ArticleText.Part] = []
    var bodyBytes = 0
    var article: UInt32 = 0
    /// Whether occurrences that do not count are kept, for explanations.
    var isTracing = false
    var refused: [TopicHit] = []

    mutating func reset(_ lexicon: TopicLexicon, _ language: String?) {
        if seen.count != lexicon.entries.count || tallies.count != lexicon.topics.count || article == .max {
            seen = [Seen](repeating: Seen(), count: lexicon.entries.count)
            tallies = [TopicTally](repeating: TopicTally(), count: lexicon.topics.count)
            scores = [Double](repeating: 0, count: lexicon.topics.count)
            witnesses = [Int32](repeating: 0, count: lexicon.topics.count)
            isSpoken = [Bool](repeating: true, count: lexicon.languages.count)
            article = 0
        }
        article += 1
        for list in lexicon.languages.indices.dropFirst() {
            isSpoken[list] = LanguageSet.includes(lexicon.languages[list], language)
        }
        for topic in tallies.indices { tallies[topic] = TopicTally() }
        hits.removeAll(keepingCapacity: true)
        contexts.removeAll(keepingCapacity: true)
        refused.removeAll(keepingCapacity: true)
    }

    /// The span of an occurrence in its field.
    func span(_ hit: TopicHit) -> TextSpan {
        let part = parts[Int(hit.part)]
        return TextSpan(part.field, Int(hit.start) - part.range.lowerBound..<Int(hit.end) - part.range.lowerBound)
    }
}
