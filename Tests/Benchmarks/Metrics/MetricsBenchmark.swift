import CWirewatchAllocations
import WirewatchBenchmarking
import WirewatchKit
import WirewatchMetrics

/// Finds quantities in texts of growing length on one thread: `wirewatch-bench-metrics`
///
/// A line for each kind of text and length: megabytes a second of processor time when every claim of the text is read,
/// the claims, the time that the stage takes for it as an article (with its limit on claims), and the peak of resident
/// memory so far. The time of a byte stays the same from 1 KB to 10 MB, whatever the text holds. Then the allocations of
/// one article beside those of others that have the same claims among more words.
@main struct MetricsBenchmark {
    static func main() throws {
        let extractor = MetricExtractor()
        let stage = Metrics(MetricsOptions())
        print("text           bytes       MB/s    claims    stage ms  peak MiB")
        for (name, piece) in pieces {
            for size in [1_000, 10_000, 100_000, 1_000_000, 10_000_000] {
                try measure(name, repeated(piece, size), extractor, stage)
            }
        }
        print("\nallocations of the stage for 4 claims among words")
        for words in [1, 4, 16, 64] {
            let text = String(repeating: filler, count: words) + claims + String(repeating: filler, count: words)
            var event = event(text)
            _ = try stage.process(&event)
            let before = wirewatch_allocations()
            _ = try stage.process(&event)
            print(
                padded("\(text.utf8.count) bytes", 14), padded("\(event.article.metrics.count) claims", 10),
                wirewatch_allocations() - before)
        }
    }

    private static func event(_ text: String) -> ArticleEvent {
        var article = Article()
        article.body = text
        return ArticleEvent(article: article)
    }

    private static let claims =
        "Revenue rose 12 percent to $5.6 billion last year. It plans to hire 400 engineers in three countries.\n\n"

    private static let filler = """
        The maker of warehouse robots opened a plant on the edge of the city this week and said that it had outgrown its \
        old one. Engineers walked visitors through halls where arms sort parcels beside people.


        """

    private static let pieces: [(String, String)] = [
        ("articles", article),
        ("figures", figures),
        ("Chinese", chinese),
        ("digits", "9"),
        ("9 ", "9 "),
        ("1,", "1,"),
        ("millions", "million "),
        ("$1 (", "$1 ("),
        ("from 1 to", "from 1 to "),
        ("one ", "one "),
        ("[1 (2 ", "[1 (2 "),
        ("km ", "5 km "),
        ("said", "said X that 5 "),
        ("万", "万"),
        ("3万至", "3万至"),
        ("从3万", "从3万台降至"),
    ]

    private static let article = """
        The maker of warehouse robots opened a plant on the edge of the city this week and said that it had outgrown its \
        old one. Engineers walked visitors through halls where arms sort parcels beside people, and spoke of how much \
        there was left to learn about soft goods and odd shapes. Revenue rose 12 percent to $5.6 billion last year, the \
        company said, and it plans to hire 400 engineers. Rivals in three countries are working on similar machines, \
        though few of them have left the laboratory, and analysts warn that buyers remain careful.


        """

    private static let figures = """
        Shipments grew from 1,200 to 3,400 units, up 35% on the year, at $84.50 a barrel and 250 Wh/kg. About two-thirds \
        of 14,300 people paid US$5 billion (35.9 billion yuan) for 45 GWh of cells a year. \

        """

    private static let chinese = """
        公司在城市边缘开设了新的工厂，工程师带领参观者走过车间，介绍机器人如何与工人一起分拣包裹。去年营收达到235亿元，同比增长18.6%。\
        业内人士表示，客户仍然十分谨慎，许多产品还没有走出实验室。该厂每年生产约3万台人形机器人，计划再招聘400名工程师。

        """

    /// As many whole pieces as make the size or a little more.
    private static func repeated(_ piece: String, _ size: Int) -> String {
        String(repeating: piece, count: (size + piece.utf8.count - 1) / piece.utf8.count)
    }

    private static func measure(_ name: String, _ text: String, _ extractor: MetricExtractor, _ stage: Metrics) throws {
        let (reading, claims) = read(text, extractor)
        // From here on there are the article and what the stage takes for it, so that the peak is theirs.
        var event = event(text)
        let article = try fastest(0.1) { _ = try stage.process(&event) }
        let size = text.utf8.count
        print(
            padded(name, 14), padded("\(size)", 10),
            padded("\((Double(size) / reading / 1e5).rounded() / 10)", 8), padded("\(claims)", 9),
            padded("\((article * 1e6).rounded() / 1e3)", 10), peak())
    }

    private static func read(_ text: String, _ extractor: MetricExtractor) -> (time: Double, claims: Int) {
        let bytes = Array(text.utf8)
        var claims = 0
        let time = fastest(0.1) {
            claims = 0
            extractor.read(bytes) { _ in
                claims += 1
                return true
            }
        }
        return (time, claims)
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text
            + String(
                repeating: " ",
                count: max(0, width - text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }))
    }

    /// The peak of resident memory in MiB.
    private static func peak() -> Int { memory("VmHWM") >> 20 }
}
