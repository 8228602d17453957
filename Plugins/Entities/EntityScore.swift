internal import WirewatchKit

/// How much of an article is about an entity, from where and how often it is mentioned.
struct EntityScore {
    /// The parts of the score, in points.
    struct Parts {
        var title = 0.0
        var lede = 0.0
        var side = 0.0
        var density = 0.0
        var share = 0.0

        var total: Double { title + lede + side + density + share }
    }

    /// The bytes of the body that are its lede.
    private static let lede = 700
    /// Bytes of body below which density is not trusted.
    private static let shortestBody = 1500.0

    private var isInTitle = false
    private var isInSubtitle = false
    private var isInLede = false
    private var tags = 0
    private var captions = 0
    private var body = 0

    mutating func add(_ span: TextSpan) {
        switch span.field {
        case .title: isInTitle = true
        case .subtitle: isInSubtitle = true
        case .tag: tags += 1
        case .caption, .editorsNote: captions += 1
        case .body:
            body += 1
            if span.range.lowerBound < Self.lede { isInLede = true }
        }
    }

    /// The points of the mentions so far.
    ///
    /// - Parameter all: how many mentions of all entities the body has.
    func parts(bodyBytes: Int, all: Int) -> Parts {
        var parts = Parts()
        parts.title = isInTitle ? 2.5 : 0
        parts.lede = (isInSubtitle ? 1 : 0) + (isInLede ? 1 : 0)
        parts.side = min(Double(tags) * 0.75, 0.75) + min(Double(captions) * 0.4, 0.8)
        parts.density = min(Double(body) / (max(Double(bodyBytes), Self.shortestBody) / 1000), 3)
        // Of a few mentions a share says nothing.
        if body >= 3, all > 0 { parts.share = 2 * Double(body) / Double(all) }
        return parts
    }

    /// Points as a score from 0 to 1: half at the threshold, nearing 1 slowly.
    static func score(points: Double, threshold: Double) -> Double { points / (points + threshold) }
}
