public import WirewatchKit
import WirewatchText

/// Finds the quantities that a text claims.
///
/// A hand-written grammar over UTF-8 bytes: number, magnitude, unit or counted noun, then what stands around them. It
/// never reads across the end of a sentence, takes time linear in the text's length, and accepts any bytes. One
/// instance serves any number of threads.
public struct MetricExtractor: Sendable {
    private let lexicon: Lexicon
    /// Claims below this confidence (0 to 1) are not reported.
    public var minConfidence: Double

    /// - Parameters:
    ///   - minConfidence: 0 to 1; the default 0.5 leaves out small bare numbers and idioms.
    ///   - units: names or symbols of further units, each with the code that is reported.
    ///   - kinds: further cue words of a kind, or a new kind with its cue words. At most 32 kinds are added.
    public init(minConfidence: Double = 0.5, units: [String: String] = [:], kinds: [String: [String]] = [:]) {
        self.minConfidence = minConfidence
        lexicon = Lexicon(
            units: units.sorted { $0.key < $1.key }.map { ($0.key, Unit(code: $0.value, dimension: .other)) },
            kinds: kinds.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// The metrics of a text in its order. Spans are bytes of `text` in `field`; they do not overlap.
    public func metrics(in text: [UInt8], field: TextField = .body) -> [Metric] {
        var found: [Metric] = []
        var parser = SentenceParser(text: text, lexicon: lexicon)
        let mayBeHan = text.contains { $0 >= 0xE4 && $0 <= 0xE9 }
        for sentence in Sentences.ranges(in: text) {
            if mayBeHan, HanParser.isHan(text, sentence) {
                appendHan(text, sentence, field, to: &found)
                continue
            }
            parser.parse(sentence)
            guard !parser.claims.isEmpty else { continue }
            append(parser, sentence, field, to: &found)
        }
        return found
    }

    /// The metrics of a string.
    public func metrics(in text: String, field: TextField = .body) -> [Metric] {
        metrics(in: Array(text.utf8), field: field)
    }

    /// The claims of a sentence in Chinese.
    private func appendHan(_ text: [UInt8], _ sentence: Range<Int>, _ field: TextField, to found: inout [Metric]) {
        var parser = HanParser(text: text, sentence: sentence, lexicon: lexicon)
        parser.parse()
        guard !parser.claims.isEmpty else { return }
        let attribution = parser.attribution()
        var floor = sentence.lowerBound
        for claim in parser.claims {
            // A qualifier may reach back over the end of the claim before.
            let start = max(claim.start, floor)
            guard claim.confidence >= minConfidence, claim.end > start else { continue }
            found.append(
                Metric(
                    kind: parser.kind(of: claim), span: TextSpan(field, start..<claim.end),
                    surface: parser.string(start..<claim.end), amount: claim.amount, unit: claim.unit,
                    qualifier: claim.qualifier, change: claim.change, per: claim.per,
                    timeframe: parser.timeframe(of: claim), subject: parser.subject(of: claim, floor: floor),
                    attribution: attribution, modality: parser.modality(of: claim), equivalents: claim.equivalents,
                    confidence: min(1, claim.confidence), sentence: sentence))
            floor = claim.end
        }
    }

    private func append(_ parser: SentenceParser, _ sentence: Range<Int>, _ field: TextField, to found: inout [Metric])
    {
        let claims = parser.claims
        for (index, claim) in claims.enumerated() where claim.confidence >= minConfidence {
            let floor = index == 0 ? 0 : claims[index - 1].end
            let ceiling = index + 1 < claims.count ? claims[index + 1].first : parser.tokens.count
            let start = parser[claim.first].start
            let end = parser[claim.end - 1].end
            guard end > start else { continue }
            found.append(
                Metric(
                    kind: parser.kind(of: index), span: TextSpan(field, start..<end),
                    surface: parser.string(start, end),
                    amount: claim.amount, unit: claim.unit, qualifier: claim.qualifier, change: claim.change,
                    per: claim.per,
                    timeframe: parser.timeframe(of: claim, next: ceiling),
                    subject: parser.subject(of: claim, floor: floor, ceiling: ceiling).flatMap {
                        $0.isEmpty ? nil : $0
                    },
                    attribution: parser.speaker, modality: parser.modality(of: claim),
                    equivalents: claim.equivalents, confidence: min(1, claim.confidence), sentence: sentence))
        }
    }
}
