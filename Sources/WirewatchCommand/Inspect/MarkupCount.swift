import Glibc
import WirewatchKit
import WirewatchMarkup

/// Measures decoding and parsing over whole files.
struct MarkupCount {
    var charset: String?
    var repetitions: Int
    var limits: MarkupTree.Limits

    /// Prints one JSON object: `files`, `bytes`, `nodes`, the `seconds` of CPU time that the fastest repetition took for all
    /// files, and the `peak_bytes` of memory that the process has taken.
    func print(_ files: [String]) throws {
        let pages = try files.map(MarkupCommand.bytes)
        var nodes = 0
        var fastest = Double.infinity
        for _ in 0..<repetitions {
            nodes = 0
            let start = Self.seconds()
            for page in pages {
                nodes += MarkupTree(html: Charset.decode(page, contentTypeCharset: charset), limits: limits).nodes.count
            }
            fastest = min(fastest, Self.seconds() - start)
        }
        var json = JSONWriter()
        json.beginObject()
        json.member("files", pages.count)
        json.member("bytes", pages.reduce(0) { $0 + $1.count })
        json.member("nodes", nodes)
        json.key("seconds")
        json.number(repetitions == 0 ? 0 : fastest)
        json.member("peak_bytes", try Self.peakBytes())
        json.endObject()
        json.endLine()
        try StandardOutput.write(json.bytes)
    }

    /// The most memory that this program has held; `getrusage` would count what its process held before (`proc(5)`).
    private static func peakBytes() throws -> Int {
        let status = String(decoding: try MarkupCommand.bytes(of: "/proc/self/status"), as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }

    /// CPU time of this process.
    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
