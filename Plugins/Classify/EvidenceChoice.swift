internal import WirewatchKit
internal import WirewatchText

/// Which occurrences of a topic's terms a record keeps.
enum EvidenceChoice {
    /// The first occurrence of every term, by weight and place; then the repeats, in the same order.
    static func evidence(
        _ topic: TopicScore, _ group: ClassifyOptions.TopicOptions, limit: Int
    ) -> [TopicEvidence] {
        func stronger(_ a: TopicScore.Hit, _ b: TopicScore.Hit) -> Bool {
            let (x, y) = (Self.strength(a), Self.strength(b))
            if x != y { return x > y }
            if a.place != b.place { return a.place < b.place }
            return a.span.range.lowerBound < b.span.range.lowerBound
        }
        var seen: Set<Int> = []
        var first: [TopicScore.Hit] = []
        var repeated: [TopicScore.Hit] = []
        for hit in topic.hits.sorted(by: stronger) {
            if seen.insert(hit.term).inserted { first.append(hit) } else { repeated.append(hit) }
        }
        return (first + repeated).prefix(limit).map { hit in
            TopicEvidence(term: group.terms[hit.term].term.text, span: hit.span, weight: hit.weight)
        }
    }

    private static func strength(_ hit: TopicScore.Hit) -> Double {
        switch hit.place {
        case .title: hit.weight * 3
        case .subtitle, .lede: hit.weight * 1.5
        case .tag, .caption, .body: hit.weight
        }
    }
}
