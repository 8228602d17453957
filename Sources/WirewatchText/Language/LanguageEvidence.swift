import Glibc

/// What a text says for each language.
struct LanguageEvidence {
    private let model = LanguageModel.shared
    private var scripts = InlineArray<16, Int>(repeating: 0)
    private var traditional = 0
    private var simplified = 0
    /// For each language of the tables.
    private var scores = [Double](repeating: 0, count: LanguageModel.shared.tags.count)
    /// Letters that tell the languages of the Arabic script apart.
    private var persian = 0
    private var urdu = 0

    /// Bytes in which sequences of letters are looked at: in more text words tell enough.
    private static let trigramBytes = 400
    /// What a letter is worth against languages that do not use it. Foreign names keep their letters in the Latin script,
    /// and are written in one's own letters in the Cyrillic.
    private static func strangeLetter(_ script: Script) -> Double { script == .cyrillic ? 1.5 : 0.5 }

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var word = ShortWord()
        var fits = true
        var trigram = LanguageModel.boundary
        var at = 0
        while at < bytes.count {
            let (scalar, length) = bytes[at] < 0x80 ? (UInt32(bytes[at]), 1) : decodeScalar(bytes, at)
            let letter = scalar < 0x80 ? (scalar | 0x20) : folded(scalar)
            let script = Script(letter)
            if let script { scripts[script.rawValue] += 1 }
            if let script, script == .latin || script == .cyrillic {
                forEachByte(of: letter) { fits = word.append($0) && fits }
                if scalar >= 0x80 { weigh(letters: model.mask(ofLetter: letter), strange: Self.strangeLetter(script)) }
                if at < Self.trigramBytes { weigh(model.trigrams, LanguageModel.append(letter, to: &trigram)) }
            } else {
                if word.count > 0 {
                    if fits, let mask = model.words[word] { weigh(word: UInt32(bitPattern: mask), word.count) }
                    if at < Self.trigramBytes {
                        weigh(model.trigrams, LanguageModel.append(LanguageModel.space, to: &trigram))
                    }
                    word = ShortWord()
                    fits = true
                }
                trigram = LanguageModel.boundary
                if script == .han { countForms(scalar) }
                if script == .arabic { countArabic(scalar) }
            }
            at += length
        }
        if word.count > 0, fits, let mask = model.words[word] { weigh(word: UInt32(bitPattern: mask), word.count) }
    }

    private mutating func weigh(word mask: UInt32, _ bytes: Int) {
        // A word of one or two letters is a word of some other language as well, or an abbreviation.
        add(mask, (bytes <= 2 ? 0.6 : 1.1) * model.information[mask.nonzeroBitCount])
    }

    private mutating func weigh(letters mask: UInt32, strange: Double) {
        guard mask != 0 else { return }
        for language in scores.indices {
            scores[language] +=
                mask & 1 << UInt32(language) != 0 ? 0.3 * model.information[mask.nonzeroBitCount] : -strange
        }
    }

    private mutating func weigh(_ trigrams: LanguageModel.Trigrams, _ trigram: UInt64) {
        let mask = trigrams[trigram]
        if mask != 0 { add(mask, 0.25 * model.information[mask.nonzeroBitCount]) }
    }

    private mutating func add(_ mask: UInt32, _ weight: Double) {
        var rest = mask
        while rest != 0 {
            scores[rest.trailingZeroBitCount] += weight
            rest &= rest - 1
        }
    }

    private mutating func countForms(_ scalar: UInt32) {
        if model.traditional.contains(scalar) { traditional += 1 }
        if model.simplified.contains(scalar) { simplified += 1 }
    }

    private mutating func countArabic(_ scalar: UInt32) {
        switch scalar {
        case 0x679, 0x688, 0x691, 0x6BA, 0x6BE, 0x6C1, 0x6D2: urdu += 1
        case 0x67E, 0x686, 0x698, 0x6A9, 0x6AF, 0x6CC: persian += 1
        default: break
        }
    }

    // MARK: Deciding

    var language: DetectedLanguage? {
        let wide = scripts[Script.han.rawValue] + scripts[Script.kana.rawValue] + scripts[Script.hangul.rawValue]
        let narrow = Script.allCases.filter { !$0.isWide }
        let most = narrow.max { scripts[$0.rawValue] < scripts[$1.rawValue] } ?? .latin
        // A character of these is worth about three letters.
        if wide >= 4, wide * 3 > scripts[most.rawValue] { return wideLanguage(wide) }
        let count = scripts[most.rawValue]
        guard count >= 6 else { return nil }
        switch most {
        case .latin, .cyrillic: return scored(most)
        case .arabic:
            if urdu * 20 > count { return DetectedLanguage(tag: "ur", confidence: 0.95) }
            return DetectedLanguage(tag: persian * 20 > count ? "fa" : "ar", confidence: 0.95)
        default: return DetectedLanguage(tag: most.language, confidence: 0.97)
        }
    }

    private func wideLanguage(_ wide: Int) -> DetectedLanguage {
        let (han, kana) = (scripts[Script.han.rawValue], scripts[Script.kana.rawValue])
        if scripts[Script.hangul.rawValue] * 2 > wide { return DetectedLanguage(tag: "ko", confidence: 0.99) }
        if kana * 8 > han { return DetectedLanguage(tag: "ja", confidence: 0.99) }
        let told = traditional + simplified
        let isTraditional = traditional > simplified
        let share = told == 0 ? 0.6 : Double(max(traditional, simplified)) / Double(told)
        return DetectedLanguage(tag: isTraditional ? "zh-Hant" : "zh-Hans", confidence: min(0.99, share))
    }

    private func scored(_ script: Script) -> DetectedLanguage? {
        let tags = model.tags
        let own = scores.indices.filter { model.isCyrillic($0) == (script == .cyrillic) }
        guard let best = own.max(by: { scores[$0] < scores[$1] }), scores[best] >= Self.leastScore else { return nil }
        let sum = own.reduce(0) { $0 + exp(scores[$1] - scores[best]) }
        let confidence = min(0.99, 1 / sum)
        guard confidence >= LanguageDetector.leastConfidence else { return nil }
        return DetectedLanguage(tag: tags[best], confidence: confidence)
    }

    /// What one word that few languages have gives, and a little more.
    private static let leastScore = 3.5
}
