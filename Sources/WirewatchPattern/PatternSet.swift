/// Many patterns searched for in one text: each only if the letters that it needs may occur there.
public struct PatternSet: Sendable {
    public let patterns: [Pattern]

    public init(_ patterns: [Pattern]) { self.patterns = patterns }

    /// What a search for all patterns found.
    public struct Matches: Sendable {
        /// Each pattern that matched, by its index, with the ranges of its matches in order.
        public var found: [(pattern: Int, ranges: [Range<Int>])] = []
        /// Patterns whose search gave up, by their index.
        public var gaveUp: [(pattern: Int, error: PatternGaveUp)] = []
    }

    /// Searches for all patterns.
    ///
    /// - Parameter limit: the most matches of one pattern.
    public func matches(in text: UnsafeBufferPointer<UInt8>, limit: Int = .max) -> Matches {
        var matches = Matches()
        guard !patterns.isEmpty else { return matches }
        let trigrams = TrigramSet(text)
        for (number, pattern) in patterns.enumerated() {
            if let literal = pattern.literal, !trigrams.mayHold(literal) { continue }
            do throws(PatternGaveUp) {
                let ranges = try pattern.matches(in: text, limit: limit)
                if !ranges.isEmpty { matches.found.append((number, ranges)) }
            } catch {
                matches.gaveUp.append((number, error))
            }
        }
        return matches
    }
}
