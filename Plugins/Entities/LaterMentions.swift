internal import WirewatchText

/// Finds every mention of the names that the text introduced, by their full and short forms, and of acronyms that it
/// gave names of the watchlist.
struct LaterMentions {
    let watchlist: Watchlist
    let view: TextView

    func find(_ scratch: inout Scratch) {
        addAcronyms(&scratch)
        guard !scratch.forms.isEmpty else { return }
        var mask: UInt64 = 0
        for form in scratch.forms { mask |= 1 &<< (form.hash & 63) }
        var added: [Mention] = []
        var reach: Int32 = -1
        for word in 0..<view.words.count where mask &>> (view.words[word].hash & 63) & 1 != 0 {
            guard Int32(view.words[word].start) >= reach, let mention = mention(at: word, scratch) else { continue }
            reach = mention.end
            added.append(mention)
        }
        merge(added, &scratch)
    }

    private func addAcronyms(_ scratch: inout Scratch) {
        for mention in scratch.mentions
        where view.bytes.count > Int(mention.end) + 1 && view.bytes[Int(mention.end) + 1] == 0x28 {
            let words = Int(mention.word)...Int(mention.word + mention.wordCount) - 1
            if let acronym = Acronym.introduced(after: words, view) {
                scratch.forms.append(Acronym.form(of: mention.entity, acronym, view))
            }
        }
    }

    /// The longest form that stands at a word and counts there; nil where several entities share it.
    private func mention(at word: Int, _ scratch: Scratch) -> Mention? {
        var best: Form?
        var isAmbiguous = false
        for form in scratch.forms where form.hash == view.words[word].hash && stands(form, word, scratch) {
            if let found = best {
                if form.wordCount < found.wordCount { continue }
                if form.wordCount == found.wordCount {
                    isAmbiguous = isAmbiguous || form.entity != found.entity
                    continue
                }
            }
            (best, isAmbiguous) = (form, false)
        }
        guard let best, !isAmbiguous else { return nil }
        return Mention(
            start: Int32(view.words[word].start), end: Int32(view.words[word + Int(best.wordCount) - 1].end),
            word: Int32(word), wordCount: best.wordCount, entity: best.entity,
            origin: best.isShort ? .later : .introduced)
    }

    private func stands(_ form: Form, _ word: Int, _ scratch: Scratch) -> Bool {
        let start = Int(view.words[word].start)
        let last = word + Int(form.wordCount) - 1
        guard last < view.words.count, Int(view.words[last].end) - start == Int(form.end - form.start),
            view.same(Int(form.start)..<Int(form.end), at: start)
        else { return false }
        guard form.isShort else { return true }
        let isInBody = scratch.isInBody(Int32(start))
        if isInBody, Int32(start) < form.since { return false }
        guard isPerson(form.entity, scratch) else { return true }
        return NameContext.isSurname(
            first: word, last: last, standsFirst: form.isSurname, view, isInBody: isInBody)
    }

    private func isPerson(_ entity: Int32, _ scratch: Scratch) -> Bool {
        if Int(entity) < watchlist.entries.count { return watchlist.entries[Int(entity)].type == .person }
        return scratch.discovered(of: entity, watchlist)?.type == .person
    }

    // MARK: Merging

    /// Adds mentions that lie in no other; inside an organisation's name only what is certain stays.
    private func merge(_ added: [Mention], _ scratch: inout Scratch) {
        guard !added.isEmpty else { return }
        var kept: [Mention] = []
        kept.reserveCapacity(scratch.mentions.count + added.count)
        var next = 0
        var inside: [Mention] = []
        for mention in added {
            while next < scratch.mentions.count, scratch.mentions[next].end <= mention.start {
                kept.append(scratch.mentions[next])
                next += 1
            }
            inside.removeAll(keepingCapacity: true)
            var isCovered = false
            var at = next
            while at < scratch.mentions.count, scratch.mentions[at].start < mention.end {
                let old = scratch.mentions[at]
                // Of two people of one surname nothing tells which.
                isCovered = isCovered || old.start <= mention.start && old.end >= mention.end
                inside.append(old)
                at += 1
            }
            if isCovered { continue }
            next = at
            kept.append(mention)
            if !isPerson(mention.entity, scratch) {
                for old in inside where isCertain(old) { kept.append(old) }
            }
        }
        kept += scratch.mentions[next...]
        scratch.mentions = kept
    }

    /// By a name that needs no condition.
    private func isCertain(_ mention: Mention) -> Bool {
        if case .alias(let alias) = mention.origin { watchlist.aliases[Int(alias)].condition < 0 } else { false }
    }
}
