internal import WirewatchKit
internal import WirewatchText

/// Finds the mentions of entities in one article: first the names of the watchlist, then the names that the text
/// introduces, then their short forms.
struct EntityFinder: Sendable {
    let watchlist: Watchlist
    private let terms: SearchedTerms

    init(_ options: EntitiesOptions, _ search: TermSearch) {
        watchlist = Watchlist(options)
        terms = search.add(watchlist.terms)
    }

    /// Finds the mentions, and calls `body` with them in the order of the text.
    ///
    /// What ``Scratch/buffer`` has is there inside `body` alone.
    func find<Result>(_ article: Article, _ scratch: inout Scratch, _ body: (Scratch) -> Result) -> Result {
        scratch.reset(terms: watchlist.terms.count, entities: watchlist.entries.count)
        return terms.find(in: article) { text, matches in
            scratch.fields.append(contentsOf: text.parts)
            scratch.measureFields()
            text.bytes.withUnsafeBufferPointer { bytes in
                text.words.all.withUnsafeBufferPointer { all in
                    let view = TextView(bytes: bytes, words: all)
                    collect(matches, view, &scratch)
                    establish(&scratch)
                    findSurnames(view, &scratch)
                    resolve(view, &scratch)
                    NameFinder(watchlist: watchlist, view: view).find(&scratch)
                    LaterMentions(watchlist: watchlist, view: view).find(&scratch)
                }
            }
            scratch.buffer = text.bytes
            // Given up before the search writes the next article into it, which would copy it otherwise.
            defer { scratch.buffer = [] }
            return body(scratch)
        }
    }

    // MARK: Names of the watchlist

    private func collect(_ matches: [TermMatch], _ view: TextView, _ scratch: inout Scratch) {
        let tags = scratch.tagStart
        for match in matches {
            for number in Int(watchlist.starts[match.term])..<Int(watchlist.starts[match.term + 1]) {
                switch watchlist.uses[number] {
                case .alias(let alias):
                    guard isWritten(watchlist.aliases[Int(alias)], match, view, isTag: match.range.lowerBound >= tags)
                    else { continue }
                    scratch.hits.append(Hit(match, alias: alias))
                case .exception: scratch.hits.append(Hit(match, alias: -1))
                case .context:
                    scratch.see(Int32(match.term), at: Int32(match.range.lowerBound))
                case .cue(let cue):
                    scratch.cues.append(CueHit(word: Int32(match.word), wordCount: Int32(match.wordCount), cue: cue))
                }
            }
        }
    }

    /// Whether the text has the capitals that the alias asks for, and no plural where that would be another word.
    private func isWritten(_ alias: Watchlist.Alias, _ match: TermMatch, _ view: TextView, isTag: Bool) -> Bool {
        let range = match.range
        // `US$`, `HK$`: a currency.
        if range.upperBound < view.bytes.count, view.bytes[range.upperBound] == 0x24 { return false }
        if alias.refusesPlural, range.count > alias.length, view.bytes[range.upperBound - 1] | 0x20 == 0x73 {
            return false
        }
        if isTag { return true }
        if alias.startsWithCapital, !Letters.isCapital(view.bytes, range.lowerBound) { return false }
        return !alias.endsWithCapital || view.isCapitalised(match.word + match.wordCount - 1)
    }

    /// Notes the entities that a name without conditions names.
    private func establish(_ scratch: inout Scratch) {
        var reach: Int32 = -1
        for hit in scratch.hits where hit.end > reach {
            if hit.alias >= 0 {
                let alias = watchlist.aliases[Int(hit.alias)]
                guard alias.condition < 0, !alias.isShort else { continue }
                let entity = Int(alias.entity)
                if scratch.established[entity] != scratch.article {
                    scratch.established[entity] = scratch.article
                    scratch.firstFull[entity] = hit.start
                }
            }
            reach = hit.end
        }
    }

    /// Notes the ambiguous names that are part of a person's somewhere: `Henry Ford`, and then `Ford` for him.
    private func findSurnames(_ view: TextView, _ scratch: inout Scratch) {
        for hit in scratch.hits where hit.alias >= 0 {
            let alias = watchlist.aliases[Int(hit.alias)]
            guard alias.isOneWord, alias.condition >= 0, NameContext.isOfPerson(hit, view, scratch) else { continue }
            scratch.surnames.append(hit.alias)
        }
    }

    /// Decides which names count, the longest first; a name inside a longer one only where a possessive sets it apart.
    private func resolve(_ view: TextView, _ scratch: inout Scratch) {
        var reach: Int32 = -1
        var next = 0
        while next < scratch.hits.count {
            let first = scratch.hits[next]
            var end = next + 1
            while end < scratch.hits.count, scratch.hits[end].start == first.start, scratch.hits[end].end == first.end {
                end += 1
            }
            defer { next = end }
            let isInside = first.end <= reach
            if isInside, !view.isPossessive(after: Int(first.end)) { continue }
            if isException(next..<end, scratch) {
                reach = max(reach, first.end)
                continue
            }
            guard let hit = choose(next..<end, view, &scratch) else { continue }
            let alias = watchlist.aliases[Int(hit.alias)]
            if isInside, alias.condition >= 0 || alias.isShort { continue }
            reach = max(reach, hit.end)
            scratch.mentions.append(
                Mention(
                    start: hit.start, end: hit.end, word: hit.word, wordCount: hit.wordCount, entity: alias.entity,
                    origin: alias.isShort ? .short(hit.alias) : .alias(hit.alias)))
        }
    }

    private func isException(_ group: Range<Int>, _ scratch: Scratch) -> Bool {
        for number in group where scratch.hits[number].alias < 0 { return true }
        return false
    }

    /// The one of several names in the same place that counts; nil when none does, or when nothing tells which.
    private func choose(_ group: Range<Int>, _ view: TextView, _ scratch: inout Scratch) -> Hit? {
        var best: Hit?
        var bestRank = 0
        var isAmbiguous = false
        for number in group {
            let hit = scratch.hits[number]
            guard let rank = rank(hit, view, &scratch) else { continue }
            if let found = best, watchlist.aliases[Int(found.alias)].entity == watchlist.aliases[Int(hit.alias)].entity
            {
                if rank <= bestRank { continue }
            } else if rank == bestRank {
                isAmbiguous = true
            }
            if rank > bestRank { (best, bestRank, isAmbiguous) = (hit, rank, false) }
        }
        guard isAmbiguous else { return best }
        if scratch.isTracing, let hit = best {
            scratch.refusals.append(Refusal(start: hit.start, end: hit.end, alias: hit.alias, reason: .ambiguous))
        }
        return nil
    }

    /// How surely a name means its entity: 3 when the article names it in full elsewhere, 2 by the words around,
    /// 1 by default; nil when it does not.
    private func rank(_ hit: Hit, _ view: TextView, _ scratch: inout Scratch) -> Int? {
        let alias = watchlist.aliases[Int(hit.alias)]
        let entity = Int(alias.entity)
        let isEstablished = scratch.established[entity] == scratch.article
        if alias.isShort {
            let isLater = hit.start > scratch.firstFull[entity] || !scratch.isInBody(hit.start)
            guard isEstablished, isLater else {
                refuse(hit, .noFullName, &scratch)
                return nil
            }
            if watchlist.entries[entity].type == .person, !NameContext.isSurname(hit, view, scratch) { return nil }
            return 3
        }
        guard alias.condition >= 0 else { return isEstablished ? 3 : 1 }
        if alias.isOneWord, !isEstablished,
            scratch.surnames.contains(hit.alias) || NameContext.isOfPerson(hit, view, scratch)
        {
            refuse(hit, .surname, &scratch)
            return nil
        }
        let condition = watchlist.conditions[Int(alias.condition)]
        if !condition.notWith.isEmpty, occurs(condition.notWith, condition.scope, hit, view, scratch) {
            refuse(hit, .conditionFailed(missing: false), &scratch)
            return nil
        }
        if isEstablished { return 3 }
        if condition.with.isEmpty { return 1 }
        if occurs(condition.with, condition.scope, hit, view, scratch) { return 2 }
        refuse(hit, .conditionFailed(missing: true), &scratch)
        return nil
    }

    private func refuse(_ hit: Hit, _ reason: Refusal.Reason, _ scratch: inout Scratch) {
        guard scratch.isTracing else { return }
        scratch.refusals.append(Refusal(start: hit.start, end: hit.end, alias: hit.alias, reason: reason))
    }

    // MARK: Conditions

    /// Whether one of the terms stands within the scope of a name, and outside the name itself.
    private func occurs(
        _ terms: [Int32], _ scope: EntitiesOptions.Condition.Scope, _ hit: Hit, _ view: TextView, _ scratch: Scratch
    ) -> Bool {
        switch scope {
        case .article:
            return terms.contains { term in
                let seen = scratch.seen[Int(term)]
                return seen.article == scratch.article && (seen.first < hit.start || seen.last >= hit.end)
            }
        case .sentence:
            let range = view.sentence(around: Int(hit.start), Int(hit.end))
            return occurs(terms, range, hit, scratch)
        case .words(let count):
            let low = max(0, Int(hit.word) - count)
            let high = min(view.words.count, Int(hit.word + hit.wordCount) + count) - 1
            return occurs(terms, Int(view.words[low].start)..<Int(view.words[high].end), hit, scratch)
        }
    }

    /// Whether one of the terms begins in a range of the buffer, and outside the name itself.
    private func occurs(_ terms: [Int32], _ range: Range<Int>, _ hit: Hit, _ scratch: Scratch) -> Bool {
        var low = 0
        var high = scratch.contexts.count
        while low < high {
            let middle = (low + high) / 2
            if Int(scratch.contexts[middle].start) < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        while low < scratch.contexts.count, Int(scratch.contexts[low].start) < range.upperBound {
            let context = scratch.contexts[low]
            if context.start < hit.start || context.start >= hit.end, terms.contains(context.term) { return true }
            low += 1
        }
        return false
    }
}

extension Hit {
    init(_ match: TermMatch, alias: Int32) {
        self.init(
            start: Int32(match.range.lowerBound), end: Int32(match.range.upperBound), word: Int32(match.word),
            wordCount: Int32(match.wordCount), alias: alias)
    }
}

extension Scratch {
    /// Notes where the fields lie that are asked for again and again.
    mutating func measureFields() {
        bodyRange = 0..<0
        tagStart = .max
        for part in fields {
            if part.field == .body { bodyRange = part.range }
            if case .tag = part.field { tagStart = min(tagStart, part.range.lowerBound) }
        }
    }

    func isInBody(_ at: Int32) -> Bool { bodyRange.contains(Int(at)) }

    /// The field that holds an offset.
    func part(at offset: Int32) -> ArticleText.Part? { fields.last { $0.range.lowerBound <= Int(offset) } }
}
