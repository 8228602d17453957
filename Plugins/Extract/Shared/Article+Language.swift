internal import WirewatchKit
internal import WirewatchText

extension Article {
    /// Below this confidence a text does not speak against what its page says of its language.
    private static let enoughToContradict = 0.9

    /// Sets the language that was stated, when the text bears it out, else that of the text.
    mutating func setLanguage(declared: String?) {
        let detected = LanguageDetector.detect(title + "\n" + body)
        guard let declared else { return take(detected) }
        guard let detected else {
            language = declared
            return
        }
        if LanguageDetector.isSame(declared, detected.tag) {
            // `zh` alone does not say in which characters.
            if declared == "zh" { take(detected) } else { language = declared }
        } else if detected.confidence >= Self.enoughToContradict {
            take(detected)
        } else {
            language = declared
        }
    }

    private mutating func take(_ detected: DetectedLanguage?) {
        language = detected?.tag
        languageConfidence = detected?.confidence
        origins[.language] = detected == nil ? nil : .text
    }
}
