import Glibc
import WirewatchMetrics

/// Finds quantities in texts of growing length on one thread: `wirewatch-bench-metrics`
///
/// A line for each kind of text and length: megabytes a second of processor time, claims, and the peak of resident
/// memory so far. The time of a byte stays the same from 1 KB to 10 MB, whatever the text holds.
@main struct MetricsBenchmark {
    static func main() {
        let extractor = MetricExtractor()
        print("text           bytes       MB/s    claims  peak MiB")
        for (name, piece) in pieces {
            for size in [1_000, 10_000, 100_000, 1_000_000, 10_000_000] {
                measure(name, repeated(piece, size), extractor)
            }
        }
    }

    /// As articles are, as tables of figures are, and what is made to be slow.
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

    private static func repeated(_ piece: String, _ size: Int) -> [UInt8] {
        let bytes = Array(piece.utf8)
        var text: [UInt8] = []
        text.reserveCapacity(size + bytes.count)
        while text.count < size { text += bytes }
        return text
    }

    private static func measure(_ name: String, _ text: [UInt8], _ extractor: MetricExtractor) {
        var best = Double.infinity
        var claims = 0
        var spent = 0.0
        // The fastest round counts: the machine is rarely alone.
        repeat {
            let start = processorTime()
            claims = extractor.metrics(in: text).count
            let time = processorTime() - start
            best = min(best, time)
            spent += time
        } while spent < 0.3
        print(
            padded(name, 14), padded("\(text.count)", 10),
            padded("\((Double(text.count) / best / 1e5).rounded() / 10)", 8), padded("\(claims)", 8), peak())
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text
            + String(
                repeating: " ",
                count: max(0, width - text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }))
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The peak of resident memory in MiB.
    private static func peak() -> Int {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var block = [UInt8](repeating: 0, count: 1 << 14)
        let count = fread(&block, 1, block.count, file)
        let status = String(decoding: block[..<count], as: UTF8.self)
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 / 1024 } ?? 0
        }
        return 0
    }
}
