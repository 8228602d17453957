/// Reads the tables into a lexicon's parts.
struct LexiconBuilder {
    private(set) var entries: [Lexicon.Entry] = []
    private(set) var words: [[UInt8]] = []
    private(set) var units: [Unit] = []
    private(set) var kinds: [String] = []
    private(set) var kindDimensions: [UInt32] = []
    private(set) var phrases: [UInt64: Int32] = [:]
    private(set) var cuePhrases: [UInt64: Lexicon.Cues] = [:]
    private(set) var symbols: [UInt64: Int32] = [:]
    private(set) var signs: [UInt32: Int32] = [:]
    private(set) var prefixes: [[UInt8]: Int32] = [:]
    private(set) var nouns: [String] = []
    private var indexes: [String: Int] = [:]
    private var unitIndexes: [String: Int32] = [:]

    private mutating func entry(_ word: String) -> Int {
        let word = word.lowercased().replacing(".", with: "")
        if let index = indexes[word] { return index }
        entries.append(Lexicon.Entry())
        words.append(Array(word.utf8))
        indexes[word] = entries.count - 1
        return entries.count - 1
    }

    private mutating func unit(_ code: String, _ dimension: Dimension) -> Int32 {
        let name = "\(dimension.rawValue) \(code)"
        if let index = unitIndexes[name] { return index }
        units.append(Unit(code: code, dimension: dimension))
        unitIndexes[name] = Int32(units.count - 1)
        return Int32(units.count - 1)
    }

    private func split(_ text: some StringProtocol) -> [String] {
        text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { String($0) }
    }

    /// The name's words as the lexer cuts them: at `_`, and at `-`, which is a token of its own.
    private func pieces(_ name: String) -> [String] {
        name.split(whereSeparator: { $0 == "_" || $0 == "-" }).map { String($0) }
    }

    // MARK: - Words

    mutating func addWords() {
        for key in Key.allCases where key != .none { entries[entry(key.rawValue)].key = key }
        for (classes, text) in WordTable.classes {
            for word in split(text) { entries[entry(word)].classes.formUnion(classes) }
        }
        for (word, value) in WordTable.numbers {
            let index = entry(word)
            entries[index].number = value
            entries[index].classes.formUnion(.number)
        }
        for (word, power) in UnitTable.wordMagnitudes {
            let index = entry(word)
            entries[index].magnitude = power
            entries[index].classes.formUnion(.magnitude)
            if word.hasSuffix("s"), power != 5, power != 7 {
                entries[index].classes.formUnion(.pluralMagnitude)
            }
        }
        for (word, value) in WordTable.parts { entries[entry(word)].part = value }
        for (word, value) in WordTable.ordinals { entries[entry(word)].ordinal = value }
    }

    // MARK: - Units

    mutating func addUnits(_ extra: [(name: String, code: String)]) {
        for (dimension, text) in UnitTable.names {
            for line in text.split(separator: "\n") { addLine(line, dimension) }
        }
        for line in UnitTable.currencies.split(separator: "\n") where !line.contains(" : M ") { addLine(line, .money) }
        for line in UnitTable.currencies.split(separator: "\n") where line.contains(" : M ") {
            // "MUSD" counts millions; kept as a unit of its own that the grammar scales.
            addLine(line, .money)
        }
        for (dimension, text) in UnitTable.symbols {
            for line in text.split(separator: "\n") {
                let halves = line.split(separator: " : ", maxSplits: 1)
                guard halves.count == 2 else { continue }
                let index = unit(String(halves[1]), dimension)
                for symbol in split(halves[0]) { symbols[Lexicon.hash(Array(symbol.utf8))] = index }
            }
        }
        addPrefixed()
        let pairs = split(UnitTable.signs)
        for k in stride(from: 0, to: pairs.count - 1, by: 2) {
            if let scalar = pairs[k].unicodeScalars.first { signs[scalar.value] = unit(pairs[k + 1], .money) }
        }
        let letters = split(UnitTable.prefixes)
        for k in stride(from: 0, to: letters.count - 1, by: 2) {
            prefixes[Array(letters[k].replacing(".", with: "").utf8)] = unit(letters[k + 1], .money)
        }
        for (name, code) in extra {
            let index = unit(code, dimension(of: code))
            addName(name.replacing(" ", with: "_"), index)
            symbols[Lexicon.hash(Array(name.utf8))] = index
        }
    }

    /// What a code that the tables know measures; `other` for one of the user's own.
    func dimension(of code: String) -> Dimension { units.first { $0.code == code }?.dimension ?? .other }

    /// Words of a user that are counted, each with the name that is reported.
    mutating func addNouns(_ extra: [(word: String, name: String)]) {
        for (word, name) in extra {
            let index = entry(word)
            entries[index].classes.subtract([.stop, .verb, .notPlural, .label])
            entries[index].classes.insert(.plural)
            entries[index].noun = Int32(nouns.count)
            nouns.append(name)
        }
    }

    /// The prefixed kin of units that take the prefixes of the SI, where the tables do not name them.
    private mutating func addPrefixed() {
        for row in UnitTable.prefixed {
            for prefix in UnitTable.siPrefixes {
                let index = unit(prefix.code + row.code, row.dimension)
                if row.prefixes.contains(prefix.code) {
                    for sign in prefix.signs {
                        let hash = Lexicon.hash(Array((sign + row.symbol).utf8))
                        if symbols[hash] == nil { symbols[hash] = index }
                    }
                }
                for name in split(row.names) where indexes[prefix.name + name] == nil {
                    addName(prefix.name + name, index)
                }
            }
        }
    }

    private mutating func addLine(_ line: Substring, _ dimension: Dimension) {
        let halves = line.split(separator: " : ", maxSplits: 1)
        guard halves.count == 2 else { return }
        let index = unit(String(halves[1]), dimension)
        for name in split(halves[0]) { addName(name, index) }
    }

    private mutating func addName(_ name: String, _ unit: Int32) {
        let pieces = pieces(name)
        guard let first = pieces.first else { return }
        if pieces.count == 1 {
            entries[entry(first)].unit = unit
        } else {
            let ids = pieces.prefix(3).map { Int32(entry($0)) }
            entries[Int(ids[0])].startsUnit = true
            phrases[Lexicon.phraseKey(ids)] = unit
        }
    }

    /// Marks the words that a claim may begin with. Comes last.
    mutating func markStarters() {
        let keys: Set<Key> = [
            .top, .no, .number, .a, .an, .half, .quarter, .dozen, .dozens, .minus, .negative, .twofold, .threefold,
            .fourfold,
            .fivefold, .tenfold, .hundredfold, .doubled, .doubling, .tripled, .tripling, .quadrupled, .halved, .twice,
            .thrice,
        ]
        for index in entries.indices {
            let entry = entries[index]
            let isCurrency = entry.unit >= 0 && units[Int(entry.unit)].dimension == .money
            entries[index].startsClaim =
                keys.contains(entry.key) || isCurrency || entry.ordinal > 0
                || !entry.classes.isDisjoint(with: [.number, .pluralMagnitude, .plan])
        }
    }

    // MARK: - Kinds

    mutating func addKinds(_ extra: [(kind: String, cues: [String])]) {
        for row in KindTable.rows {
            kinds.append(row.name)
            kindDimensions.append(row.dimensions.reduce(0) { $0 | $1.bit })
            let bit: UInt64 = 1 << UInt64(kinds.count - 1)
            for cue in split(row.strong) { addCue(cue, strong: bit, weak: 0) }
            for cue in split(row.weak) { addCue(cue, strong: 0, weak: bit) }
        }
        for (kind, cues) in extra {
            var index = kinds.firstIndex(of: kind) ?? -1
            if index < 0 {
                // One bit a kind: options refuse more than fit.
                guard kinds.count < 64 else { continue }
                kinds.append(kind)
                kindDimensions.append(UInt32.max)
                index = kinds.count - 1
            }
            for cue in cues { addCue(cue.replacing(" ", with: "_"), strong: 1 << UInt64(index), weak: 0) }
        }
    }

    private mutating func addCue(_ cue: String, strong: UInt64, weak: UInt64) {
        let pieces = pieces(cue)
        guard let first = pieces.first else { return }
        if pieces.count == 1 {
            let index = entry(first)
            entries[index].strongCues |= strong
            entries[index].weakCues |= weak
        } else {
            let ids = pieces.prefix(2).map { Int32(entry($0)) }
            entries[Int(ids[0])].startsCue = true
            cuePhrases[Lexicon.phraseKey(ids), default: Lexicon.Cues()].strong |= strong
            cuePhrases[Lexicon.phraseKey(ids), default: Lexicon.Cues()].weak |= weak
        }
    }
}
