import WirewatchKit

/// What is remembered of a subscription at a hub (W3C WebSub, 2018), across restarts too.
struct WebSubMemory: Sendable, Equatable {
    /// The hub that was asked, and the topic as the feed names itself; empty before the first request.
    var hub = ""
    var topic = ""
    /// The part of the callback's path that nobody can guess: 32 random bytes in hexadecimal digits.
    var token = ""
    /// The key with which the hub signs what it sends: as many.
    var secret = ""
    /// Until when the hub has promised to push; nil before it verified the subscription.
    var until: Timestamp?
    /// How long it has promised to, for renewing in time.
    var lease = Duration.zero
    /// Failed requests in a row.
    var failures = 0
    /// When to ask next; nil asks at once.
    var nextRequest: Timestamp?
    /// Why the last request failed, or the hub's reason for denying.
    var failure: String?
    /// Pushes taken, and those whose signature was missing or wrong or that could not be read.
    var pushes = 0
    var rejected = 0

    static let key = "websub"
    /// Asked for; the hub decides.
    static let wantedLease = Duration.seconds(10 * 86_400)
    /// What is believed of a hub's word.
    static let leases: ClosedRange<Duration> = .seconds(60) ... .seconds(365 * 86_400)
    /// A request that the hub does not verify within this time has failed.
    static let verificationTime = Duration.seconds(600)

    /// Whether the hub pushes now, as far as it has promised.
    func isLive(at now: Timestamp) -> Bool { until.map { $0 > now } ?? false }

    /// When a lease that began at `now` is to be renewed: after four fifths of it, so that there is time for failures.
    static func renewal(_ lease: Duration, from now: Timestamp) -> Timestamp { now + lease * 4 / 5 }
}

/// One `name value` a line, as the poll's memory is kept.
extension WebSubMemory {
    var encoded: [UInt8] {
        var text = ""
        func line(_ name: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            text += name + " " + value.replacing("\n", with: " ").replacing("\r", with: " ") + "\n"
        }
        line("hub", hub)
        line("topic", topic)
        line("token", token)
        line("secret", secret)
        line("until", until.map { String($0.milliseconds) })
        line("lease", String(lease.milliseconds))
        line("failures", String(failures))
        line("next_request", nextRequest.map { String($0.milliseconds) })
        line("failure", failure)
        line("pushes", String(pushes))
        line("rejected", String(rejected))
        return Array(text.utf8)
    }

    /// Reads what ``encoded`` writes; what is missing or damaged keeps its default.
    init(encoded bytes: [UInt8]) {
        var values: [Substring: String] = [:]
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(separator: "\n") {
            guard let space = line.firstIndex(of: " ") else { continue }
            values[line[..<space]] = String(line[line.index(after: space)...])
        }
        func number(_ name: Substring) -> Int64? { values[name].flatMap { Int64($0) }.map { min(max(0, $0), 1 << 48) } }
        hub = values["hub"] ?? ""
        topic = values["topic"] ?? ""
        token = values["token"] ?? ""
        secret = values["secret"] ?? ""
        until = number("until").map { Timestamp(milliseconds: $0) }
        lease = .milliseconds(number("lease") ?? 0)
        failures = Int(number("failures") ?? 0)
        nextRequest = number("next_request").map { Timestamp(milliseconds: $0) }
        failure = values["failure"]
        pushes = Int(number("pushes") ?? 0)
        rejected = Int(number("rejected") ?? 0)
    }
}
