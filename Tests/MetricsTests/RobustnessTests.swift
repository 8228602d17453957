import Testing
import WirewatchKit
import WirewatchMetrics
import WirewatchTesting

@Suite("Hostile text")
struct RobustnessTests {
    private let extractor = MetricExtractor(minConfidence: 0)

    private func check(_ text: [UInt8]) {
        var last = 0
        for metric in extractor.metrics(in: text) {
            #expect(metric.span.range.lowerBound >= last)
            #expect(metric.span.range.upperBound <= text.count)
            #expect(!metric.span.range.isEmpty)
            #expect(metric.sentence.lowerBound <= metric.span.range.lowerBound)
            #expect(metric.sentence.upperBound >= metric.span.range.upperBound)
            #expect(metric.amount.low?.isNaN != true && metric.amount.high?.isNaN != true)
            last = metric.span.range.upperBound
        }
    }

    @Test("Random bytes are read without harm", arguments: 0..<16)
    func randomBytes(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0..<1_500, using: &random)
        check((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    static let tokens: [String] = [
        "1", "0", "999999999999999999999999", "1,234", "12,34,567", "1.5", "1e400", "1e-400", "2025", "15th", "½",
        "3/4", "10:24", "-", "–",
        "−", "$", "US$", "€", "%", "°", "±", "×", "^", "(", ")", "[", "]", "/", ",", ".", ";", "+", "~", "<", ">", "=",
        "#", "'", "’s", "\"",
        "million", "billion", "hundred", "thousands", "of", "tens", "dozen", "half", "a", "an", "third", "quarter",
        "and", "to", "from",
        "between", "by", "per", "percent", "points", "basis", "yuan", "US", "dollars", "pounds", "km", "m", "s", "GB",
        "kWh", "hours",
        "years", "old", "ago", "top", "No", "number", "one", "two", "twenty", "ranked", "largest", "planned", "for",
        "in", "times", "fold",
        "faster", "than", "more", "over", "about", "estimated", "up", "rose", "fell", "robots", "users", "China", "元",
        "万", "\u{A0}", " ",
        "\n", "\n\n", "so", "far", "this", "year", "since", "within", "minus", "zero", "trillion", "quadrillion",
        "crore", "http://x", "U.S.",
    ]

    @Test("Any order of numbers, units and signs is read without harm", arguments: 0..<24)
    func tokenSoup(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed &* 77)
        var text = ""
        for _ in 0..<Int.random(in: 0..<240, using: &random) {
            text += Self.tokens.randomElement(using: &random) ?? ""
            if Bool.random(using: &random) { text += " " }
        }
        check(Array(text.utf8))
    }

    @Test(
        "Long repetitions are read whole, whatever they hold",
        arguments: [
            "7", "million ", "(", "a million ", "1-", "1 ", "$1 (", "from 1 to ", "12 apples of ",
            "since opening 2026 ", "1,", "12,", "111,",
            "1.", "a.", "111 ", "two and a half ", ". ", "\"!", "from $1 in 2020 ", "number of 5 ",
        ])
    func repetitions(_ part: String) {
        check(Array(String(repeating: part, count: 8_000 / part.utf8.count).utf8))
    }

    @Test("A sentence without end is cut, never within a number", arguments: [" ", ",", "、"])
    func giant(_ separator: String) {
        let text = Array(String(repeating: "1234 robots" + separator, count: 5_000).utf8)
        let metrics = extractor.metrics(in: text)
        #expect(metrics.count > 4_900)
        #expect(metrics.allSatisfy { $0.amount == .value(1234) })
        #expect(metrics.allSatisfy { $0.sentence.count > 50_000 })
    }

    @Test("Values beyond all numbers are left out or finite")
    func overflow() {
        for text in [
            "1e999 dollars", "\(String(repeating: "9", count: 400)) robots", "-1e999 percent", "1e308 million yuan",
        ] {
            for metric in extractor.metrics(in: text) { #expect(metric.amount.low?.isFinite == true) }
        }
    }
}
