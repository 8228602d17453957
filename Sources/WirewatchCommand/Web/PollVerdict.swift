import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// What a reply means for a source that polls the address: what it would send back, when it would come again, and what
/// robots.txt says.
struct PollVerdict {
    private let response: HTTPResponse
    private let schedule: FeedSchedule?
    private let connection: SourceConnection
    private let robots: RobotsTXT

    init(_ response: HTTPResponse, schedule: FeedSchedule?, connection: SourceConnection, robots: RobotsTXT) {
        self.response = response
        self.schedule = schedule
        self.connection = connection
        self.robots = robots
    }

    var lines: [String] {
        var lines = ["decoded: \(response.sizes.decoded) bytes"]
        if let moved = response.permanentURL { lines.append("moved for good: \(moved.redacted)") }
        lines.append(validators)
        lines.append(freshness)
        if let schedule { lines.append(feed(schedule)) }
        lines.append(nextPoll)
        lines.append(robotsLine)
        return lines
    }

    private var validators: String {
        let found = response.validators()
        let parts = [found.etag.map { "ETag \($0)" }, found.lastModified.map { "Last-Modified \($0)" }]
            .compactMap { $0 }
        return parts.isEmpty
            ? "validators: none, so every poll fetches the whole"
            : "validators: \(parts.joined(separator: ", ")), sent back with the next poll"
    }

    private var fresh: Freshness { Freshness(response.headers, now: response.received) }

    private var freshness: String {
        guard let lifetime = fresh.lifetime else { return "freshness: the server says nothing" }
        var text = "freshness: \(HumanUnits.text(lifetime)) by the server's word"
        if fresh.mustRevalidate { text += " (to be asked each time)" }
        return text
    }

    private func feed(_ schedule: FeedSchedule) -> String {
        var parts: [String] = []
        if let ttl = schedule.ttlMinutes { parts.append("ttl \(ttl)m") }
        if let period = schedule.updatePeriod {
            parts.append("\(schedule.updateFrequency) times \(period.rawValue)")
        }
        if !schedule.skipHours.isEmpty {
            parts.append("not in the hours \(schedule.skipHours.map { String($0) }.joined(separator: " "))")
        }
        if !schedule.skipDays.isEmpty {
            parts.append("not on \(schedule.skipDays.map(\.rawValue).joined(separator: ", "))")
        }
        return "the feed asks for: " + (parts.isEmpty ? "nothing" : parts.joined(separator: ", "))
    }

    /// As a source counts that polls the address for the first time.
    private var nextPoll: String {
        var memory = PollMemory(url: response.url.text)
        var hints = PollHints(interval: schedule?.pollSeconds.map { .seconds($0) })
        hints.skipHours = Set(schedule?.skipHours ?? [])
        hints.skipDays = Set((schedule?.skipDays ?? []).compactMap { FeedSchedule.Weekday.allCases.firstIndex(of: $0) })
        let reply = PollSchedule.Reply(
            response, to: connection.request(response.url), configured: connection.url ?? response.url,
            validators: Validators(), now: response.received)
        let polls = connection.schedule(response.url)
        _ = polls.note(.content(reply, arrivals: 0, hints: hints), in: &memory, now: response.received)
        let due = polls.due(memory, now: response.received)
        return "next poll: after \(HumanUnits.text(due - response.received)), at \(due.rfc3339) "
            + "(every: \(HumanUnits.text(polls.every)))"
    }

    private var robotsLine: String {
        let agent = connection.agent
        let allows = robots.allows(response.url, agent: agent)
        var text = "robots.txt: \(allows ? "allows" : "does not allow") this address to '\(agent)'"
        if let delay = robots.crawlDelay(agent: agent) { text += ", with \(HumanUnits.text(delay)) between pages" }
        return text + (allows ? "" : "; that keeps us from pages, not from feeds")
    }
}
