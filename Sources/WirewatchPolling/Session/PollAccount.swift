public import WirewatchHTTP
public import WirewatchKit

/// What every polling source tells of itself, in the log and in `wirewatch status`.
public struct PollAccount: Sendable {
    private let context: SourceContext
    private let subject: String
    /// Counted since the start, by the name that they are shown under.
    public private(set) var counts: [String: Int] = [:]

    public init(_ context: SourceContext, subject: String) {
        self.context = context
        self.subject = subject
    }

    /// Adds to a figure.
    public mutating func count(_ name: String, _ number: Int = 1) {
        guard number != 0 else { return }
        counts[name, default: 0] += number
    }

    /// Counts and logs a page that could not be had.
    public mutating func countPage(_ error: any Error, at url: HTTPURL) {
        count("page_" + PageProblem.reason(error))
        context.log.info(
            "no full text, the item's own is used",
            metadata: ["source": "\(context.name)", "url": "\(url.redacted)", "reason": "\(error)"])
    }

    /// Tells what came of a poll. An end is told by throwing it.
    public func tell(_ memory: PollMemory, movedBefore: String?, isEnd: Bool, now: Timestamp) {
        if let failure = memory.failure, !isEnd {
            context.report.fail(failure, at: now)
            context.log.warning(
                "poll failed: \(failure)",
                metadata: ["source": "\(context.name)", "failures": "\(memory.failures)"])
        }
        if let moved = memory.movedTo, moved != movedBefore {
            context.log.notice(
                "the \(subject) has moved for good and is polled there from now on; correct 'url'",
                metadata: [
                    "source": "\(context.name)", "from": "\((try? HTTPURL(memory.url))?.redacted ?? memory.url)",
                    "to": "\(moved)",
                ])
        }
    }

    /// The figures of `wirewatch status`; `more` are the source's own, as they stand now.
    public func report(
        _ memory: PollMemory, _ schedule: PollSchedule, next: Timestamp?, more: [(name: String, value: String)] = []
    ) {
        var figures: [(name: String, value: String)] = [
            ("polls", String(memory.polls)), ("items", String(memory.items)), ("bytes_received", String(memory.bytes)),
        ]
        if memory.status != 0 { figures.append(("http_status", String(memory.status))) }
        if memory.polls304 > 0 { figures.append(("unmodified", "\(memory.polls304 * 100 / max(1, memory.polls)) %")) }
        if let time = memory.lastSuccess { figures.append(("last_success", time.rfc3339)) }
        if let time = memory.lastArrival { figures.append(("last_item", time.rfc3339)) }
        if let next { figures.append(("next_poll", next.rfc3339)) }
        figures.append(("interval", HumanUnits.text(.seconds(schedule.interval(memory).milliseconds / 1000))))
        figures.append(("failures_in_a_row", String(memory.failures)))
        if let moved = memory.movedTo { figures.append(("moved_to", moved)) }
        figures += more
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { figures.append((name, String(count))) }
        context.report.update(figures)
    }
}
