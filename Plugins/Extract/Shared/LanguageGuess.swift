internal import WirewatchText

/// Guesses a text's language from its script and its most common small words.
enum LanguageGuess {
    /// How many characters are looked at: the first few thousand tell enough.
    private static let sample = 8192
    /// The longest of the small words in bytes.
    private static let longestWord = 6

    /// A BCP 47 tag, or nil when the text is too short or unlike all that is known.
    static func guess(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { Counts($0).language }
    }

    private struct Counts {
        private var han = 0
        private var kana = 0
        private var hangul = 0
        private var cyrillic = 0
        private var latin = 0
        private var traditional = 0
        private var simplified = 0
        private var words = [Int](repeating: 0, count: languages.count)

        /// The bytes are a string's: well-formed UTF-8.
        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            let table = smallWords
            let hanForms = hanForms
            var word = ShortWord()
            var length = 0
            var at = 0
            var left = sample
            while at < bytes.count, left > 0 {
                left -= 1
                let byte = bytes[at]
                if (byte | 0x20) &- 0x61 < 26 {
                    at += 1
                    latin += 1
                    length += 1
                    if length <= longestWord { _ = word.append(byte | 0x20) }
                    continue
                }
                let (scalar, size) = scalar(bytes, at)
                at += size
                switch scalar {
                case 0xC0...0x24F:
                    latin += 1
                    length += 2
                    if length <= longestWord {
                        let lower = (0xC0...0xDE).contains(scalar) ? scalar | 0x20 : scalar
                        _ = word.append(UInt8(0xC0 | lower >> 6))
                        _ = word.append(UInt8(0x80 | lower & 0x3F))
                    }
                    continue
                case 0x4E00...0x9FFF:
                    han += 1
                    let form = hanForms[Int(scalar) - 0x4E00]
                    traditional += Int(form & 1)
                    simplified += Int(form >> 1)
                case 0x3040...0x30FF: kana += 1
                case 0xAC00...0xD7AF: hangul += 1
                case 0x400...0x4FF: cyrillic += 1
                default: break
                }
                if length > 0 {
                    if length <= longestWord, let value = table[word] { count(value) }
                    word = ShortWord()
                    length = 0
                }
            }
            if length > 0, length <= longestWord, let value = table[word] { count(value) }
        }

        private mutating func count(_ value: Int32) {
            for index in words.indices where value & 1 << Int32(index) != 0 { words[index] += 1 }
        }

        /// The character at a place and its length.
        private func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt32, Int) {
            let first = UInt32(bytes[at])
            if first < 0x80 { return (first, 1) }
            let size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
            guard at + size <= bytes.count else { return (0xFFFD, bytes.count - at) }
            var value = first & (0x7F >> UInt32(size))
            for offset in 1..<size { value = value << 6 | UInt32(bytes[at + offset] & 0x3F) }
            return (value, size)
        }

        var language: String? {
            let wide = han + kana + hangul
            if wide > 10, wide * 3 > latin {
                if hangul > han, hangul > kana { return "ko" }
                if kana * 8 > han { return "ja" }
                return traditional > simplified ? "zh-Hant" : "zh-Hans"
            }
            if cyrillic > latin, cyrillic > 20 { return "ru" }
            guard let best = words.indices.max(by: { words[$0] < words[$1] }), words[best] >= 3 else { return nil }
            return languages[best].tag
        }
    }

    /// 1 for a character that only traditional writing has, 2 for one that only simplified has, from U+4E00 on.
    private static let hanForms: [UInt8] = {
        var forms = [UInt8](repeating: 0, count: 0x9FFF - 0x4E00 + 1)
        for scalar in "們這個來時說國對為會學開關後發還過經現問題應與".unicodeScalars { forms[Int(scalar.value) - 0x4E00] |= 1 }
        for scalar in "们这个来时说国对为会学开关后发还过经现问题应与".unicodeScalars { forms[Int(scalar.value) - 0x4E00] |= 2 }
        return forms
    }()

    /// A bit for each language that has the word.
    private static let smallWords = WordTable(
        languages.enumerated().map { (words: $1.words, value: Int32(1) << Int32($0)) })

    private static let languages: [(tag: String, words: String)] = [
        ("en", "the of and to is that for with was are has by its it as from"),
        ("de", "der die und das den von mit ist nicht ein eine auf für dem sich im"),
        ("fr", "le les des et une est pour dans du que qui sur pas au par il"),
        ("es", "el los las del que por con una para es su se en al como más"),
        ("it", "il che di per della una con gli sono non del nel alla dei è anche"),
        ("pt", "que os uma com não para do da dos em mais por no na ao são"),
        ("nl", "het een van niet dat met zijn voor op aan ook bij naar maar uit wordt"),
        ("sv", "och att det som för inte till är av på ett har om var men från"),
        ("tr", "ve bir bu için ile olarak daha olan gibi çok kadar sonra ancak en da de"),
    ]
}
