import Glibc

/// Reads a log with all its archives and says what is wrong with it: records missing, doubled, torn, out of sequence.
struct Oracle {
    struct Line {
        let seq: Int
        let title: String
        let file: String
    }

    private(set) var lines: [Line] = []
    private(set) var faults: [String] = []

    /// - Parameters:
    ///   - log: the live file.
    ///   - isRelated: which other files of its folder belong to it.
    init(log: String, isRelated: (String) -> Bool) throws {
        let folder = String(log[..<(log.lastIndex(of: "/") ?? log.startIndex)])
        let live = String(log.dropFirst(folder.count + 1))
        for name in Folder.names(in: folder) where name == live || isRelated(name) {
            let path = folder + "/" + name
            var bytes: [UInt8]
            if name.hasSuffix(".gz") {
                let (code, output) = try Program.run("gzip", "-dc", path)
                if code != 0 { faults.append("\(name) is no whole gzip file") }
                bytes = Array(output.utf8)
            } else {
                bytes = try Folder.read(path)
            }
            if bytes.isEmpty { continue }
            if bytes.last != 0x0A { faults.append("\(name) ends in a torn line") }
            for line in bytes.split(separator: 0x0A) { take(line, from: name) }
        }
    }

    private mutating func take(_ line: ArraySlice<UInt8>, from file: String) {
        let text = String(decoding: line, as: UTF8.self)
        guard text.hasPrefix("{\"schema\":\"wirewatch."), text.hasSuffix("}") else {
            faults.append("\(file) holds a line that is no record: \(text.prefix(60))")
            return
        }
        func value(_ key: String) -> Substring? {
            guard let start = text.firstRange(of: "\"\(key)\":") else { return nil }
            return text[start.upperBound...].drop { $0 == "\"" }.prefix { $0 != "\"" && $0 != "," }
        }
        guard let seq = value("seq").flatMap({ Int($0) }), let title = value("title") else {
            faults.append("\(file) holds a record without seq or title: \(text.prefix(60))")
            return
        }
        lines.append(Line(seq: seq, title: String(title), file: file))
    }

    /// Everything that is wrong, given the titles that must be there exactly once.
    func verdict(expecting titles: some Sequence<String>) -> [String] {
        var faults = faults
        var counts: [String: Int] = [:]
        for line in lines { counts[line.title, default: 0] += 1 }
        let expected = Set(titles)
        let missing = expected.filter { counts[$0] == nil }.sorted()
        let doubled = counts.filter { $0.value > 1 }.map(\.key).sorted()
        let strange = counts.keys.filter { !expected.contains($0) }.sorted()
        if !missing.isEmpty { faults.append("\(missing.count) missing: \(missing.prefix(5))") }
        if !doubled.isEmpty { faults.append("\(doubled.count) doubled: \(doubled.prefix(5))") }
        if !strange.isEmpty { faults.append("\(strange.count) unexpected: \(strange.prefix(5))") }
        let sequence = lines.map(\.seq).sorted()
        if sequence != Array(1..<(sequence.count + 1)) {
            let gap = zip(sequence, 1...).first { $0 != $1 }
            faults.append("the sequence is broken at \(gap.map { "\($0.1), where \($0.0) stands" } ?? "its end")")
        }
        return faults
    }

    /// The archives that the sink itself makes of `NAME.jsonl`.
    static func ownArchives(of name: String) -> (String) -> Bool {
        { $0.hasPrefix(name + "-") && ($0.hasSuffix(".jsonl") || $0.hasSuffix(".jsonl.gz")) }
    }
}
