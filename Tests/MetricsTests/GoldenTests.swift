import Foundation
import Testing
import WirewatchKit
import WirewatchMetrics

/// Each file of `Golden` holds sentences, each with the claims that it makes, one a line after four spaces; a sentence
/// without claims makes none. Behind ` | ` stand what is measured (`what: `) and when (`when: `), where they are judged,
/// too. `//` begins a comment.
@Suite("Golden sentences")
struct GoldenTests {
    struct Sentence: Sendable, CustomTestStringConvertible {
        var text: String
        var claims: [String]
        var testDescription: String { text }
    }

    private static let folder = String(#filePath.dropLast("GoldenTests.swift".count)) + "Golden/"

    static let sentences: [Sentence] = ["technology", "news", "newsroom", "chinese", "nothing"].flatMap { name in
        let text = try? String(contentsOfFile: folder + name + ".txt", encoding: .utf8)
        return (text ?? "").split(separator: "\n").reduce(into: [Sentence]()) { sentences, line in
            if line.hasPrefix("//") { return }
            if line.hasPrefix("    ") {
                sentences[sentences.count - 1].claims.append(String(line.dropFirst(4)))
            } else {
                sentences.append(Sentence(text: String(line), claims: []))
            }
        }
    }

    @Test("There are enough of them")
    func count() { #expect(Self.sentences.count > 330) }

    @Test("A sentence makes the claims that stand below it", arguments: sentences)
    func golden(_ sentence: Sentence) {
        let extractor = MetricExtractor()
        let metrics = extractor.metrics(in: sentence.text)
        let claims = sentence.claims.map { $0.split(separator: " | ").map(String.init) }
        #expect(metrics.map(Self.line) == claims.map { $0[0] })
        for (metric, claim) in zip(metrics, claims) {
            for judged in claim.dropFirst() {
                #expect(judged == "what: \(metric.subject ?? "")" || judged == "when: \(metric.timeframe ?? "")")
            }
        }
    }

    private static func line(_ metric: Metric) -> String {
        var parts = ["\(metric.surface) = \(text(metric.amount)) \(metric.unit)"]
        if let qualifier = metric.qualifier { parts.append(qualifier.rawValue) }
        if let per = metric.per { parts.append("per \(per)") }
        if let change = metric.change {
            parts.append(change.direction?.rawValue ?? "changed")
            if let from = change.from { parts.append("from \(text(from.amount))") }
            if let to = change.to { parts.append("to \(text(to.amount))") }
            if let by = change.by { parts.append("by \(text(by.amount))") }
        }
        for other in metric.equivalents { parts.append("~ \(text(other.amount)) \(other.unit)") }
        return parts.joined(separator: " ")
    }

    private static func text(_ amount: Amount) -> String {
        switch amount {
        case .value(let value): text(value)
        case .range(let low, let high): "\(low.map(text) ?? "")..\(high.map(text) ?? "")"
        }
    }

    private static func text(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
