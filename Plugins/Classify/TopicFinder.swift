internal import WirewatchKit
internal import WirewatchText

/// Finds the terms of all topics in an article and adds them up for each topic.
struct TopicFinder: Sendable {
    let lexicon: TopicLexicon
    private let terms: SearchedTerms

    init(_ topics: [ClassifyOptions.TopicOptions], _ search: TermSearch) {
        lexicon = TopicLexicon(topics)
        terms = search.add(lexicon.terms)
    }

    /// Leaves the tally of every topic in `scratch`, and the occurrences that count, in the order of the text.
    func find(_ article: Article, _ scratch: inout TopicScratch) {
        scratch.reset(lexicon, article.language)
        terms.find(in: article) { text, matches in
            scratch.parts.removeAll(keepingCapacity: true)
            scratch.parts.append(contentsOf: text.parts)
            scratch.bodyBytes = text.parts.first { $0.field == .body }?.range.count ?? 0
            if !lexicon.conditions.isEmpty { findContexts(matches, text.parts, &scratch) }
            collect(matches, text, &scratch)
        }
    }

    private func collect(_ matches: [TermMatch], _ text: ArticleText, _ scratch: inout TopicScratch) {
        // Taken once: a property of another module's class is asked for at some cost.
        let parts = text.parts
        var part = -1
        var partEnd = -1
        var place: TermPlace? = TermPlace.title
        var ledeEnd = 0
        for match in matches {
            while match.range.lowerBound >= partEnd, part + 1 < parts.count {
                part += 1
                partEnd = parts[part].range.upperBound
                place = Self.place(parts[part].field)
                if place == .body { ledeEnd = Self.ledeEnd(text.bytes, parts[part].range) }
            }
            // The publisher's note is no part of the article.
            guard var place else { continue }
            if place == .body, match.range.upperBound <= ledeEnd { place = .lede }
            for number in Int(lexicon.starts[match.term])..<Int(lexicon.starts[match.term + 1]) {
                let use = lexicon.uses[number]
                switch use.role {
                case .entry:
                    let hit = TopicHit(
                        entry: use.target, start: Int32(match.range.lowerBound), end: Int32(match.range.upperBound),
                        part: Int32(part), place: place)
                    count(hit, match, &scratch)
                case .required: scratch.tallies[Int(use.target)].hasRequired = true
                case .excluded: scratch.tallies[Int(use.target)].excludedBy = Int32(match.term)
                case .context: break
                }
            }
        }
    }

    private func count(_ hit: TopicHit, _ match: TermMatch, _ scratch: inout TopicScratch) {
        let entry = lexicon.entries[Int(hit.entry)]
        let topic = Int(entry.topic)
        // Inside a longer term of the same topic: 'robot' in 'humanoid robot'.
        guard hit.end > scratch.tallies[topic].reach else { return }
        let weights = lexicon.rules[topic].weights
        guard weights.counts(hit.place) else { return }
        guard scratch.isSpoken[Int(entry.languages)], scratch.isSpoken[Int(lexicon.rules[topic].languages)],
            entry.condition < 0 || holds(lexicon.conditions[Int(entry.condition)], match, hit.part, scratch)
        else {
            if scratch.isTracing { scratch.refused.append(hit) }
            return
        }
        var seen = scratch.seen[Int(hit.entry)]
        if seen.article != scratch.article { seen = .init(article: scratch.article) }
        scratch.tallies[topic].add(hit, entry, weights, &seen)
        scratch.seen[Int(hit.entry)] = seen
        scratch.hits.append(hit)
    }

    private static func place(_ field: TextField) -> TermPlace? {
        switch field {
        case .title: .title
        case .subtitle: .subtitle
        case .caption: .caption
        case .tag: .tag
        case .body: .body
        case .editorsNote: nil
        }
    }

    /// Where the lede ends: after the second paragraph, but not before byte 600 nor after byte 1,200 of the body.
    private static func ledeEnd(_ bytes: [UInt8], _ body: Range<Int>) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            let last = min(body.upperBound, body.lowerBound + 1200) - 1
            var breaks = 0
            var at = body.lowerBound
            while at < last {
                if bytes[at] == 0x0A && bytes[at + 1] == 0x0A {
                    breaks += 1
                    if breaks >= 2 { return max(at, body.lowerBound + 600) }
                }
                at += 1
            }
            return body.lowerBound + 1200
        }
    }

    // MARK: Nearness

    private func findContexts(_ matches: [TermMatch], _ parts: [ArticleText.Part], _ scratch: inout TopicScratch) {
        var part = -1
        var partEnd = -1
        for match in matches {
            while match.range.lowerBound >= partEnd, part + 1 < parts.count {
                part += 1
                partEnd = parts[part].range.upperBound
            }
            for number in Int(lexicon.starts[match.term])..<Int(lexicon.starts[match.term + 1])
            where lexicon.uses[number].role == .context {
                scratch.contexts.append(
                    ContextHit(
                        list: lexicon.uses[number].target, part: Int32(part), word: Int32(match.word),
                        last: Int32(match.word + match.wordCount - 1)))
            }
        }
    }

    /// Whether what must be near a term is, and what must not be is not, both outside the term itself.
    private func holds(
        _ condition: TopicLexicon.Condition, _ match: TermMatch, _ part: Int32, _ scratch: TopicScratch
    ) -> Bool {
        let (first, last) = (Int32(match.word), Int32(match.word + match.wordCount - 1))
        let (low, high) = (first - condition.within, last + condition.within)
        var isNear = condition.near < 0
        // The first that may reach into the range: a term has so many words at most.
        var from = 0
        var to = scratch.contexts.count
        while from < to {
            let middle = (from + to) / 2
            if scratch.contexts[middle].word < low - Int32(TermMatcher.maximumWords) {
                from = middle + 1
            } else {
                to = middle
            }
        }
        while from < scratch.contexts.count, scratch.contexts[from].word <= high {
            let context = scratch.contexts[from]
            from += 1
            guard context.last >= low, context.part == part, context.last < first || context.word > last else {
                continue
            }
            if context.list == condition.notNear { return false }
            if context.list == condition.near { isNear = true }
        }
        return isNear
    }
}

extension ClassifyOptions.FieldWeights {
    /// Whether terms count in a place at all.
    func counts(_ place: TermPlace) -> Bool {
        switch place {
        case .title: title > 0
        case .subtitle: lede > 0
        case .lede: lede > 0 || body > 0
        case .body: body > 0
        case .tag: tags > 0
        case .caption: captions > 0
        }
    }
}
