internal import WirewatchKit

/// Which occurrences of a topic's terms a record keeps.
enum EvidenceChoice {
    /// The first occurrence of every term, by weight and place; then the repeats, in the same order.
    static func evidence(
        _ topic: Int, _ lexicon: TopicLexicon, limit: Int, _ scratch: inout TopicScratch
    ) -> [TopicEvidence] {
        guard limit > 0 else { return [] }
        let entries = lexicon.entries
        for hit in scratch.hits where Int(entries[Int(hit.entry)].topic) == topic {
            let rank = rank(hit, entries[Int(hit.entry)].weight)
            if rank < scratch.seen[Int(hit.entry)].best { scratch.seen[Int(hit.entry)].best = rank }
        }
        scratch.ranked.removeAll(keepingCapacity: true)
        for (number, hit) in scratch.hits.enumerated() where Int(entries[Int(hit.entry)].topic) == topic {
            var rank = rank(hit, entries[Int(hit.entry)].weight)
            if rank != scratch.seen[Int(hit.entry)].best { rank |= 1 << 63 }
            insert(rank, Int32(number), limit, &scratch.ranked)
        }
        return scratch.ranked.map { ranked in
            let hit = scratch.hits[Int(ranked.hit)]
            return TopicEvidence(
                term: lexicon.texts[Int(hit.entry)], span: scratch.span(hit), weight: entries[Int(hit.entry)].weight)
        }
    }

    /// Smaller for the stronger, then the place, then the order of the text; the top bit is free.
    private static func rank(_ hit: TopicHit, _ weight: Double) -> UInt64 {
        let strength = Float(strength(hit, weight))
        // Positive numbers are in the order of their bits. Offsets have 29 bits (ArticleText.mostBytes).
        let inverted = UInt64(~strength.bitPattern & 0x7FFF_FFFF)
        return inverted << 32 | UInt64(hit.place.rawValue) << 29 | UInt64(hit.start)
    }

    private static func strength(_ hit: TopicHit, _ weight: Double) -> Double {
        switch hit.place {
        case .title: weight * 3
        case .subtitle, .lede: weight * 1.5
        case .tag, .caption, .body: weight
        }
    }

    /// Keeps the `limit` smallest ranks, ascending.
    private static func insert(
        _ rank: UInt64, _ hit: Int32, _ limit: Int, _ ranked: inout [(rank: UInt64, hit: Int32)]
    ) {
        if ranked.count == limit {
            guard let last = ranked.last, rank < last.rank else { return }
            ranked.removeLast()
        }
        var at = ranked.count
        while at > 0, ranked[at - 1].rank > rank { at -= 1 }
        ranked.insert((rank, hit), at: at)
    }
}
