import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchAlert

/// Judging the rules that the index finds is judging all of them.
@Suite("The index of rules")
struct RuleIndexTests {
    private static let words = ["pump", "valve", "hose", "brass", "steel", "recall", "order", "bar", "robot", "arm"]
    private static let topics = ["ai", "robotics", "energy"]
    private static let kinds = ["funding", "downloads", "deployment"]
    private static let entities = ["acme", "tallmark", "brightarm"]

    @Test("finds every rule that holds, whatever rules and articles are", arguments: 0..<40)
    func findsAll(_ seed: Int) throws {
        var dice = Dice(UInt64(seed))
        let rules = (0..<60).map { number -> OptionLiteral in
            var when = Self.condition(&dice, depth: 0)
            if case .map(let entries) = when, entries.isEmpty { when = ["source": "a"] }
            return .map([("id", .string("r\(number)")), ("when", when)])
        }
        let set = try options(AlertOptions.self, .map([("rules", .list(rules))])).set
        var held = 0
        for _ in 0..<60 {
            let facts = Facts(Self.article(&dice), set)
            let found = set.index.candidates(facts)
            let all = set.rules.indices.filter { set.rules[$0].condition.holds(facts) }
            #expect(found.filter { set.rules[$0].condition.holds(facts) } == all)
            #expect(set.rules.indices.filter { set.rules[$0].quick.holds(facts) } == all)
            #expect(found == found.sorted())
            held += all.count
        }
        #expect(held > 0)
    }

    @Test("leads to no rule by what does not occur, and goes by the rarest of what must")
    func isSelective() throws {
        let rules = (0..<500).map { number -> OptionLiteral in
            .map([
                ("id", .string("r\(number)")),
                ("when", ["topic": "robotics", "text": ["all": [.string("number\(number)th"), "pump"]]]),
            ])
        }
        let set = try options(AlertOptions.self, .map([("rules", .list(rules))])).set
        var article = Article()
        article.topics = [Topic(id: "robotics", score: 1)]
        article.title = "Pump"
        #expect(set.index.candidates(Facts(article, set)).isEmpty)
        article.title = "The number7th pump"
        #expect(set.index.candidates(Facts(article, set)) == [7])
    }

    // MARK: Random rules and articles

    private static func condition(_ dice: inout Dice, depth: Int) -> OptionLiteral {
        func word() -> OptionLiteral { .string(words.randomElement(using: &dice) ?? "") }
        func pick(_ list: [String]) -> OptionLiteral { .string(list.randomElement(using: &dice) ?? "") }
        func group() -> OptionLiteral { condition(&dice, depth: depth + 1) }
        switch Int.random(in: 0..<(depth > 2 ? 13 : 18), using: &dice) {
        case 0: return ["text": ["any": [word(), word()]]]
        case 1: return ["text": ["all": [word(), word()]]]
        case 2: return ["text": ["any": word(), "in": "title"]]
        case 3: return ["text": ["any": word(), "count": [">= 2", "< 2", "= 0"].randomElement(using: &dice) ?? "= 1"]]
        case 4: return ["text": ["pattern": ["\\d+ bar", "v.lve", "(?i)BRASS\\s"].randomElement(using: &dice) ?? "x"]]
        case 5: return ["near": ["terms": [word(), word()], "within": "4 words"]]
        case 6: return ["topic": pick(topics)]
        case 7: return ["topic": .map([(topics[0], ["< 0.5", ">= 0.6"].randomElement(using: &dice) ?? "> 0.5")])]
        case 8: return ["metric": ["kind": pick(kinds)]]
        case 9: return ["metric": ["value": ">= 10"]]
        case 10: return ["entity": ["any": [pick(entities), pick(entities)]]]
        case 11: return ["source": pick(["a", "b*", "c"])]
        case 12: return ["tag": pick(["Steel Pipes", "ar*"])]
        case 13: return ["all": [group(), group()]]
        case 14: return ["any": [group(), group()]]
        case 15: return ["not": [group()]]
        case 16: return ["at_least": ["n": 2, "of": [group(), group(), group()]]]
        default: return ["entity": ["type": "company"]]
        }
    }

    private static func article(_ dice: inout Dice) -> Article {
        func text(_ count: Int) -> String {
            (0..<count).map { _ in
                Bool.random(using: &dice)
                    ? words.randomElement(using: &dice) ?? "" : "\(Int.random(in: 0..<90, using: &dice))"
            }.joined(separator: " ")
        }
        var article = Article()
        article.id = "a"
        article.source = ["a", "b1", "c", "d"].randomElement(using: &dice) ?? ""
        article.title = text(Int.random(in: 0..<4, using: &dice))
        article.body = text(Int.random(in: 0..<12, using: &dice))
        if Bool.random(using: &dice) { article.tags = ["Steel-Pipes"] }
        article.topics = topics.filter { _ in Int.random(in: 0..<3, using: &dice) == 0 }.map {
            Topic(id: $0, score: 0.7)
        }
        article.metrics = kinds.filter { _ in Int.random(in: 0..<3, using: &dice) == 0 }.map {
            Metric(
                kind: $0, span: TextSpan(.body, 0..<0), surface: "12", amount: .value(12), unit: "pump", sentence: 0..<0
            )
        }
        article.entities = entities.filter { _ in Int.random(in: 0..<3, using: &dice) == 0 }.map {
            Entity(id: $0, name: $0, type: "company", role: .mention, mentions: [])
        }
        return article
    }
}
