internal import WirewatchKit

/// The mentions of one article by entity, with roles, and in words.
struct EntityReport {
    private struct Group {
        /// As in ``Mention/entity``.
        var entity: Int32
        var count = 1
        var score = EntityScore()
        var spans: [TextSpan] = []
    }

    private let scratch: Scratch
    private let watchlist: Watchlist
    private let threshold: Double
    private let bodyBytes: Int
    private var bodyMentions = 0
    private var groups: [Group] = []

    init(_ scratch: Scratch, _ watchlist: Watchlist, bodyBytes: Int, threshold: Double) {
        self.scratch = scratch
        self.watchlist = watchlist
        self.threshold = threshold
        self.bodyBytes = bodyBytes
        var slots = [Int32](repeating: -1, count: watchlist.entries.count + scratch.discovered.count)
        for mention in scratch.mentions {
            let slot = slots[Int(mention.entity)]
            if slot < 0 {
                slots[Int(mention.entity)] = Int32(groups.count)
                groups.append(Group(entity: mention.entity))
            } else {
                groups[Int(slot)].count += 1
            }
        }
        for group in groups.indices { groups[group].spans.reserveCapacity(groups[group].count) }
        var part = 0
        for mention in scratch.mentions {
            while part + 1 < scratch.fields.count, scratch.fields[part + 1].range.lowerBound <= Int(mention.start) {
                part += 1
            }
            let place = scratch.fields[part]
            let start = Int(mention.start) - place.range.lowerBound
            let span = TextSpan(place.field, start..<start + Int(mention.end - mention.start))
            let slot = Int(slots[Int(mention.entity)])
            groups[slot].spans.append(span)
            groups[slot].score.add(span)
            if place.field == .body { bodyMentions += 1 }
        }
    }

    // MARK: Entities

    /// The strongest first.
    var entities: [Entity] {
        let identities = identities
        return ranking.map { entity(groups[$0.group], identities[$0.group], $0.score) }
    }

    private typealias Identity = (id: String, name: String, type: String)

    /// The groups in the order of their scores, then of the text.
    private var ranking: [(group: Int, score: Double)] {
        var ranking = groups.indices.map { number in
            let parts = groups[number].score.parts(bodyBytes: bodyBytes, all: bodyMentions)
            return (group: number, score: EntityScore.score(points: parts.total, threshold: threshold))
        }
        ranking.sort { $0.score == $1.score ? $0.group < $1.group : $0.score > $1.score }
        return ranking
    }

    private func entity(_ group: Group, _ identity: Identity, _ score: Double) -> Entity {
        Entity(
            id: identity.id, name: identity.name, type: identity.type, role: score >= 0.5 ? .subject : .mention,
            score: score, mentions: group.spans)
    }

    private var identities: [Identity] {
        var introduced: Set<String> = []
        return groups.map { group in
            guard let found = scratch.discovered(of: group.entity, watchlist) else {
                let entry = watchlist.entries[Int(group.entity)]
                return (entry.id, entry.name, entry.type.rawValue)
            }
            let base = watchlist.ids.contains(found.id) ? "\(found.id)-\(found.type.rawValue)" : found.id
            // Two people known by one surname alone.
            var id = base
            var number = 1
            while !introduced.insert(id).inserted {
                number += 1
                id = "\(base)-\(number)"
            }
            return (id, found.name, found.type.rawValue)
        }
    }

    // MARK: Explaining

    var explanation: Explanation {
        let identities = identities
        let ranked = ranking.map { item in
            (group: groups[item.group], entity: entity(groups[item.group], identities[item.group], item.score))
        }
        let subjects = ranked.count { $0.entity.role == .subject }
        var children = ranked.map { explanation($0.entity, $0.group) }
        children += scratch.refusals.prefix(50).map(explanation)
        return Explanation(
            "entities",
            detail: "\(ranked.count) found, \(subjects) of them subjects; \(scratch.refusals.count) names not counted",
            children: children)
    }

    private func explanation(_ entity: Entity, _ group: Group) -> Explanation {
        let parts = group.score.parts(bodyBytes: bodyBytes, all: bodyMentions)
        var detail =
            "\(entity.role.rawValue), score \(rounded(entity.score)): \(rounded(parts.total)) points of \(rounded(threshold)) "
            + "(title \(rounded(parts.title)), lede \(rounded(parts.lede)), tags and captions \(rounded(parts.side)), "
            + "density \(rounded(parts.density)), share \(rounded(parts.share)))"
        if let found = scratch.discovered(of: group.entity, watchlist) {
            detail += "; introduced by '\(text(found.cue))'"
        }
        var ways: [(label: String, spans: [TextSpan])] = []
        for (mention, span) in zip(scratch.mentions.filter { $0.entity == group.entity }, group.spans) {
            let label = way(mention)
            if let slot = ways.firstIndex(where: { $0.label == label }) {
                ways[slot].spans.append(span)
            } else {
                ways.append((label, [span]))
            }
        }
        return Explanation(
            "\(entity.id) (\(entity.type))", held: true, detail: detail,
            children: ways.map { Explanation($0.label, detail: "\($0.spans.count) times", spans: $0.spans) })
    }

    private func way(_ mention: Mention) -> String {
        switch mention.origin {
        case .alias(let number):
            let condition = watchlist.aliases[Int(number)].condition
            let text = "alias '\(watchlist.text(of: Int(number)))'"
            if condition < 0 { return text }
            let isNamed = scratch.established[Int(mention.entity)] == scratch.article
            return text + (isNamed ? ", named in full elsewhere" : ", by the words around it")
        case .short(let number): return "short form '\(watchlist.text(of: Int(number)))' after the full name"
        case .introduced: return "introduced in the text"
        case .later: return "short form '\(text(mention.start..<mention.end))' of what the text introduced"
        }
    }

    private func explanation(_ refusal: Refusal) -> Explanation {
        let alias = watchlist.aliases[Int(refusal.alias)]
        let id = watchlist.entries[Int(alias.entity)].id
        let detail =
            switch refusal.reason {
            case .conditionFailed(missing: true): "none of the words of 'with' is there"
            case .conditionFailed(missing: false): "a word of 'not_with' is there"
            case .ambiguous: "other entities have this name, and nothing tells which"
            case .surname: "part of a person's name here, or elsewhere in the article"
            case .noFullName: "a short form, and no full name before it"
            }
        let place = scratch.part(at: refusal.start)
        let start = Int(refusal.start) - (place?.range.lowerBound ?? 0)
        return Explanation(
            "'\(text(refusal.start..<refusal.end))' as \(id)", held: false, detail: detail,
            spans: place.map { [TextSpan($0.field, start..<start + Int(refusal.end - refusal.start))] } ?? [])
    }

    private func text(_ range: Range<Int32>) -> String {
        String(decoding: scratch.buffer[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
    }

    private func rounded(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        let fraction = hundredths % 100
        if fraction == 0 { return String(hundredths / 100) }
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction % 10 == 0 ? fraction / 10 : fraction)"
    }
}
