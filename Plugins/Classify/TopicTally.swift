/// What one topic's terms in one article add up to, place by place.
struct TopicTally: Sendable {
    /// Sums of weights, of each term once in each place; of the body, of every occurrence.
    struct Sums: Sendable {
        var title = 0.0
        var lede = 0.0
        /// In points: tags and captions weigh differently.
        var side = 0.0
        var distinct = 0.0
        var body = 0.0
    }

    /// Of terms that may carry the topic, and of those that only support it.
    var precise = Sums()
    var vague = Sums()
    /// Occurrences of all terms.
    var hits = 0
    /// Occurrences of precise terms, and how many there are of these.
    var count = 0
    var distinct = 0
    var hasRequired = false
    /// The number of an excluded term that occurs; negative for none.
    var excludedBy: Int32 = -1
    /// Where the last occurrence ended.
    var reach: Int32 = -1

    mutating func add(
        _ hit: TopicHit, _ entry: TopicLexicon.Entry, _ weights: ClassifyOptions.FieldWeights,
        _ seen: inout TopicScratch.Seen
    ) {
        reach = hit.end
        hits += 1
        if entry.isPrecise {
            count += 1
            if seen.places == 0 { distinct += 1 }
            precise.add(entry.weight, hit.place, weights, &seen)
        } else {
            vague.add(entry.weight, hit.place, weights, &seen)
        }
    }
}

extension TopicTally.Sums {
    fileprivate mutating func add(
        _ weight: Double, _ place: TermPlace, _ weights: ClassifyOptions.FieldWeights, _ seen: inout TopicScratch.Seen
    ) {
        func bit(_ place: TermPlace) -> UInt8 { 1 << place.rawValue }
        if seen.places == 0 { distinct += weight }
        let isNew = seen.places & bit(place) == 0
        switch place {
        case .title: if isNew { title += weight }
        case .subtitle, .lede:
            if seen.places & (bit(.subtitle) | bit(.lede)) == 0 { lede += weight }
        case .caption: if isNew { side += weight * weights.captions }
        case .tag:
            // A term in both counts in the tags alone.
            if isNew {
                side += weight * weights.tags
                if seen.places & bit(.caption) != 0 { side -= weight * weights.captions }
            }
        case .body: break
        }
        if place == .lede || place == .body { body += weight }
        seen.places |= bit(place)
    }
}
