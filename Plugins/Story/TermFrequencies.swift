internal import Glibc
internal import WirewatchKit

/// In how many of the recent articles a term stands, by the buckets of a table of fixed size.
///
/// Counts halve as soon as the table stands for ``capacity`` articles, so that old news fades. A new table knows how
/// common the words of general English are in news (``CommonTerms``), as though it had seen ``CommonTerms/articles``.
struct TermFrequencies {
    static let bits = 16
    static let capacity: Float = 32_768

    /// Articles that the table stands for.
    private(set) var articles: Float
    private(set) var counts: [UInt16]
    /// The logarithm of their number and one, and of each count and a half, up to as many articles.
    private var articlesLog: Float
    private let countLogs: [Float]

    init() {
        counts = [UInt16](repeating: 0, count: 1 << Self.bits)
        articles = CommonTerms.articles
        articlesLog = logf(articles + 1)
        countLogs = Self.logs
        var scan = TermScan()
        for (perThousand, words) in CommonTerms.classes {
            scan.begin()
            scan.add(words, .body, limit: .max)
            for term in scan.terms {
                counts[Self.bucket(term.hash)] += UInt16(perThousand * CommonTerms.articles / 1000)
            }
        }
    }

    /// Goes on where an earlier run was; nil when the counts are not those of such a table.
    init?(articles: Float, counts: [UInt16]) {
        guard counts.count == 1 << Self.bits, articles >= 0, articles < Self.capacity else { return nil }
        self.articles = articles
        self.counts = counts
        articlesLog = logf(articles + 1)
        countLogs = Self.logs
    }

    private static var logs: [Float] { (0..<Int(capacity)).map { logf(Float($0) + 0.5) } }

    @inline(__always)
    static func bucket(_ term: UInt32) -> Int { Int((term &* 0x9E37_79B1) >> UInt32(32 - bits)) }

    mutating func countArticle() {
        articles += 1
        if articles >= Self.capacity {
            articles /= 2
            for at in counts.indices { counts[at] >>= 1 }
        }
        articlesLog = logf(articles + 1)
    }

    /// Counts the terms of the article at hand.
    mutating func count(_ terms: UnsafeBufferPointer<CountedTerm>) {
        counts.withUnsafeMutableBufferPointer { counts in
            for term in terms {
                let bucket = Self.bucket(term.hash)
                counts[bucket] = max(counts[bucket], counts[bucket] &+ 1)
            }
        }
    }

    /// Counts a term by its bucket.
    @inline(__always)
    mutating func count(bucket: Int) {
        if counts[bucket] < .max { counts[bucket] += 1 }
    }

    /// The inverse document frequency: 0 for a term that stands everywhere.
    @inline(__always)
    func weight(_ term: UInt32) -> Float {
        let count = Int(counts[Self.bucket(term)])
        return max(0, articlesLog - (count < countLogs.count ? countLogs[count] : logf(Float(count) + 0.5)))
    }
}
