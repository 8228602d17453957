import WirewatchDigest
import WirewatchKit

/// Alerts that wait to become one notice.
struct AlertGroup {
    let id: String
    let labels: [(name: String, value: String)]
    /// By ascending numbers.
    var pending: [(number: UInt64, alert: Alert)] = []
    /// When a notice is made of ``pending``.
    var due = Timestamp(milliseconds: 0)
    var lastNotice: Timestamp?
    /// Repeats of what waits that were held back before.
    var repeats = 0

    static let digestID = "digest"

    init(id: String, labels: [(name: String, value: String)]) {
        self.id = id
        self.labels = labels
    }

    static func id(_ labels: [(name: String, value: String)]) -> String {
        SHA256.identifier("wirewatch.group", Notice.line(labels))
    }

    static func key(_ id: String, _ number: UInt64) -> String { "p/\(id)/\(digits(number))" }

    /// Sixteen hexadecimal digits, which sort as numbers do.
    static func digits(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    var encoded: [UInt8] {
        Array("1 \(due.milliseconds) \(lastNotice?.milliseconds ?? -1) \(repeats)\n".utf8) + Notice.line(labels)
    }

    init?(id: String, encoded bytes: [UInt8]) {
        let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2 else { return nil }
        let words = String(decoding: lines[0], as: UTF8.self).split(separator: " ")
        guard words.count == 4, words[0] == "1", let due = Int64(words[1]), let last = Int64(words[2]),
            let repeats = Int(words[3])
        else { return nil }
        self.init(id: id, labels: Notice.labels(lines[1]))
        self.due = Timestamp(milliseconds: due)
        lastNotice = last < 0 ? nil : Timestamp(milliseconds: last)
        self.repeats = repeats
    }
}

/// What was sent about a subject (a rule and a story, say), so that repeats are told from news.
struct SubjectMemory {
    var lastSent: Timestamp?
    var severity = Alert.Severity.info
    var facts: Set<UInt64> = []
    var repeats = 0

    init() {}

    var encoded: [UInt8] {
        // Bounded: a subject with more facts than that is news for other reasons.
        let facts = facts.sorted().prefix(256).map { String($0, radix: 16) }.joined(separator: ",")
        return Array("1 \(lastSent?.milliseconds ?? -1) \(severity.rawValue) \(repeats) \(facts)".utf8)
    }

    init?(encoded bytes: [UInt8]) {
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 5, words[0] == "1", let last = Int64(words[1]),
            let severity = Alert.Severity(rawValue: String(words[2])), let repeats = Int(words[3])
        else { return nil }
        lastSent = last < 0 ? nil : Timestamp(milliseconds: last)
        self.severity = severity
        self.repeats = repeats
        facts = Set(words[4].split(separator: ",").compactMap { UInt64($0, radix: 16) })
    }
}

/// A notice that could not be delivered; its alerts are in the state alone.
struct DeadNotice {
    var time: Timestamp
    var attempts: Int
    var id: String
    var rule: String
    /// Of its alerts.
    var count: Int
    var reason: String

    func encoded(_ notice: Notice) -> [UInt8] {
        let labels = Notice.line([("rule", rule), ("reason", reason)])
        return Array("1 \(time.milliseconds) \(attempts) \(count) \(id)\n".utf8) + labels + [0x0A] + notice.encoded
    }

    static func notice(_ bytes: [UInt8]) -> Notice? {
        let lines = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        return lines.count == 3 ? Notice(encoded: Array(lines[2])) : nil
    }
}

extension DeadNotice {
    init?(encoded bytes: [UInt8]) {
        let lines = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3 else { return nil }
        let words = String(decoding: lines[0], as: UTF8.self).split(separator: " ")
        guard words.count == 5, words[0] == "1", let time = Int64(words[1]), let attempts = Int(words[2]),
            let count = Int(words[3])
        else { return nil }
        let labels = Notice.labels(lines[1])
        self.init(
            time: Timestamp(milliseconds: time), attempts: attempts, id: String(words[4]),
            rule: labels.first { $0.name == "rule" }?.value ?? "", count: count,
            reason: labels.first { $0.name == "reason" }?.value ?? "")
    }
}
