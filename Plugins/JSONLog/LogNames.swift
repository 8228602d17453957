import WirewatchKit

/// The names of a log's files: the live file, its archives, and what stands beside them.
///
/// For `logs/alerts.jsonl` these are `logs/alerts.jsonl`, `logs/alerts-20260104T120000Z-000042.jsonl` (or `.jsonl.gz`),
/// `logs/.alerts.lock`, `logs/.alerts.tmp` and `logs/alerts.torn-20260104T120000Z`.
struct LogNames: Sendable {
    let folder: String
    /// The live file's name without its folder.
    let file: String
    private let stem: String
    private let suffix: String

    init(path: String) {
        if let slash = path.lastIndex(of: "/") {
            folder = slash == path.startIndex ? "/" : String(path[..<slash])
            file = String(path[path.index(after: slash)...])
        } else {
            folder = "."
            file = path
        }
        if let dot = file.lastIndex(of: "."), dot != file.startIndex {
            stem = String(file[..<dot])
            suffix = String(file[dot...])
        } else {
            stem = file
            suffix = ""
        }
    }

    var live: String { path(file) }
    var lock: String { path(hidden + ".lock") }
    /// A new live file before it takes the live name.
    var temporary: String { path(hidden + ".tmp") }

    func path(_ name: String) -> String { folder == "/" ? "/" + name : folder + "/" + name }

    /// The uncompressed name of an archive.
    func archive(_ start: Timestamp, _ sequence: Int) -> String {
        "\(stem)-\(Self.stamp(start))-\(Self.padded(sequence, 6))\(suffix)"
    }

    func torn(_ time: Timestamp, _ attempt: Int) -> String {
        "\(stem).torn-\(Self.stamp(time))" + (attempt == 0 ? "" : "-\(attempt)")
    }

    /// What an archive's name says; nil for any other name, so that nothing else is ever deleted.
    func parse(_ name: String) -> (start: Timestamp, sequence: Int, isCompressed: Bool)? {
        var rest = Array(name.utf8)[...]
        func drop(_ text: String) -> Bool {
            guard rest.starts(with: text.utf8) else { return false }
            rest = rest.dropFirst(text.utf8.count)
            return true
        }
        func number(_ digits: Int) -> Int? {
            guard rest.count >= digits else { return nil }
            var value = 0
            for byte in rest.prefix(digits) {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            rest = rest.dropFirst(digits)
            return value
        }
        guard drop(stem), drop("-"), let year = number(4), let month = number(2), let day = number(2), drop("T"),
            let hour = number(2), let minute = number(2), let second = number(2), drop("Z"), drop("-")
        else { return nil }
        let civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
        guard civil.isValid, (6...15).contains(digits), let sequence = number(digits), drop(suffix) else { return nil }
        let isCompressed = drop(".gz")
        // Exactly the digits that we write: 0000042 is not ours.
        guard rest.isEmpty, digits == max(6, String(sequence).utf8.count) else { return nil }
        return (civil.timestamp(), sequence, isCompressed)
    }

    private var hidden: String { "." + stem + (suffix == ".jsonl" ? "" : suffix) }

    /// `20260104T120000Z`.
    private static func stamp(_ time: Timestamp) -> String {
        let civil = time.civil
        let date = padded(civil.year, 4) + padded(civil.month, 2) + padded(civil.day, 2)
        return date + "T" + padded(civil.hour, 2) + padded(civil.minute, 2) + padded(civil.second, 2) + "Z"
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
