import Glibc
import WirewatchBenchmarking
import WirewatchFeeds

/// Reads feeds from memory again and again on one thread: `wirewatch-bench-parsing SECONDS FILE...`
///
/// Prints one line, `BYTES ITEMS SECONDS`: of all files together, and the processor time of the fastest round.
@main struct ParsingBenchmark {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let seconds = arguments.first.flatMap({ Double($0) }), arguments.count > 1 else {
            print("usage: wirewatch-bench-parsing SECONDS FILE...")
            exit(64)
        }
        let documents = arguments.dropFirst().map { contents($0) }
        let bytes = documents.reduce(0) { $0 + $1.count }
        var items = 0
        let best = fastest(seconds) {
            items = 0
            for document in documents {
                let feed = try? FeedReader.read(document, options: FeedReaderOptions(url: "https://feeds.example/a"))
                items += feed?.items.count ?? 0
            }
        }
        print(bytes, items, best)
    }
}
