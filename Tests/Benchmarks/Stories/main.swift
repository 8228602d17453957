// Measures the story stage over made-up news, and runs the burst detector over a series of counts.
//
//     wirewatch-bench-stories grouping [ARTICLES] [BYTES]
//     wirewatch-bench-stories spikes FILE.csv
import Glibc
import WirewatchBenchmarking
import WirewatchKit
import WirewatchStory
import WirewatchTesting

/// State that is written and thrown away, so that the stage's own memory is measured.
final class DiscardedState: StateAccess {
    private(set) var bytes = 0

    func value(_ key: String) throws -> [UInt8]? { nil }
    func entries(prefix: String) throws -> [(key: String, value: [UInt8])] { [] }
    func set(_ key: String, _ value: [UInt8]) { bytes += value.count }
    func remove(_ key: String) {}
}

func lines(_ path: String) -> [Substring] {
    String(decoding: contents(path), as: UTF8.self).split(separator: "\n")
}

/// News by Zipf's law: each event has its own words among common ones, and is told by two articles and a half.
struct News {
    private var random = SeededGenerator(seed: 42)
    private var events: [UInt64] = []
    private let bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    private mutating func word(_ limit: Double) -> Int {
        Int(exp(Double.random(in: 0..<1, using: &random) * log(limit)))
    }

    mutating func article(_ number: Int) -> Article {
        if events.isEmpty || Int.random(in: 0..<5, using: &random) < 2 {
            events.append(random.next())
            if events.count > 5000 { events.removeFirst(2500) }
        }
        let back = min(events.count - 1, word(Double(events.count)) - 1)
        let event = events[events.count - 1 - back]
        var own = SeededGenerator(seed: event)
        let names = (0..<24).map { _ in "N\(Int.random(in: 0..<300_000, using: &own))x" }
        var text = ""
        while text.utf8.count < bytes {
            text +=
                Int.random(in: 0..<3, using: &random) == 0
                ? names.randomElement(using: &random)! + " " : "w\(String(word(60_000), radix: 36)) "
        }
        var article = Article()
        article.id = String(number)
        article.title = names.shuffled(using: &random).prefix(5).joined(separator: " ")
        article.body = text
        article.url = "https://site\(number % 4001).example/\(number)"
        article.received = Timestamp(milliseconds: 1_767_528_000_000 + Int64(number) * 200)
        return article
    }
}

func grouping(_ count: Int, _ bytes: Int) throws {
    guard case .statefulStage(let make) = Plugin.story.factory else { exit(70) }
    let stage = try make(options(StoryOptions.self, ["window": "30d"]), .test())
    let state = DiscardedState()
    var news = News(bytes: bytes)
    var spent = 0.0
    var stories = Set<String>()
    let before = memory("VmRSS") / (1 << 20)
    var number = 0
    while number < count {
        let batch = (0..<min(20_000, count - number)).map { news.article(number + $0) }
        var ids: [String] = []
        ids.reserveCapacity(batch.count)
        let start = processorTime()
        for article in batch {
            var event = ArticleEvent(article: article)
            _ = try stage.process(&event, state: state)
            ids.append(event.article.story?.id ?? "")
        }
        let taken = processorTime() - start
        spent += taken
        // Counted by halves of identifiers, for the set is no part of what is measured.
        for id in ids { stories.insert(String(id.prefix(12))) }
        number += batch.count
        if number % 200_000 == 0 || number == count {
            print(
                "\(number) articles, \(stories.count) stories: \(Int(Double(batch.count) / taken)) articles/s now, "
                    + "\(memory("VmRSS") / (1 << 20) - before - stories.count * 40 / 1_000_000) MB")
        }
    }
    print("\(Int(Double(count) / spent)) articles/s over all")
}

func spikes(_ path: String) {
    var detector = BurstDetector()
    for line in lines(path).dropFirst() {
        let parts = line.split(separator: ",")
        if parts.count == 2, let count = Double(parts[1]), detector.add(count) != nil { print(parts[0]) }
    }
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "spikes" where arguments.count == 3: spikes(arguments[2])
case "grouping":
    try grouping(
        arguments.count > 2 ? Int(arguments[2]) ?? 1_000_000 : 1_000_000,
        arguments.count > 3 ? Int(arguments[3]) ?? 300 : 300)
default:
    print("grouping [ARTICLES] [BYTES], or spikes FILE")
    exit(64)
}
