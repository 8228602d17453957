import Glibc
import WirewatchBenchmarking
import WirewatchText

/// Looks for terms in texts, a line each, again and again on one thread: `wirewatch-bench-matching SECONDS TERMS TEXT`
///
/// Prints one line for us, `terms TERMS BUILD-SECONDS BYTES SECONDS WORDS-SECONDS HITS`, and one for Hyperscan where its
/// library is installed, `peer BUILD-SECONDS SECONDS HITS`; seconds are processor time, of the fastest round.
@main struct MatchingBenchmark {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let seconds = Double(arguments[1]) else {
            print("usage: wirewatch-bench-matching SECONDS TERMS TEXT")
            exit(64)
        }
        let terms = contents(arguments[2]).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        let text = contents(arguments[3])
        text.withUnsafeBufferPointer { text in
            let lines = text.split(separator: 0x0A).map { UnsafeBufferPointer(rebasing: $0) }
            ours(terms, lines, bytes: text.count, seconds)
            peer(terms, lines, seconds)
        }
    }

    private static func ours(
        _ terms: [String], _ lines: [UnsafeBufferPointer<UInt8>], bytes: Int, _ seconds: Double
    ) {
        let list = terms.map { Term($0) }
        var built = Double.infinity
        var matcher = TermMatcher([])
        for _ in 0..<5 {
            let start = processorTime()
            matcher = TermMatcher(list)
            built = min(built, processorTime() - start)
        }
        var words = Words()
        var matches: [TermMatch] = []
        var hits = 0
        let scan = fastest(seconds) {
            hits = 0
            for line in lines {
                matches.removeAll(keepingCapacity: true)
                words.scan(line)
                matcher.find(in: line, words: words, into: &matches)
                hits += matches.count
            }
        }
        let wordsAlone = fastest(seconds / 4) {
            for line in lines { words.scan(line) }
        }
        print("terms", terms.count, built, bytes, scan, wordsAlone, hits)
    }

    private static func peer(_ terms: [String], _ lines: [UnsafeBufferPointer<UInt8>], _ seconds: Double) {
        guard let hyperscan = Hyperscan() else { return }
        let start = processorTime()
        guard let database = hyperscan.compile(terms) else { return }
        let built = processorTime() - start
        var hits = 0
        let scan = fastest(seconds) {
            hits = 0
            for line in lines { hits += hyperscan.scan(line, database, terms) }
        }
        print("peer", built, scan, hits)
    }
}
