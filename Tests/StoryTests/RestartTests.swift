import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchStory

@Suite("story: state")
struct RestartTests {
    private static let names = [
        "Velmora", "Tarsis", "Oda", "Brava", "Kelvin", "Lisbon", "Bergen", "Osaka", "Quito", "Nairn",
    ]
    private static let nouns = [
        "plant", "cable", "robot", "battery", "harbour", "satellite", "drone", "chip", "reactor", "tunnel", "engine",
        "sensor",
        "tram", "turbine", "printer", "vaccine",
    ]
    private static let verbs = [
        "opens", "recalls", "sells", "tests", "ships", "halts", "orders", "leases", "files", "bans",
    ]

    /// A stream of articles: a few hundred events, each told a few times, mixed.
    private static func stream(_ count: Int, seed: UInt64) -> [Article] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { at in
            var event = SeededGenerator(seed: UInt64(max(0, at / 12 - Int.random(in: 0..<30, using: &random))))
            func pick(_ words: [String]) -> String { words.randomElement(using: &event) ?? "" }
            let facts = (0..<9).map { _ in
                "\(pick(names)) \(pick(verbs)) \(pick(nouns)) \(Int.random(in: 2..<900, using: &event))"
            }
            let told = facts.shuffled(using: &random).prefix(6).joined(separator: ", and the ")
            return StoryTests.article(
                "a\(at)", facts[0], "The " + told, hours: Double(at) / 20, url: "https://site\(at % 17).example/\(at)")
        }
    }

    private static func run(
        _ articles: [Article], _ literal: OptionLiteral, restartAt: Set<Int> = []
    ) throws -> ([Story], MemoryState) {
        let state = MemoryState()
        var stage = try StoryTests.stage(literal)
        var stories: [Story] = []
        for (at, article) in articles.enumerated() {
            if restartAt.contains(at) { stage = try StoryTests.stage(literal) }
            stories.append(try StoryTests.story(stage, article, state))
        }
        return (stories, state)
    }

    @Test("gives the same stories whenever it is restarted", arguments: [1, 2, 3] as [UInt64])
    func restarts(seed: UInt64) throws {
        let articles = Self.stream(1500, seed: seed)
        var random = SeededGenerator(seed: seed &+ 99)
        // A window that closes stories all the time, and a limit that does.
        for literal: OptionLiteral in [["window": "6h"], ["window": "30d", "max_stories": 1000], [:]] {
            let (undisturbed, _) = try Self.run(articles, literal)
            let restarts = Set((0..<25).map { _ in Int.random(in: 0..<articles.count, using: &random) })
            let (disturbed, _) = try Self.run(articles, literal, restartAt: restarts)
            #expect(disturbed == undisturbed)
            let joined = Set(undisturbed.map(\.id)).count
            #expect(joined < articles.count * 2 / 3, "the stream has stories worth the name")
            #expect(joined > 50)
        }
    }

    @Test("keeps the log to what open stories need")
    func bounded() throws {
        let (_, state) = try Self.run(Self.stream(3000, seed: 5), ["window": "6h"])
        // 6 hours are 120 articles; those whose stories are open reach back at most twice as far.
        let chunks = state.entries(prefix: "log:").count
        #expect(chunks <= 240 / StoryJournal.chunkSize + 2)
        #expect(chunks >= 2)
    }

    @Test(
        "begins anew with state that is damaged or of another version",
        arguments: ["meta", "log:0000000000", "frequencies"])
    func damaged(key: String) throws {
        let articles = Self.stream(100, seed: 7)
        let (_, state) = try Self.run(articles, [:])
        var bytes = try #require(state.value(key))
        bytes[0] ^= 0xFF
        bytes.removeLast(min(3, bytes.count - 1))
        state.set(key, bytes)
        let stage = try StoryTests.stage()
        let story = try StoryTests.story(stage, articles[0], state)
        #expect(story.firstSeen == articles[0].received)
        // And what it writes from there can be read again.
        let again = try StoryTests.story(try StoryTests.stage(), articles[0], state)
        #expect(again.id == story.id)
    }

    @Test("takes a log of other bytes for what it can be, and goes on", arguments: [1, 2] as [UInt64])
    func strange(seed: UInt64) throws {
        let articles = Self.stream(60, seed: seed)
        let (_, state) = try Self.run(Array(articles.dropLast(3)), [:])
        var random = SeededGenerator(seed: seed)
        let logs = state.entries(prefix: "log:")
        for _ in 0..<20 {
            let (key, bytes) = logs[Int.random(in: 0..<logs.count, using: &random)]
            var strange = bytes
            for _ in 0..<Int.random(in: 1..<6, using: &random) {
                strange[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let copy = MemoryState()
            for (key, value) in state.entries(prefix: "") { copy.set(key, value) }
            copy.set(key, strange)
            let stage = try StoryTests.stage()
            for article in articles.suffix(3) {
                #expect(try StoryTests.story(stage, article, copy).sources >= 1)
            }
        }
    }
}
