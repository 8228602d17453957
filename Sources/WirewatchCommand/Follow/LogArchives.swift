import Glibc

/// The files of one log: the live one, and the archives that rotation has made of earlier ones.
///
/// Archives of `alerts.jsonl` are `alerts-20260104T120000Z-000042.jsonl`, perhaps with `.gz`; the number rises by one
/// with each rotation and is never used twice.
struct LogArchives {
    struct Archive: Equatable {
        var path: String
        var sequence: Int
        var isCompressed: Bool
    }

    let live: String
    private let folder: String
    private let stem: String
    private let suffix: String

    init(live: String) {
        self.live = live
        let slash = live.lastIndex(of: "/")
        folder = slash.map { $0 == live.startIndex ? "/" : String(live[..<$0]) } ?? "."
        let name = slash.map { live[live.index(after: $0)...] } ?? live[...]
        let dot = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 }
        stem = String(dot.map { name[..<$0] } ?? name)
        suffix = String(dot.map { name[$0...] } ?? "")
    }

    /// The archives there are now, oldest first; of one that is there plain and compressed (for a moment, while it is
    /// being compressed), the plain one. None when the folder cannot be read.
    func list() -> [Archive] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var found: [Int: Archive] = [:]
        while let entry = readdir(directory) {
            // The name is terminated within d_name (readdir(3)).
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let archive = archive(name) else { continue }
            if let other = found[archive.sequence], !other.isCompressed { continue }
            found[archive.sequence] = archive
        }
        return found.values.sorted { $0.sequence < $1.sequence }
    }

    /// Reads a file name; nil when it is no archive of this log.
    func archive(_ name: String) -> Archive? {
        var rest = name[...]
        func drop(_ prefix: String) -> Bool {
            guard rest.hasPrefix(prefix) else { return false }
            rest = rest.dropFirst(prefix.count)
            return true
        }
        func digits(_ count: ClosedRange<Int>) -> Substring? {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard count.contains(digits.count) else { return nil }
            rest = rest.dropFirst(digits.count)
            return digits
        }
        guard drop(stem + "-"), digits(8...8) != nil, drop("T"), digits(6...6) != nil, drop("Z-"),
            let number = digits(6...18), let sequence = Int(number), drop(suffix)
        else { return nil }
        let isCompressed = drop(".gz")
        guard rest.isEmpty else { return nil }
        return Archive(
            path: folder == "/" ? "/" + name : folder + "/" + name, sequence: sequence,
            isCompressed: isCompressed)
    }
}
