internal import WirewatchKit
internal import WirewatchText

/// The terms of one topic as they are read, each once.
struct TermList {
    private(set) var all: [ClassifyOptions.WeightedTerm] = []

    /// What two entries must differ in not to be the same.
    private struct Key: Hashable {
        var spelling: String
        /// As written, where case matters.
        var written: String?
        var context: ClassifyOptions.Context?
        var languages: [String]
    }

    /// For each key its place in ``all``, where it is written, and in which map of options.
    private var known: [Key: (number: Int, place: SourceLocation, map: Int)] = [:]
    private var places: [SourceLocation] = []
    private var map = 0
    private var isExtension = false

    /// Begins another map of options; terms of an extension replace those of before.
    mutating func begin(isExtension: Bool) {
        map += 1
        self.isExtension = isExtension
    }

    /// Adds the terms of a map with weight and conditions.
    mutating func add(_ group: OptionReader, _ scope: TermScope) {
        let terms = group.list("term").compactMap { value in OptionReader.text(value).map { ($0, value.location) } }
        let context = scope.context(group, of: terms.map(\.0))
        let languages = scope.languages(group)
        if !languages.isEmpty,
            !LanguageSet.share(
                languages, scope.reader.list("languages").compactMap(OptionReader.text).map { $0.lowercased() })
        {
            group.report(
                "the languages of the terms are none of the topic's, so that they would never count",
                at: group.location("languages"))
        }
        for (text, place) in terms {
            let term = ClassifyOptions.WeightedTerm(
                term: Term(text, isCaseSensitive: group.bool("case")), weight: group.number("weight") ?? 1,
                context: context, languages: languages)
            add(text, term, at: place, scope)
        }
    }

    mutating func add(
        _ text: String, _ term: ClassifyOptions.WeightedTerm, at place: SourceLocation, _ scope: TermScope
    ) {
        guard let spelling = term.term.spellings.first else {
            scope.reader.report(
                "the term '\(text)' of topic '\(scope.topic)' \(term.term.problem ?? "finds nothing")", at: place)
            return
        }
        let key = Key(
            spelling: spelling, written: term.term.isCaseSensitive ? text : nil, context: term.context,
            languages: term.languages)
        if let first = known[key] {
            guard isExtension, first.map != map else {
                let before = all[first.number]
                let name = before.term.text == text ? "" : " as '\(before.term.text)'"
                scope.reader.report(
                    before.weight == term.weight
                        ? "the term '\(text)' of topic '\(scope.topic)' was given before\(name), in line \(first.place.line); "
                            + "remove one"
                        : "the term '\(text)' of topic '\(scope.topic)' was given before\(name), in line \(first.place.line), with "
                            + "the weight \(shown(before.weight)) in place of \(shown(term.weight)); keep one",
                    at: place)
                return
            }
            all[first.number] = term
            places[first.number] = place
            known[key] = (first.number, place, map)
            return
        }
        known[key] = (all.count, place, map)
        all.append(term)
        places.append(place)
    }

    // MARK: Checking

    /// Reports the terms that never count, for another takes their place or vetoes the topic.
    func check(_ topic: ClassifyOptions.TopicOptions, _ reader: OptionReader) {
        var excluded: Set<String> = []
        for text in topic.excluded { excluded.formUnion(Term(text).spellings.prefix(1)) }
        let required = topic.required.compactMap { Term($0).spellings.first }
        if !required.isEmpty, excluded.isSuperset(of: required) {
            reader.report(
                "topic '\(topic.id)' excludes all of its 'required' terms, so it would never be found",
                at: reader.location("excluded"))
        }
        // For each plural of a term that counts everywhere, the first such term.
        var plurals: [String: Int] = [:]
        for (number, entry) in all.enumerated() {
            let spellings = entry.term.spellings
            guard let spelling = spellings.first else { continue }
            if excluded.contains(spelling) {
                reader.report(
                    "the term '\(entry.term.text)' tells of topic '\(topic.id)' and excludes it, so that it would never count; "
                        + "remove one", at: places[number])
            }
            if let first = plurals[spelling] {
                reader.warn(
                    "the term '\(entry.term.text)' of topic '\(topic.id)' adds nothing, for '\(all[first].term.text)' in line "
                        + "\(places[first].line) finds its plural too; remove one", at: places[number])
            }
            guard entry.context == nil, entry.languages.isEmpty, !entry.term.isCaseSensitive else { continue }
            for plural in spellings.dropFirst() where plurals[plural] == nil { plurals[plural] = number }
        }
    }
}
