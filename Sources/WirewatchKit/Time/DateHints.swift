/// What is known of a text beside its words, to read the dates in it that say less than a whole date.
public struct DateHints: Sendable, Hashable {
    /// Which of two numbers is the day in `03/04/2025`.
    public enum Order: Sendable, Hashable {
        case dayFirst, monthFirst
    }

    /// When the text was fetched. `2 hours ago`, `yesterday` and `3 March` count from it; without it they are no dates.
    public var now: Timestamp?
    /// The order of day and month where two readings exist; without it such a date is none, or, where all of a text is
    /// the date, American.
    public var order: Order?
    /// `CST` is China's time (+08:00), not Chicago's (-06:00).
    public var isChinese = false

    public init(now: Timestamp? = nil, order: Order? = nil, isChinese: Bool = false) {
        self.now = now
        self.order = order
        self.isChinese = isChinese
    }

    /// What a language (a BCP 47 tag) tells: the United States write the month first, most others the day; `en` alone
    /// tells nothing.
    public init(language: String?, now: Timestamp? = nil) {
        self.now = now
        guard let language else { return }
        let parts = language.lowercased().split { $0 == "-" || $0 == "_" }
        switch parts.first {
        case "en": order = parts.count < 2 ? nil : parts.last == "us" ? .monthFirst : .dayFirst
        case "zh": isChinese = true
        case "de", "fr", "es", "it", "pt", "nl", "ru", "pl", "cs", "da", "nb", "no", "fi", "tr", "el", "ro", "uk", "id",
            "vi":
            order = .dayFirst
        default: break
        }
    }
}
