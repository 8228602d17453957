internal import WirewatchKit

/// How a topic's terms in one article add up to a score.
///
/// Points come from the title, the lede, the density of hits in the body and the number of distinct terms: the parts
/// that editors go by. Precise and vague terms are added up apart, for vague ones count at most as much as precise.
struct TopicScore {
    /// Where a term occurs, which says how much it tells.
    enum Place: Int, Comparable {
        case title, subtitle, lede, tag, caption, body

        static func < (a: Place, b: Place) -> Bool { a.rawValue < b.rawValue }
    }

    /// One occurrence of one of the topic's terms.
    struct Hit {
        /// Index among the topic's terms.
        var term: Int
        var weight: Double
        var place: Place
        var span: TextSpan
    }

    /// The parts of the score, in points.
    struct Parts {
        var title = 0.0
        var lede = 0.0
        var density = 0.0
        var distinct = 0.0

        var total: Double { title + lede + density + distinct }
    }

    var hits: [Hit] = []
    /// A required term is missing, or an excluded one is there; nil when the terms alone decide.
    var veto: String?

    /// Bytes of body below which density is not trusted: two hits in three lines are no density.
    private static let shortestBody = 1500.0

    /// The points of the topic's hits.
    func parts(bodyBytes: Int, titleWeight: Double) -> Parts {
        let precise = parts(bodyBytes: bodyBytes, titleWeight: titleWeight) { $0 >= ClassifyOptions.preciseWeight }
        guard precise.total > 0 else { return Parts() }
        let vague = parts(bodyBytes: bodyBytes, titleWeight: titleWeight) { $0 < ClassifyOptions.preciseWeight }
        let share = vague.total > precise.total ? precise.total / vague.total : 1
        return Parts(
            title: precise.title + share * vague.title, lede: precise.lede + share * vague.lede,
            density: precise.density + share * vague.density, distinct: precise.distinct + share * vague.distinct)
    }

    private func parts(bodyBytes: Int, titleWeight: Double, _ counts: (Double) -> Bool) -> Parts {
        var title: [Int: Double] = [:]
        var lede: [Int: Double] = [:]
        var side: [Int: Double] = [:]
        var all: [Int: Double] = [:]
        var body = 0.0
        for hit in hits where counts(hit.weight) {
            all[hit.term] = hit.weight
            switch hit.place {
            case .title: title[hit.term] = hit.weight
            case .subtitle, .lede: lede[hit.term] = hit.weight
            case .tag, .caption: side[hit.term] = hit.weight * (hit.place == .tag ? 0.75 : 0.4)
            case .body: break
            }
            if hit.place == .lede || hit.place == .body { body += hit.weight }
        }
        func sum(_ weights: [Int: Double]) -> Double { weights.values.reduce(0, +) }
        let kilobytes = max(Double(bodyBytes), Self.shortestBody) / 1000
        return Parts(
            title: titleWeight * min(sum(title), 2), lede: min(sum(lede), 3) + min(sum(side), 2),
            density: min(body / kilobytes, 4), distinct: 0.5 * min(sum(all), 6))
    }

    /// Points as a score from 0 to 1: half at the threshold, nearing 1 slowly.
    static func score(points: Double, threshold: Double) -> Double { points / (points + threshold) }
}
