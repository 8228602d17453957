internal import WirewatchText

/// Finds the names that a text introduces itself, around cue words: `said Jane Doe`, `the Institute of Physics`.
struct NameFinder {
    let watchlist: Watchlist
    let view: TextView

    /// Forms of names in one article; a text that introduces more is a list.
    private static let mostForms = 1000

    /// Adds names to `scratch.discovered` and their forms to `scratch.forms`.
    func find(_ scratch: inout Scratch) {
        // Organisations first: no person's name goes through them.
        for hit in scratch.cues {
            switch hit.cue {
            case .organisation:
                if let words = OrganisationName(around: hit, view, scratch, watchlist)?.words {
                    add(words, .organisation, hit, &scratch)
                }
            case .legalForm:
                if let words = OrganisationName(before: hit, view, scratch, watchlist)?.words {
                    add(words, .company, hit, &scratch)
                }
            default: continue
            }
        }
        for hit in scratch.cues {
            switch hit.cue {
            case .speech: readSpeech(hit, &scratch)
            case .role: readRole(hit, &scratch)
            case .honorific: readAfter(hit, isStrict: false, &scratch)
            case .surnamed: readSurnamed(hit, &scratch)
            default: continue
            }
        }
    }

    // MARK: People

    /// `said Jane Doe`, `Jane Doe told`.
    private func readSpeech(_ hit: CueHit, _ scratch: inout Scratch) {
        guard scratch.isInBody(Int32(view.words[Int(hit.word)].start)) else { return }
        readAfter(hit, isStrict: true, &scratch)
        let before = Int(hit.word) - 1
        if view.gap(before) == .space, let name = PersonName(endingAt: before, view) {
            add(name, hit, isStrict: true, &scratch)
        }
    }

    /// `CEO Jane Doe`, `Jane Doe, chief economist of`.
    private func readRole(_ hit: CueHit, _ scratch: inout Scratch) {
        let isInBody = scratch.isInBody(Int32(view.words[Int(hit.word)].start))
        // `Jane Doe, President Acme Norland`: the name stands before.
        let isApposition = view.gap(Int(hit.word) - 1) == .comma
        readAfter(hit, isStrict: !isInBody || isApposition, &scratch)
        guard isInBody else { return }
        var word = Int(hit.word) - 1
        let lowest = max(0, word - 7)
        while word >= lowest {
            switch view.gap(word) {
            case .comma:
                guard let name = PersonName(endingAt: word, view) else { return }
                // `In Springfield Heights, president ...`
                let before = name.first - 1
                let isPlace = view.gap(before) == .space && Self.placeWords.contains(view.words[before])
                if name.kind != .unknown || !isPlace && isOffice(hit) { add(name, hit, isStrict: false, &scratch) }
                return
            case .space, .hyphen, .possessive, .ampersand, .apostrophe: word -= 1
            case .stop, .other: return
            }
        }
    }

    /// Whether a role is written small, or says of what: no word of a title as in `Farming Manager 2020`.
    private func isOffice(_ hit: CueHit) -> Bool {
        let last = Int(hit.word + hit.wordCount) - 1
        if !view.isCapitalised(Int(hit.word)) || view.gap(last) == .comma { return true }
        return view.gap(last) == .space && Self.officeWords.contains(view.words[last + 1])
    }

    private static let officeWords = WordSet("of at for in and")
    private static let placeWords = WordSet("in at from near of to for outside across")

    private func readAfter(_ hit: CueHit, isStrict: Bool, _ scratch: inout Scratch) {
        let last = Int(hit.word + hit.wordCount) - 1
        var next = last + 1
        let gap = view.gap(last)
        guard gap == .space || gap == .stop && isHonorific(hit.cue) else { return }
        // `Director General Jane Doe`, `Professor Emeritus Jane Doe`: the next cue reads it.
        if view.isCapitalised(next), NameTables.stops.contains(view.words[next]) { next += 1 }
        guard next == last + 1 || view.gap(last + 1) == .space || view.gap(last + 1) == .stop else { return }
        if let name = PersonName(startingAt: next, view) { add(name, hit, isStrict: isStrict, &scratch) }
    }

    private func isHonorific(_ cue: Cue) -> Bool { if case .honorific = cue { true } else { false } }

    /// `an engineer surnamed Liu`.
    private func readSurnamed(_ hit: CueHit, _ scratch: inout Scratch) {
        let next = Int(hit.word) + 1
        guard view.gap(next - 1) == .space, PersonName.isPart(next, view), scratch.forms.count < Self.mostForms else {
            return
        }
        let word = view.words[next]
        let start = Int32(word.start)
        // Two of the same surname cannot be told apart by it; the first one takes the id.
        let entity = register(start, Int32(word.end), .person, hit, &scratch)
        scratch.forms.append(
            Form(
                entity: entity, start: start, end: Int32(word.end), wordCount: 1, hash: word.hash, since: start,
                isShort: true, isSurname: true))
    }

    private func add(_ name: PersonName, _ hit: CueHit, isStrict: Bool, _ scratch: inout Scratch) {
        if isStrict, name.kind == .unknown { return }
        let words = name.first...name.last
        guard !isTaken(words, &scratch), scratch.forms.count < Self.mostForms else { return }
        let start = Int32(view.words[name.first].start)
        let end = Int32(view.words[name.last].end)
        if scratch.forms.contains(where: {
            !$0.isShort && view.same(Int($0.start)..<Int($0.end), at: Int(start)) && $0.end - $0.start == end - start
        }) {
            return
        }
        let entity = register(start, end, .person, hit, &scratch)
        scratch.forms.append(
            Form(
                entity: entity, start: start, end: end, wordCount: Int32(words.count),
                hash: view.words[name.first].hash,
                since: -1, isShort: false, isSurname: false))
        let surname = name.surname
        scratch.forms.append(
            Form(
                entity: entity, start: Int32(view.words[surname.lowerBound].start),
                end: Int32(view.words[surname.upperBound].end), wordCount: Int32(surname.count),
                hash: view.words[surname.lowerBound].hash, since: end, isShort: true,
                isSurname: name.kind == .surnameFirst))
    }

    /// Whether a name of the watchlist or an organisation's stands in the same words.
    private func isTaken(_ words: ClosedRange<Int>, _ scratch: inout Scratch) -> Bool {
        let start = Int32(view.words[words.lowerBound].start)
        let end = Int32(view.words[words.upperBound].end)
        return scratch.mentions.contains { $0.start < end && $0.end > start }
            || scratch.forms.contains {
                !$0.isShort && $0.start < end && $0.end > start
                    && scratch.discovered(of: $0.entity, watchlist)?.type != .person
            }
    }

    // MARK: Registering

    private func add(_ words: ClosedRange<Int>, _ type: EntityType, _ hit: CueHit, _ scratch: inout Scratch) {
        let start = Int32(view.words[words.lowerBound].start)
        let end = Int32(view.words[words.upperBound].end)
        let isKnown = scratch.forms.contains {
            $0.end - $0.start == end - start && view.same(Int($0.start)..<Int($0.end), at: Int(start))
        }
        if isKnown || scratch.forms.count >= Self.mostForms { return }
        let entity = register(start, end, type, hit, &scratch)
        scratch.forms.append(
            Form(
                entity: entity, start: start, end: end, wordCount: Int32(words.count),
                hash: view.words[words.lowerBound].hash, since: -1, isShort: false, isSurname: false))
        if let acronym = Acronym.introduced(after: words, view) {
            scratch.forms.append(Acronym.form(of: entity, acronym, view))
        }
    }

    private func register(
        _ start: Int32, _ end: Int32, _ type: EntityType, _ hit: CueHit, _ scratch: inout Scratch
    ) -> Int32 {
        let cue = Int32(view.words[Int(hit.word)].start)..<Int32(view.words[Int(hit.word + hit.wordCount) - 1].end)
        let name = view.text(Int(start), Int(end))
        let id = Slug.make(name)
        // `Acme Widgets Inc` and `Acme Widgets, Inc` are one; two people of one surname are two.
        if case .surnamed = hit.cue {
        } else if let known = scratch.discovered.firstIndex(where: { $0.type == type && $0.id == id }) {
            return Int32(watchlist.entries.count + known)
        }
        scratch.discovered.append(Discovered(id: id, name: name, type: type, start: start, cue: cue))
        return Int32(watchlist.entries.count + scratch.discovered.count - 1)
    }
}

extension Scratch {
    /// The introduced name of an entity beyond the watchlist.
    func discovered(of entity: Int32, _ watchlist: Watchlist) -> Discovered? {
        let number = Int(entity) - watchlist.entries.count
        return discovered.indices.contains(number) ? discovered[number] : nil
    }
}
