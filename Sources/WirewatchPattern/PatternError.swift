/// Why a regular expression cannot be used.
public struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
    /// As words that follow "the pattern".
    public var reason: String
    /// Byte of the pattern where the mistake was seen; nil when it is about the whole.
    public var offset: Int?

    public var description: String {
        guard let offset else { return "the pattern \(reason)" }
        return "the pattern \(reason), at byte \(offset + 1)"
    }
}

/// How a search ended that found nothing.
public struct PatternGaveUp: Error, Sendable, Hashable {
    /// As a sentence's end: what was exceeded.
    public var reason: String
}
