import Synchronization
import WirewatchConfig
import WirewatchKit

/// Whether the daemon works.
public struct EngineHealth: Sendable {
    /// Batches move, or there is nothing to do, or a blocked sink is being retried: not hung. Feed the watchdog.
    public var isAlive: Bool
    /// Started, not stopping, and no sink blocked.
    public var isReady: Bool
    /// Which sink cannot write, and why.
    public var blockedReason: String?
    /// Why the daemon cannot go on.
    public var failure: String?
}

extension Daemon {
    /// The health now; cheap enough for every watchdog beat.
    public var health: EngineHealth {
        let (reports, workers, isReady, outcome, failure) = running.withLock {
            ($0.sinkReports, $0.workers, $0.isReady, $0.outcome, $0.failure)
        }
        let now = monotonicMilliseconds()
        let isMoving =
            pulse.age(at: now) < .seconds(30) && workers.allSatisfy { $0.busy(at: now) < .seconds(60) }
        let blockedSink = reports.lazy.compactMap { report in
            report.blockedReason.map { "sink '\(report.name)': \($0.reason)" }
        }.first
        let blocked = blockedSink ?? pulse.blockedState.withLock { $0 }
        return EngineHealth(
            isAlive: failure == nil && (isMoving || outcome != nil),
            isReady: isReady && blocked == nil && failure == nil, blockedReason: blocked, failure: failure)
    }

    /// How many articles and alerts were committed since the start, and how many documents failed or came again.
    public var totals: (articles: Int, alerts: Int, deadLetters: Int, duplicates: Int) {
        (
            pulse.articles.load(ordering: .relaxed), pulse.alerts.load(ordering: .relaxed),
            pulse.deadLetters.load(ordering: .relaxed), pulse.duplicates.load(ordering: .relaxed)
        )
    }

    /// Everything that `wirewatch status` shows, as one JSON object.
    public func statusJSON() -> [UInt8] {
        let running = running.withLock { $0 }
        let health = health
        let totals = totals
        let depth = queue.depth
        let now = clock.now()
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.member("schema", "wirewatch.status/1")
        json.member("time", now.rfc3339)
        json.member("started", started.rfc3339)
        json.member("uptime_seconds", Int((now - started).milliseconds / 1000))
        json.key("ready")
        json.bool(health.isReady)
        json.key("alive")
        json.bool(health.isAlive)
        json.member("blocked", health.blockedReason)
        json.member("config", running.configuration.file)
        json.member("state", stateDirectory)
        json.member("reloads", running.reloads)
        json.member("articles", totals.articles)
        json.member("alerts", totals.alerts)
        json.member("dead_letters", totals.deadLetters)
        json.member("duplicates", totals.duplicates)
        json.key("queue")
        json.beginObject()
        json.member("articles", depth.items)
        json.member("bytes", depth.bytes)
        json.member("max_articles", running.configuration.engine.queueArticles)
        json.member("max_bytes", running.configuration.engine.queueBytes)
        json.member("pending_batches", mailbox.pending)
        json.endObject()
        json.key("sources")
        json.beginArray()
        for source in running.sources { Self.write(source, to: &json) }
        json.endArray()
        json.key("stages")
        json.beginArray()
        for (component, counters) in running.stageCounters {
            json.beginObject()
            json.member("name", component.name)
            json.member("type", component.plugin.name)
            counters.write(to: &json)
            json.endObject()
        }
        json.endArray()
        json.key("sinks")
        json.beginArray()
        for report in running.sinkReports { Self.write(report, to: &json) }
        json.endArray()
        json.endObject()
        return json.bytes
    }

    private static func write(_ source: SourceRunner, to json: inout JSONWriter) {
        json.beginObject()
        json.member("name", source.component.name)
        json.member("type", source.component.plugin.name)
        switch source.current {
        case .running: json.member("state", "running")
        case .ended: json.member("state", "ended")
        case .waiting(let until, let reason):
            json.member("state", "waiting")
            json.member("until", until.rfc3339)
            json.member("reason", reason)
        case .stopped(let reason):
            json.member("state", "stopped")
            json.member("reason", reason)
        }
        source.counters.write(to: &json)
        json.key("detail")
        json.beginObject()
        for (name, value) in source.report.figures { json.member(name, value) }
        json.endObject()
        json.endObject()
    }

    private static func write(_ report: SinkReport, to json: inout JSONWriter) {
        json.beginObject()
        json.member("name", report.name)
        json.member("type", report.type)
        if let blocked = report.blockedReason {
            json.member("blocked", blocked.reason)
            json.member("blocked_since", blocked.since.rfc3339)
        } else {
            json.member("blocked", nil)
        }
        report.counters.write(to: &json)
        json.key("detail")
        json.beginObject()
        for (name, value) in report.status { json.member(name, value) }
        json.endObject()
        json.endObject()
    }
}
