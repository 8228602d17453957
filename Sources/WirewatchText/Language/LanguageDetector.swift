/// The language that a text is in, by the text itself.
public struct DetectedLanguage: Sendable, Hashable {
    /// BCP 47 tag; for Chinese with the script: `zh-Hans`, `zh-Hant`.
    public var tag: String
    /// From 0 to 1: the share of this language among all that the text might be in.
    public var confidence: Double
}

/// Finds the language of a text by its script, and within a script by words, letters and, for short texts, sequences of
/// three letters. Knows 45 languages; without state, safe to use from any thread.
public enum LanguageDetector {
    /// Bytes that are looked at: what comes later tells nothing new.
    static let sample = 4096
    /// Below this confidence a text's language is not known.
    static let leastConfidence = 0.5

    /// The language of a text, nil when there is too little of it, or when it is like none that is known.
    public static func detect(_ text: String) -> DetectedLanguage? {
        var text = text
        return text.withUTF8 { bytes in
            var evidence = LanguageEvidence()
            evidence.read(UnsafeBufferPointer(rebasing: bytes.prefix(sample)))
            return evidence.language
        }
    }

    /// Whether two tags are of languages that a text hardly tells apart, or of the same: `no` and `nb`, `en-GB` and `en`.
    public static func isSame(_ a: String, _ b: String) -> Bool { family(a) == family(b) }

    private static func family(_ tag: String) -> String {
        let primary = String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased()
        return switch primary {
        case "nb", "nn": "no"
        case "bs", "sh", "sr": "hr"
        case "ms": "id"
        case "tl": "fil"
        default: primary
        }
    }
}
