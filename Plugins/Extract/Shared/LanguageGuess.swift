/// Guesses a text's language from its script and its most common small words.
enum LanguageGuess {
    /// A BCP 47 tag, or nil when the text is too short or unlike all that is known.
    static func guess(_ text: String) -> String? {
        var han = 0
        var kana = 0
        var hangul = 0
        var cyrillic = 0
        var latin = 0
        var counts = [Int](repeating: 0, count: languages.count)
        var word: [UInt8] = []
        var traditional = 0
        var simplified = 0
        func endWord() {
            if !word.isEmpty, word.count <= 6 {
                let key = String(decoding: word, as: UTF8.self)
                for (index, language) in languages.enumerated() where language.words.contains(key) {
                    counts[index] += 1
                }
            }
            word.removeAll(keepingCapacity: true)
        }
        // The first 8 KiB tell enough.
        for scalar in text.unicodeScalars.prefix(8192) {
            switch scalar.value {
            case 0x41...0x5A, 0x61...0x7A:
                latin += 1
                word.append(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
                continue
            case 0xC0...0x24F:
                latin += 1
                word += Array(String(scalar).utf8)
                continue
            case 0x4E00...0x9FFF:
                han += 1
                if "們這個來時說國對為會學開關後發還過經現問題應與".unicodeScalars.contains(scalar) { traditional += 1 }
                if "们这个来时说国对为会学开关后发还过经现问题应与".unicodeScalars.contains(scalar) { simplified += 1 }
            case 0x3040...0x30FF: kana += 1
            case 0xAC00...0xD7AF: hangul += 1
            case 0x400...0x4FF: cyrillic += 1
            default: break
            }
            endWord()
        }
        endWord()
        let wide = han + kana + hangul
        if wide > 10, wide * 3 > latin {
            if hangul > han, hangul > kana { return "ko" }
            if kana * 8 > han { return "ja" }
            return traditional > simplified ? "zh-Hant" : "zh-Hans"
        }
        if cyrillic > latin, cyrillic > 20 { return "ru" }
        guard let best = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[best] >= 3 else { return nil }
        return languages[best].tag
    }

    private static let languages: [(tag: String, words: Set<String>)] = [
        (
            "en",
            [
                "the", "of", "and", "to", "is", "that", "for", "with", "was", "are", "has", "by", "its", "it", "as",
                "from",
            ]
        ),
        (
            "de",
            [
                "der", "die", "und", "das", "den", "von", "mit", "ist", "nicht", "ein", "eine", "auf", "für", "dem",
                "sich", "im",
            ]
        ),
        (
            "fr",
            [
                "le", "les", "des", "et", "une", "est", "pour", "dans", "du", "que", "qui", "sur", "pas", "au", "par",
                "il",
            ]
        ),
        (
            "es",
            [
                "el", "los", "las", "del", "que", "por", "con", "una", "para", "es", "su", "se", "en", "al", "como",
                "más",
            ]
        ),
        (
            "it",
            [
                "il", "che", "di", "per", "della", "una", "con", "gli", "sono", "non", "del", "nel", "alla", "dei", "è",
                "anche",
            ]
        ),
        (
            "pt",
            ["que", "os", "uma", "com", "não", "para", "do", "da", "dos", "em", "mais", "por", "no", "na", "ao", "são"]
        ),
        (
            "nl",
            [
                "het", "een", "van", "niet", "dat", "met", "zijn", "voor", "op", "aan", "ook", "bij", "naar", "maar",
                "uit", "wordt",
            ]
        ),
        (
            "sv",
            [
                "och", "att", "det", "som", "för", "inte", "till", "är", "av", "på", "ett", "har", "om", "var", "men",
                "från",
            ]
        ),
        (
            "tr",
            [
                "ve", "bir", "bu", "için", "ile", "olarak", "daha", "olan", "gibi", "çok", "kadar", "sonra", "ancak",
                "en", "da", "de",
            ]
        ),
    ]
}
