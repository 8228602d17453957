import Glibc
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
        let documents = arguments.dropFirst().map(contents)
        let bytes = documents.reduce(0) { $0 + $1.count }
        var best = Double.infinity
        var items = 0
        let end = processorTime() + seconds
        repeat {
            let start = processorTime()
            items = 0
            for document in documents {
                let feed = try? FeedReader.read(document, options: FeedReaderOptions(url: "https://feeds.example/a"))
                items += feed?.items.count ?? 0
            }
            best = min(best, processorTime() - start)
        } while processorTime() < end
        print(bytes, items, best)
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func contents(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else {
            perror(path)
            exit(66)
        }
        defer { fclose(file) }
        var all: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&block, 1, block.count, file), count > 0 { all += block[..<count] }
        return all
    }
}
