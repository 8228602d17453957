import Glibc
import WirewatchKit
import WirewatchMarkup

/// Measures decoding and parsing over whole files.
struct MarkupCount {
    var charset: String?
    var repetitions: Int

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
                var limits = MarkupTree.Limits()
                limits.nodes = .max / 2
                nodes += MarkupTree(html: Charset.decode(page, contentTypeCharset: charset), limits: limits).nodes.count
            }
            fastest = min(fastest, Self.seconds() - start)
        }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        var json = JSONWriter()
        json.beginObject()
        json.member("files", pages.count)
        json.member("bytes", pages.reduce(0) { $0 + $1.count })
        json.member("nodes", nodes)
        json.key("seconds")
        json.number(repetitions == 0 ? 0 : fastest)
        json.member("peak_bytes", usage.ru_maxrss * 1024)
        json.endObject()
        json.endLine()
        try StandardOutput.write(json.bytes)
    }

    /// CPU time of this process.
    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
