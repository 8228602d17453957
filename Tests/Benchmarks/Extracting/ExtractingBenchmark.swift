import Glibc
import WirewatchBenchmarking
import WirewatchExtract
import WirewatchKit

/// Extracts articles from pages in memory on one thread: `wirewatch-bench-extracting SECONDS REPETITIONS FILE...`
///
/// First rounds over all pages for that processor time, then that many pages in all without a pause. Prints one line,
/// `PAGES BYTES SECONDS SLOWEST PEAK EARLY LATE`: of the pages together, the time of the fastest round, the page that
/// took longest in its fastest round, and in bytes of resident memory, beside what the pages themselves take: the peak,
/// and what is held after a tenth of the repetitions and after all.
@main struct ExtractingBenchmark {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count > 2, let seconds = arguments.first.flatMap({ Double($0) }),
            let repetitions = arguments.dropFirst().first.flatMap({ Int($0) })
        else {
            print("usage: wirewatch-bench-extracting SECONDS REPETITIONS FILE...")
            exit(64)
        }
        let before = memory("VmRSS")
        let pages = arguments.dropFirst(2).map { Document.Content(bytes: contents($0), type: .html) }
        let extractor = ArticleExtractor()
        let held = memory("VmRSS") - before
        var times = [Double](repeating: .infinity, count: pages.count)
        var best = Double.infinity
        let end = processorTime() + seconds
        repeat {
            var round = 0.0
            for (index, page) in pages.enumerated() {
                let start = processorTime()
                extract(page, with: extractor)
                let time = processorTime() - start
                round += time
                times[index] = min(times[index], time)
            }
            best = min(best, round)
        } while processorTime() < end
        var early = 0
        for index in 0..<repetitions {
            extract(pages[index % pages.count], with: extractor)
            if index == repetitions / 10 { early = memory("VmRSS") - held }
        }
        let late = memory("VmRSS") - held
        let bytes = pages.reduce(0) { $0 + $1.bytes.count }
        print(pages.count, bytes, best, times.max() ?? 0, memory("VmHWM") - held, early, late)
    }

    private static func extract(_ page: Document.Content, with extractor: ArticleExtractor) {
        var article = Article()
        article.url = "https://news.example/2026/page"
        _ = try? extractor.fill(&article, from: page)
    }
}
