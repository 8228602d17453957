internal import WirewatchText

/// The watched entities with all of their names, conditions and cue words in one matcher.
///
/// A class, for whatever looks at names holds it: a copy of the tables would count the references of each.
final class Watchlist: Sendable {
    /// What a term of the matcher means; one term may mean several things.
    enum Use: Sendable {
        /// Into ``aliases``.
        case alias(Int32)
        /// A phrase in which a name means something else.
        case exception
        /// A word that some condition looks for.
        case context
        case cue(Cue)
    }

    struct Alias: Sendable {
        /// Into ``entries``.
        var entity: Int32
        /// Into ``conditions``; negative for none.
        var condition: Int32 = -1
        /// Bytes of the alias: what is longer is a plural.
        var length: Int
        /// It counts only after a full name.
        var isShort = false
        /// The first or last word must begin with a capital, but in tags.
        var startsWithCapital = false
        var endsWithCapital = false
        /// Whether a plural is no name: `figures`, `the Jobses`.
        var refusesPlural = false
        /// Whether it is a name of one word, which may be somebody's surname.
        var isOneWord = false
    }

    struct Condition: Sendable {
        /// Terms of the matcher.
        var with: [Int32]
        var notWith: [Int32]
        var scope: EntitiesOptions.Condition.Scope
    }

    let entries: [EntitiesOptions.Entry]
    /// What is looked for.
    let terms: [Term]
    let aliases: [Alias]
    let conditions: [Condition]
    /// The ids of the watchlist, for names that are found without it.
    let ids: Set<String>
    /// For each term, where its uses begin in ``uses``; one entry more than there are terms.
    let starts: [Int32]
    let uses: [Use]

    init(_ options: EntitiesOptions) {
        var builder = Builder()
        for (number, entry) in options.entries.enumerated() { builder.add(entry, Int32(number)) }
        if !options.discovery.isEmpty {
            for (cue, words) in Cue.words(options.discovery) {
                for word in words { builder.use(Term(word), .cue(cue)) }
            }
        }
        entries = options.entries
        ids = Set(options.entries.map(\.id))
        terms = builder.terms
        aliases = builder.aliases
        conditions = builder.conditions
        var starts: [Int32] = [0]
        var uses: [Use] = []
        for list in builder.uses {
            uses += list
            starts.append(Int32(uses.count))
        }
        self.starts = starts
        self.uses = uses
    }

    /// The text of the alias that a mention was found by.
    func text(of alias: Int) -> String {
        for (term, text) in terms.enumerated() {
            for use in uses[Int(starts[term])..<Int(starts[term + 1])] {
                if case .alias(let number) = use, number == alias { return text.text }
            }
        }
        return ""
    }
}

extension Watchlist {
    private struct Builder {
        var terms: [Term] = []
        var uses: [[Use]] = []
        var aliases: [Alias] = []
        var conditions: [Condition] = []
        private var numbers: [Term: Int] = [:]

        @discardableResult
        mutating func use(_ term: Term, _ use: Use) -> Int32 {
            if let number = numbers[term] {
                uses[number].append(use)
                return Int32(number)
            }
            numbers[term] = terms.count
            terms.append(term)
            uses.append([use])
            return Int32(terms.count - 1)
        }

        /// A term that conditions look for; it may be one already, or a name.
        private mutating func context(_ text: String) -> Int32 {
            let term = Term(text)
            if let number = numbers[term] {
                let isKnown = uses[number].contains { if case .context = $0 { true } else { false } }
                if isKnown { return Int32(number) }
            }
            return use(term, .context)
        }

        mutating func add(_ entry: EntitiesOptions.Entry, _ number: Int32) {
            for alias in entry.aliases {
                var made = Alias(entity: number, length: alias.text.utf8.count)
                made.isOneWord = Words(alias.text).all.count == 1
                if alias.letters == .capital {
                    made.startsWithCapital = Letters.startsWithCapital(alias.text)
                    made.endsWithCapital = Letters.endsWithCapitalWord(alias.text)
                }
                if let condition = alias.condition {
                    made.condition = Int32(conditions.count)
                    made.refusesPlural = true
                    conditions.append(
                        Condition(
                            with: condition.with.map { context($0) }, notWith: condition.notWith.map { context($0) },
                            scope: condition.scope))
                }
                // `iPhones` are what they say; `Canvas` is not two of the firm Canva.
                made.refusesPlural = made.refusesPlural || entry.type != .product
                add(made, Term(alias.text, isCaseSensitive: alias.letters == .exact))
            }
            var short = entry.short
            if entry.type == .person, short.isEmpty, let surname = PersonName.surname(of: entry.name) {
                short.append(surname)
            }
            for text in short where !entry.aliases.contains(where: { $0.text == text && $0.condition == nil }) {
                var made = Alias(entity: number, length: text.utf8.count, isShort: true, refusesPlural: true)
                made.isOneWord = Words(text).all.count == 1
                add(made, Term(text, isCaseSensitive: true))
            }
            for text in entry.except { use(Term(text), .exception) }
        }

        private mutating func add(_ alias: Alias, _ term: Term) {
            use(term, .alias(Int32(aliases.count)))
            aliases.append(alias)
        }
    }
}
