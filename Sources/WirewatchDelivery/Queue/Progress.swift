import WirewatchKit

/// How far the delivery of one notice has come; kept in the state beside the notice.
struct Progress: Sendable, Hashable {
    /// Attempts that ended, and of those in a row that failed with the notice itself to blame.
    var attempts = 0
    var ownFailures = 0
    /// No attempt before this.
    var next: Timestamp?
    /// When the receiver got it, which is only told again.
    var deliveredAt: Timestamp?
    var lastError = ""

    /// Failures of its own after which a notice lets others go first.
    static let patience = 3

    var isDelivered: Bool { deliveredAt != nil }

    var stepsAside: Bool { ownFailures >= Self.patience }

    init() {}

    var encoded: [UInt8] {
        let error = lastError.utf8.map { $0 < 0x20 ? 0x20 : $0 }
        return Array(
            "1 \(attempts) \(ownFailures) \(next?.milliseconds ?? -1) \(deliveredAt?.milliseconds ?? -1) ".utf8)
            + error
    }

    init?(encoded bytes: [UInt8]) {
        let words = String(decoding: bytes, as: UTF8.self).split(
            separator: " ", maxSplits: 5, omittingEmptySubsequences: false)
        guard words.count == 6, words[0] == "1", let attempts = Int(words[1]), let ownFailures = Int(words[2]),
            let next = Int64(words[3]), let deliveredAt = Int64(words[4])
        else { return nil }
        self.attempts = attempts
        self.ownFailures = ownFailures
        self.next = next < 0 ? nil : Timestamp(milliseconds: next)
        self.deliveredAt = deliveredAt < 0 ? nil : Timestamp(milliseconds: deliveredAt)
        lastError = String(words[5])
    }
}

/// A notice in the queue.
struct QueuedNotice: Sendable {
    /// Ascending in the order of making.
    var number: UInt64
    var notice: Notice
    var progress = Progress()
}

/// What the runner tells the book, to be made durable.
enum Outcome: Sendable {
    case done(UInt64)
    case progressed(UInt64, Progress)
    case dead(UInt64, Progress, reason: String)
}
