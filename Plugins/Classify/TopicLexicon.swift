internal import WirewatchText

/// The terms of all topics as flat tables: what each means to which topic.
struct TopicLexicon: Sendable {
    /// What a term does where it stands.
    enum Role: UInt8, Sendable {
        /// It counts; `Use.target` is an entry.
        case entry
        /// `Use.target` is the topic.
        case required
        case excluded
        /// Other terms count only near it, or do not; `Use.target` is a list of such terms.
        case context
    }

    struct Use: Sendable {
        var target: Int32
        var role: Role
    }

    /// A term of one topic.
    struct Entry: Sendable {
        var topic: Int32
        /// Among the topic's terms.
        var term: Int32
        var weight: Double
        /// Into ``conditions``; negative for none.
        var condition: Int32 = -1
        /// Into ``languages``.
        var languages: Int32
        var isPrecise: Bool
    }

    /// What must and what must not stand near a term: lists of terms, negative for none.
    struct Condition: Sendable {
        var near: Int32
        var notNear: Int32
        var within: Int32
    }

    /// What judging a topic needs, apart from texts: nothing to count references of.
    struct Rules: Sendable {
        var threshold: Double
        var weights: ClassifyOptions.FieldWeights
        var minimum: ClassifyOptions.Minimum
        var requires: Bool
        /// Into ``languages``.
        var languages: Int32
        /// The topic that is found with this one; negative for none.
        var parent: Int32
    }

    let topics: [ClassifyOptions.TopicOptions]
    /// For each topic.
    private(set) var rules: [Rules] = []
    /// Each once; those whose case matters first, so that they take the place of others of the same letters.
    private(set) var terms: [Term] = []
    /// For each term, where its uses begin in ``uses``; one more than there are terms.
    private(set) var starts: [Int32] = [0]
    private(set) var uses: [Use] = []
    private(set) var entries: [Entry] = []
    /// For each entry, its term as the configuration writes it.
    private(set) var texts: [String] = []
    private(set) var conditions: [Condition] = []
    /// Lists of languages; the first is empty, for all.
    private(set) var languages: [[String]] = [[]]

    private var numbers: [Term: Int] = [:]
    private var contexts: [Set<String>: Int32] = [:]

    init(_ topics: [ClassifyOptions.TopicOptions]) {
        self.topics = topics
        for isCaseSensitive in [true, false] {
            for topic in topics {
                for term in topic.terms where term.term.isCaseSensitive == isCaseSensitive { number(term.term) }
            }
        }
        var all: [(term: Int, use: Use)] = []
        for (number, topic) in topics.enumerated() { add(topic, Int32(number), &all) }
        var lists = [[Use]](repeating: [], count: terms.count)
        for (term, use) in all { lists[term].append(use) }
        for list in lists {
            uses += list
            starts.append(Int32(uses.count))
        }
    }

    private mutating func add(
        _ topic: ClassifyOptions.TopicOptions, _ number: Int32, _ all: inout [(term: Int, use: Use)]
    ) {
        let parent = topic.includesParent ? topics.firstIndex { $0.id == topic.parent } : nil
        rules.append(
            Rules(
                threshold: topic.threshold, weights: topic.fieldWeights, minimum: topic.minimum,
                requires: !topic.required.isEmpty, languages: languages(topic.languages), parent: Int32(parent ?? -1)))
        for (place, term) in topic.terms.enumerated() {
            var entry = Entry(
                topic: number, term: Int32(place), weight: term.weight, languages: languages(term.languages),
                isPrecise: !term.isVague)
            if let context = term.context {
                entry.condition = Int32(conditions.count)
                conditions.append(
                    Condition(
                        near: list(context.near, &all), notNear: list(context.notNear, &all),
                        within: Int32(context.within)))
            }
            all.append((self.number(term.term), Use(target: Int32(entries.count), role: .entry)))
            entries.append(entry)
            texts.append(term.term.text)
        }
        for text in topic.required { all.append((self.number(Term(text)), Use(target: number, role: .required))) }
        for text in topic.excluded { all.append((self.number(Term(text)), Use(target: number, role: .excluded))) }
    }

    /// The number of a list of terms that others depend on, shared by equal ones; negative for an empty one.
    private mutating func list(_ texts: [String], _ all: inout [(term: Int, use: Use)]) -> Int32 {
        if texts.isEmpty { return -1 }
        let key = Set(texts)
        if let known = contexts[key] { return known }
        let made = Int32(contexts.count)
        contexts[key] = made
        for text in key.sorted() { all.append((number(Term(text)), Use(target: made, role: .context))) }
        return made
    }

    private mutating func languages(_ list: [String]) -> Int32 {
        if let known = languages.firstIndex(of: list) { return Int32(known) }
        languages.append(list)
        return Int32(languages.count - 1)
    }

    @discardableResult
    private mutating func number(_ term: Term) -> Int {
        if let known = numbers[term] { return known }
        numbers[term] = terms.count
        terms.append(term)
        return terms.count - 1
    }
}
