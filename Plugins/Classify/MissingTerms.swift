internal import WirewatchKit
internal import WirewatchText

/// Which of a topic's terms an article does not have, and which it nearly has.
struct MissingTerms {
    /// A term that occurs but for something.
    struct NearMiss: Sendable, Hashable {
        var term: String
        /// What kept it from being found.
        var reason: String
        /// Where the part that is there stands.
        var spans: [TextSpan]
    }

    /// Terms that do not occur, the heaviest first, as the topic lists them.
    private(set) var absent: [ClassifyOptions.WeightedTerm] = []
    private(set) var nearMisses: [NearMiss] = []

    init(_ topic: ClassifyOptions.TopicOptions, found: Set<Int>, in article: Article) {
        var spans: [UInt64: TextSpan] = [:]
        var words = Words()
        for field in article.textFields {
            guard let text = article.text(of: field) else { continue }
            words.scan(text)
            for word in words.all where spans[word.hash] == nil { spans[word.hash] = TextSpan(field, word.range) }
        }
        for (number, term) in topic.terms.enumerated() where !found.contains(number) {
            if let miss = Self.nearMiss(term.term, spans, article) { nearMisses.append(miss) }
            absent.append(term)
        }
        // Stable, so that terms of one weight stay as they are written.
        absent = absent.enumerated().sorted {
            $0.element.weight == $1.element.weight ? $0.offset < $1.offset : $0.element.weight > $1.element.weight
        }.map(\.element)
    }

    private static func nearMiss(_ term: Term, _ present: [UInt64: TextSpan], _ article: Article) -> NearMiss? {
        if term.isCaseSensitive, let span = Self.inOtherCase(term, article) {
            return NearMiss(term: term.text, reason: "only in other letter case", spans: [span])
        }
        var text = term.text
        let parts: [(word: String, span: TextSpan?)] = text.withUTF8 { bytes in
            Words(term.text).all.map { word in
                (String(decoding: bytes[word.range], as: UTF8.self), present[word.hash])
            }
        }
        let missing = parts.filter { $0.span == nil }.map(\.word)
        guard parts.count > 1, missing.count * 2 <= parts.count else { return nil }
        let spans = parts.compactMap(\.span)
        if missing.isEmpty { return NearMiss(term: term.text, reason: "its words stand apart", spans: spans) }
        let names = missing.map { "'\($0)'" }.joined(separator: " and ")
        return NearMiss(term: term.text, reason: "without \(names)", spans: spans)
    }

    private static func inOtherCase(_ term: Term, _ article: Article) -> TextSpan? {
        let matcher = TermMatcher([Term(term.text)])
        for field in article.textFields {
            if let match = article.text(of: field).flatMap({ matcher.matches(in: $0).first }) {
                return TextSpan(field, match.range)
            }
        }
        return nil
    }
}
