public import WirewatchKit
import WirewatchText

/// Finds the quantities that a text claims.
///
/// A hand-written grammar over UTF-8 bytes: number, magnitude, unit or counted noun, then what stands around them. It
/// never reads across the end of a sentence, takes time linear in the text's length, and accepts any bytes. One
/// instance serves any number of threads.
public struct MetricExtractor: Sendable {
    let lexicon: Lexicon
    /// Claims below this confidence (0 to 1) are not reported.
    public var minConfidence: Double

    /// - Parameters:
    ///   - minConfidence: 0 to 1; the default 0.5 leaves out small bare numbers and idioms.
    ///   - units: names or symbols of further units, each with the code that is reported.
    ///   - kinds: further cue words of a kind, or a new kind with its cue words. At most 32 kinds are added.
    ///   - nouns: further words that are counted (plurals, in Chinese any), each with the name that is reported.
    public init(
        minConfidence: Double = 0.5, units: [String: String] = [:], kinds: [String: [String]] = [:],
        nouns: [String: String] = [:]
    ) {
        self.minConfidence = minConfidence
        lexicon = Lexicon(
            units: units.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
            kinds: kinds.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
            nouns: nouns.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// The metrics of a text in its order. Spans are bytes of `text` in `field`; they do not overlap.
    public func metrics(in text: [UInt8], field: TextField = .body) -> [Metric] {
        var found: [Metric] = []
        _ = read(text, field: field) { metric in
            found.append(metric)
            return true
        }
        return found
    }

    /// The metrics of a string.
    public func metrics(in text: String, field: TextField = .body) -> [Metric] {
        metrics(in: Array(text.utf8), field: field)
    }

    /// Hands over the metrics of a text one by one, in its order, until `take` has enough and returns false.
    ///
    /// Needs room for one sentence, however long the text is.
    /// - Returns: where reading ended: the text's length, or the end of the sentence in which `take` had enough.
    @discardableResult
    public func read(_ text: [UInt8], field: TextField = .body, _ take: (Metric) -> Bool) -> Int {
        var parser = SentenceParser(text: text, lexicon: lexicon)
        var hanParser: HanParser?
        var sentences = SentenceCursor(text: text)
        let mayBeHan = text.contains { $0 >= 0xE4 && $0 <= 0xE9 }
        while let sentence = sentences.next() {
            var pieces = SentencePieces(text: text, sentence: sentence)
            while let piece = pieces.next() {
                let goesOn: Bool
                if mayBeHan, HanParser.isHan(text, piece) {
                    var han = hanParser.take() ?? HanParser(text: text, lexicon: lexicon)
                    han.parse(piece)
                    goesOn = hand(over: han, sentence, field, take)
                    hanParser = consume han
                } else {
                    parser.parse(piece)
                    goesOn = hand(over: parser, sentence, field, take)
                }
                if !goesOn { return sentence.upperBound }
            }
        }
        return text.count
    }

    /// The claims of a sentence in Chinese.
    private func hand(
        over parser: borrowing HanParser, _ sentence: Range<Int>, _ field: TextField, _ take: (Metric) -> Bool
    ) -> Bool {
        guard !parser.claims.isEmpty else { return true }
        let attribution = parser.attribution()
        var floor = parser.sentence.lowerBound
        for claim in parser.claims {
            // A qualifier may reach back over the end of the claim before.
            let start = max(claim.start, floor)
            guard claim.confidence >= minConfidence, claim.end > start else { continue }
            let metric = Metric(
                kind: parser.kind(of: claim), span: TextSpan(field, start..<claim.end),
                surface: parser.string(start..<claim.end), amount: claim.amount, unit: claim.unit,
                qualifier: claim.qualifier, change: claim.change, per: claim.per,
                timeframe: parser.timeframe(of: claim), subject: parser.subject(of: claim, floor: floor),
                attribution: attribution, modality: parser.modality(of: claim), equivalents: claim.equivalents,
                confidence: min(1, claim.confidence), sentence: sentence)
            guard take(metric) else { return false }
            floor = claim.end
        }
        return true
    }

    private func hand(
        over parser: borrowing SentenceParser, _ sentence: Range<Int>, _ field: TextField, _ take: (Metric) -> Bool
    ) -> Bool {
        for index in parser.claims.indices where parser.claims[index].confidence >= minConfidence {
            let claim = parser.claims[index]
            let floor = index == 0 ? 0 : parser.claims[index - 1].end
            let ceiling =
                index + 1 < parser.claims.count ? parser.claims[index + 1].first : parser.tokens.count
            let start = parser[claim.first].start
            let end = parser[claim.end - 1].end
            guard end > start else { continue }
            let subject = parser.subject(of: claim, floor: floor, ceiling: ceiling)
            let metric = Metric(
                kind: parser.kind(of: index), span: TextSpan(field, start..<end),
                surface: parser.string(start, end), amount: claim.amount, unit: claim.unit,
                qualifier: claim.qualifier, change: claim.change, per: claim.per,
                timeframe: parser.timeframe(of: claim, next: ceiling),
                subject: subject?.isEmpty == true ? nil : subject,
                attribution: parser.speaker, modality: parser.modality(of: claim), equivalents: claim.equivalents,
                confidence: min(1, claim.confidence), sentence: sentence)
            guard take(metric) else { return false }
        }
        return true
    }
}
