import Synchronization
import WirewatchConfig
import WirewatchKit

extension Daemon {
    /// All figures in the Prometheus text format, version 0.0.4
    /// (https://prometheus.io/docs/instrumenting/exposition_formats/).
    public func prometheusText() -> String {
        let state = running.withLock { $0 }
        let health = health
        let totals = totals
        let depth = queue.depth
        var page = PrometheusPage()
        page.figure(
            "wirewatch_up_seconds", "gauge", "Seconds since the daemon started.",
            Double((clock.now() - started).milliseconds) / 1000)
        page.figure("wirewatch_ready", "gauge", "1 when it is started and no sink is blocked.", health.isReady ? 1 : 0)
        page.figure("wirewatch_articles_total", "counter", "Articles committed.", Double(totals.articles))
        page.figure("wirewatch_alerts_total", "counter", "Alerts committed.", Double(totals.alerts))
        page.figure(
            "wirewatch_dead_letters_total", "counter", "Documents that could not be processed.",
            Double(totals.deadLetters))
        page.figure(
            "wirewatch_duplicates_total", "counter", "Documents that came again and were passed over.",
            Double(totals.duplicates))
        page.figure(
            "wirewatch_reloads_total", "counter", "Configurations taken over since the start.", Double(state.reloads))
        page.figure("wirewatch_queue_articles", "gauge", "Documents that wait for a worker.", Double(depth.items))
        page.figure("wirewatch_queue_bytes", "gauge", "Bytes of documents that wait for a worker.", Double(depth.bytes))
        let components =
            state.sources.map { (labels: [("kind", "source"), ("name", $0.component.name)], counters: $0.counters) }
            + state.stageCounters.map {
                (labels: [("kind", "stage"), ("name", $0.component.name)], counters: $0.counters)
            }
            + state.sinkReports.map { (labels: [("kind", "sink"), ("name", $0.name)], counters: $0.counters) }
        for figure in Counters.figures {
            page.family("wirewatch_component_\(figure.name)_total", "counter", figure.help)
            for component in components {
                page.sample(
                    "wirewatch_component_\(figure.name)_total", component.labels, figure.value(component.counters))
            }
        }
        page.family("wirewatch_component_dropped_total", "counter", "Events that a component let go, by reason.")
        for component in components {
            for (reason, count) in component.counters.drops {
                page.sample("wirewatch_component_dropped_total", component.labels + [("reason", reason)], Double(count))
            }
        }
        page.family("wirewatch_component_noted_total", "counter", "What a component itself counts, by its word.")
        for component in components {
            for (word, count) in component.counters.notes {
                page.sample("wirewatch_component_noted_total", component.labels + [("what", word)], Double(count))
            }
        }
        page.family("wirewatch_sink_blocked", "gauge", "1 while a sink cannot write.")
        for report in state.sinkReports {
            page.sample("wirewatch_sink_blocked", [("name", report.name)], report.blockedReason == nil ? 0 : 1)
        }
        page.family(
            "wirewatch_source_up", "gauge", "1 while a source runs, 0 while it waits after a failure or has ended.")
        for source in state.sources {
            page.sample("wirewatch_source_up", [("name", source.component.name)], source.current == .running ? 1 : 0)
        }
        page.family("wirewatch_source_figure", "gauge", "Numbers that a source tells of itself: polls, http_status ...")
        for source in state.sources {
            for (name, value) in source.report.figures {
                guard let number = Int(value) else { continue }
                page.sample(
                    "wirewatch_source_figure", [("name", source.component.name), ("figure", name)], Double(number))
            }
        }
        return page.text
    }
}

/// Writes the text format: one HELP and TYPE line for a family, then its samples.
struct PrometheusPage {
    private(set) var text = ""

    mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// A family of one sample without labels.
    mutating func figure(_ name: String, _ type: String, _ help: String, _ value: Double) {
        family(name, type, help)
        sample(name, [], value)
    }

    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",") + "}"
        }
        // Whole numbers without a fraction, as people read counters.
        text += value == value.rounded() && abs(value) < 1e15 ? " \(Int64(value))\n" : " \(value)\n"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
