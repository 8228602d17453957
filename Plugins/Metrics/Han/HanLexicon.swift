import WirewatchKit

/// The words of ``HanTables``, found by their first character.
struct HanLexicon: Sendable {
    enum Tag: UInt8 {
        case unit, noun, classifier, denominator, rate, qualifier, afterQualifier, overVerb, rising, falling
        case reachingUp, reachingDown, filler, modality, report, period, horizon, cue
    }

    struct Word: Sendable {
        var bytes: [UInt8]
        var tag: Tag
        /// Index into the values of its tag: units, names, qualifiers, modalities or kinds.
        var value: Int
    }

    private(set) var words: [Word] = []
    private(set) var units: [Unit] = []
    private(set) var names: [String] = []
    private var byLead: [UInt32: [Int32]] = [:]

    static let qualifiers = Metric.Qualifier.allCases
    static let modalities = Metric.Modality.allCases

    /// - Parameters:
    ///   - units: names in Chinese that a user adds, with their units.
    ///   - kinds: the names of kinds by their index.
    ///   - cues: cue words in Chinese that a user adds, with the index of the kind.
    init(units extraUnits: [(name: String, unit: Unit)], kinds: [String], cues: [(String, Int)]) {
        for (name, unit) in extraUnits { add(name, .unit, index(of: unit)) }
        for (dimension, text) in HanTables.units {
            Self.lines(text) { code, words in
                let unit = index(of: Unit(code: code, dimension: dimension))
                for word in words { add(word, .unit, unit) }
            }
        }
        for (text, tag) in [
            (HanTables.nouns, Tag.noun), (HanTables.classifiers, .classifier), (HanTables.denominators, .denominator),
            (HanTables.rates, .rate),
        ] {
            Self.lines(text) { name, words in
                names.append(name)
                for word in words { add(word, tag, names.count - 1) }
            }
        }
        Self.lines(HanTables.kinds) { kind, words in
            guard let index = kinds.firstIndex(of: kind) else { return }
            for word in words { add(word, .cue, index) }
        }
        for (word, kind) in cues { add(word, .cue, kind) }
        for (qualifier, text) in HanTables.qualifiers { add(text, .qualifier, Self.qualifiers, qualifier) }
        for (qualifier, text) in HanTables.afterQualifiers { add(text, .afterQualifier, Self.qualifiers, qualifier) }
        for (modality, text) in HanTables.modalities { add(text, .modality, Self.modalities, modality) }
        for (tag, text) in [
            (Tag.overVerb, HanTables.overVerbs), (.rising, HanTables.rising), (.falling, HanTables.falling),
            (.reachingUp, HanTables.reachingUp), (.reachingDown, HanTables.reachingDown), (.filler, HanTables.fillers),
            (.report, HanTables.reports), (.period, HanTables.periods), (.horizon, HanTables.horizons),
        ] {
            for word in text.split(separator: " ") { add(String(word), tag, 0) }
        }
        // The longest word of those that begin alike comes first.
        for lead in byLead.keys { byLead[lead]?.sort { words[Int($0)].bytes.count > words[Int($1)].bytes.count } }
    }

    private static func lines(_ text: String, _ body: (String, [String]) -> Void) {
        for line in text.split(separator: "\n") {
            let halves = line.split(separator: ": ", maxSplits: 1)
            guard halves.count == 2 else { continue }
            body(String(halves[0]), halves[1].split(separator: " ").map(String.init))
        }
    }

    private mutating func index(of unit: Unit) -> Int {
        if let known = units.firstIndex(where: { $0.code == unit.code && $0.dimension == unit.dimension }) {
            return known
        }
        units.append(unit)
        return units.count - 1
    }

    private mutating func add<Value: Equatable>(_ text: String, _ tag: Tag, _ values: [Value], _ value: Value) {
        for word in text.split(separator: " ") { add(String(word), tag, values.firstIndex(of: value) ?? 0) }
    }

    private mutating func add(_ word: String, _ tag: Tag, _ value: Int) {
        let bytes = Array(word.lowercased().utf8)
        guard !bytes.isEmpty else { return }
        words.append(Word(bytes: bytes, tag: tag, value: value))
        byLead[Self.lead(bytes, 0, bytes.count), default: []].append(Int32(words.count - 1))
    }

    /// The first character's bytes, packed.
    static func lead(_ text: [UInt8], _ i: Int, _ end: Int) -> UInt32 {
        let first = text[i]
        let width = min(first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4, end - i)
        var key: UInt32 = 0
        for k in 0..<width { key = key << 8 | UInt32(text[i + k] | (text[i + k] < 0x80 ? 0x20 : 0)) }
        return key
    }

    /// The longest word with a tag at a place of the text; nil when there is none.
    func find(_ tag: Tag, _ text: [UInt8], _ i: Int, _ end: Int) -> (value: Int, end: Int)? {
        guard i >= 0, i < end, let candidates = byLead[Self.lead(text, i, end)] else { return nil }
        for candidate in candidates {
            let word = words[Int(candidate)]
            guard word.tag == tag, i + word.bytes.count <= end else { continue }
            if matches(word.bytes, text, i) { return (word.value, i + word.bytes.count) }
        }
        return nil
    }

    /// The longest word with a tag that ends at a place of the text.
    func find(_ tag: Tag, _ text: [UInt8], endingAt end: Int, floor: Int) -> (value: Int, start: Int)? {
        var found: (value: Int, start: Int)?
        // The longest word has seven characters.
        var start = end
        for _ in 0..<7 {
            guard start > floor else { break }
            start -= 1
            while start > floor, text[start] & 0xC0 == 0x80 { start -= 1 }
            if let word = find(tag, text, start, end), word.end == end { found = (word.value, start) }
        }
        return found
    }

    private func matches(_ word: [UInt8], _ text: [UInt8], _ i: Int) -> Bool {
        for k in word.indices where word[k] != (text[i + k] < 0x80 ? text[i + k] | 0x20 : text[i + k]) {
            // Signs such as `%` do not have the letters' case bit.
            if word[k] != text[i + k] { return false }
        }
        return true
    }
}
