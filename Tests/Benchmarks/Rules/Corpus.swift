import Glibc
import WirewatchKit

/// Articles of made-up words that are as frequent as words are (Zipf), and rules on the rarer ones.
struct Corpus {
    let articles: [Article]
    private let terms: [String]

    /// The most frequent words, which no rule is about.
    private static let common = 1_500
    private static let topics = ["ai", "robotics", "energy", "security", "telecom"]
    private static let kinds = ["funding", "downloads", "deployment", "revenue_profit"]

    init(articles count: Int, terms: Int) {
        var dice = Dice(1)
        var seen: Set<String> = []
        var words: [String] = []
        while words.count < Self.common + terms {
            let word = Self.word(&dice)
            if seen.insert(word).inserted { words.append(word) }
        }
        // Half of the terms are phrases.
        self.terms = words[Self.common...].enumerated().map { index, word in
            index % 2 == 0 ? word : "\(words[(index * 7) % Self.common]) \(word)"
        }
        articles = (0..<count).map { Self.article($0, words, &dice) }
    }

    private static func word(_ dice: inout Dice) -> String {
        let (consonants, vowels) = (Array("bcdfghjklmnprstvwz"), Array("aeiou"))
        return (0..<Int.random(in: 2...4, using: &dice)).map { _ in
            "\(consonants.randomElement(using: &dice) ?? "b")\(vowels.randomElement(using: &dice) ?? "a")"
        }.joined()
    }

    private static func article(_ number: Int, _ words: [String], _ dice: inout Dice) -> Article {
        func text(_ count: Int) -> String {
            (0..<count).map { _ in
                // Ranks whose logarithm is even, which is Zipf's law.
                let rank = Double(words.count).power(Double.random(in: 0..<1, using: &dice))
                return words[min(words.count - 1, Int(rank))]
            }.joined(separator: " ")
        }
        var article = Article()
        article.id = "article \(number)"
        article.source = "wire"
        article.title = text(10)
        article.body = text(700)
        article.received = Timestamp(seconds: 1_767_528_000 + Int64(number) * 10)
        article.topics = topics.filter { _ in Int.random(in: 0..<3, using: &dice) == 0 }.map {
            Topic(id: $0, score: 0.8)
        }
        article.metrics = (0..<8).map { _ in
            Metric(
                kind: kinds.randomElement(using: &dice) ?? "", span: TextSpan(.body, 0..<5), surface: "5",
                amount: .value(Double.random(in: 0..<1000, using: &dice)), unit: "%", sentence: 0..<5)
        }
        return article
    }

    /// A configuration of so many rules that share the terms out among them.
    func rules(_ count: Int) -> String {
        var text = "sources: [{name: a, type: files, path: a}]\npipeline:\n  - type: alert\n    rules:\n"
        let share = terms.count / count
        for number in 0..<count {
            let own = terms[(number * share)..<((number + 1) * share)].joined(separator: ", ")
            text += "      - id: rule-\(number)\n        when:\n          topic: \(Self.topics[number % 5])\n"
            text += "          text: {any: [\(own)]}\n"
            text += "          metric: {kind: \(Self.kinds[number % 4]), value: \">= 990 %\"}\n"
        }
        return text
    }
}

extension Double {
    fileprivate func power(_ exponent: Double) -> Double { exp(exponent * log(self)) }
}

/// Numbers that look random and are the same each time (SplitMix64, Steele et al., 2014).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
