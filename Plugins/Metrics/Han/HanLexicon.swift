import WirewatchKit

/// The words of ``HanTables``.
struct HanLexicon: Sendable {
    enum Tag: UInt8 {
        case unit, noun, classifier, denominator, rate, qualifier, afterQualifier, overVerb, rising, falling
        case reachingUp, reachingDown, filler, modality, report, period, horizon, cue
    }

    /// The words by their first characters.
    private let table: HanWordTable
    /// Characters that a claim or a phrase of time may begin with, by their place from U+4E00.
    private let starters: [Bool]
    let units: [Unit]
    let names: [String]

    static let qualifiers = Metric.Qualifier.allCases
    static let modalities = Metric.Modality.allCases

    /// - Parameters:
    ///   - units: names in Chinese that a user adds, with their units.
    ///   - nouns: counted words in Chinese that a user adds, each with the name that is reported.
    ///   - kinds: the names of kinds by their index.
    ///   - cues: cue words in Chinese that a user adds, with the index of the kind.
    init(
        units extraUnits: [(name: String, unit: Unit)], nouns extraNouns: [(word: String, name: String)],
        kinds: [String], cues: [(String, Int)]
    ) {
        var words: [(text: String, tag: Int, value: Int)] = []
        var units: [Unit] = []
        var names: [String] = []
        func add(_ word: String, _ tag: Tag, _ value: Int) { words.append((word, Int(tag.rawValue), value)) }
        func add(_ text: String, _ tag: Tag) {
            for word in text.split(separator: " ") { add(String(word), tag, 0) }
        }
        func index(of unit: Unit) -> Int {
            if let known = units.firstIndex(where: { $0.code == unit.code && $0.dimension == unit.dimension }) {
                return known
            }
            units.append(unit)
            return units.count - 1
        }
        for (name, unit) in extraUnits { add(name, .unit, index(of: unit)) }
        for (word, name) in extraNouns {
            names.append(name)
            add(word, .noun, names.count - 1)
        }
        for (dimension, text) in HanTables.units {
            for (code, members) in Self.lines(text) {
                let unit = index(of: Unit(code: code, dimension: dimension))
                for word in members { add(word, .unit, unit) }
            }
        }
        for (text, tag) in [
            (HanTables.nouns, Tag.noun), (HanTables.classifiers, .classifier), (HanTables.denominators, .denominator),
            (HanTables.rates, .rate),
        ] {
            for (name, members) in Self.lines(text) {
                names.append(name)
                for word in members { add(word, tag, names.count - 1) }
            }
        }
        for (kind, members) in Self.lines(HanTables.kinds) {
            guard let index = kinds.firstIndex(of: kind) else { continue }
            for word in members { add(word, .cue, index) }
        }
        for (word, kind) in cues { add(word, .cue, kind) }
        for (tag, rows) in [(Tag.qualifier, HanTables.qualifiers), (.afterQualifier, HanTables.afterQualifiers)] {
            for (qualifier, text) in rows {
                let value = Self.qualifiers.firstIndex(of: qualifier) ?? 0
                for word in text.split(separator: " ") { add(String(word), tag, value) }
            }
        }
        for (modality, text) in HanTables.modalities {
            let value = Self.modalities.firstIndex(of: modality) ?? 0
            for word in text.split(separator: " ") { add(String(word), .modality, value) }
        }
        for (tag, text) in [
            (Tag.overVerb, HanTables.overVerbs), (.rising, HanTables.rising), (.falling, HanTables.falling),
            (.reachingUp, HanTables.reachingUp), (.reachingDown, HanTables.reachingDown), (.filler, HanTables.fillers),
            (.report, HanTables.reports), (.period, HanTables.periods), (.horizon, HanTables.horizons),
        ] {
            add(text, tag)
        }
        let table = HanWordTable(words)
        self.table = table
        self.units = units
        self.names = names
        let times: UInt32 = 1 << UInt32(Tag.period.rawValue) | 1 << UInt32(Tag.horizon.rawValue)
        let others = Set(HanTables.starters.unicodeScalars.map(\.value))
        starters = (0x4E00..<0xA000).map { table.begins(times, UInt32($0)) || others.contains(UInt32($0)) }
    }

    private static func lines(_ text: String) -> [(String, [String])] {
        text.split(separator: "\n").compactMap { line in
            let halves = line.split(separator: ": ", maxSplits: 1)
            guard halves.count == 2 else { return nil }
            return (String(halves[0]), halves[1].split(separator: " ").map(String.init))
        }
    }

    /// Whether a claim or a phrase of time may begin with the character whose three bytes stand at a place.
    @inline(__always)
    func mayStart(_ text: [UInt8], _ i: Int) -> Bool {
        let scalar =
            Int(text[i] & 0x0F) << 12 | Int(text[i + 1] & 0x3F) << 6 | Int(text[i + 2] & 0x3F)
        return scalar < 0x4E00 || scalar >= 0xA000 || starters[scalar - 0x4E00]
    }

    /// The longest word with a tag at a place of the text; nil when there is none.
    @inline(__always)
    func find(_ tag: Tag, _ text: [UInt8], _ i: Int, _ end: Int) -> (value: Int, end: Int)? {
        table.find(Int(tag.rawValue), text, i, end)
    }

    /// The longest word with a tag that ends at a place of the text.
    @inline(__always)
    func find(_ tag: Tag, _ text: [UInt8], endingAt end: Int, floor: Int) -> (value: Int, start: Int)? {
        table.find(Int(tag.rawValue), text, endingAt: end, floor: floor)
    }
}
