import WirewatchKit

/// How the daemon's status reads for people.
struct StatusText {
    private let terminal: TerminalText

    init(_ terminal: TerminalText) { self.terminal = terminal }

    static func isReady(_ json: [UInt8]) -> Bool { JSONValue(json)?["ready"] == .bool(true) }

    /// The lines, each ended by a line feed; the bytes as they are when they are no status.
    func lines(_ json: [UInt8]) -> String {
        guard let status = JSONValue(json), status["ready"] != nil else {
            return TerminalText.safe(String(decoding: json, as: UTF8.self)) + "\n"
        }
        var text = headline(status) + "\n"
        text += pair("up", uptime(status)) + pair("config", shown(status["config"]))
        text += pair("state", shown(status["state"]))
        text += pair(
            "so far",
            "\(count(status, "articles", "article")), \(count(status, "alerts", "alert")), "
                + "\(shown(status["dead_letters"])) failed, \(shown(status["duplicates"])) seen before")
        if let queue = status["queue"] {
            text += pair("queue", "\(shown(queue["articles"])) of \(shown(queue["max_articles"])) articles")
        }
        text += table("sources", status["sources"]) { source in
            [shown(source["state"]), source["reason"]?.text.map { "(\($0))" }]
        }
        text += table("stages", status["stages"]) { _ in [] }
        text += table("sinks", status["sinks"]) { sink in [sink["blocked"]?.text.map { "BLOCKED: \($0)" }] }
        return text
    }

    private func headline(_ status: JSONValue) -> String {
        if let blocked = status["blocked"]?.text {
            return terminal.paint("blocked: ", .bad) + TerminalText.safe(blocked)
        }
        return status["ready"] == .bool(true)
            ? terminal.paint("ready", .good) : terminal.paint("not ready", .warning)
    }

    private func pair(_ name: String, _ value: String) -> String {
        terminal.paint(Self.padded(name, 9), .dim) + value + "\n"
    }

    private func uptime(_ status: JSONValue) -> String {
        guard case .number(let seconds)? = status["uptime_seconds"] else { return "?" }
        return HumanUnits.text(.seconds(Int64(seconds))) + ", since " + shown(status["started"])
    }

    private func count(_ status: JSONValue, _ key: String, _ noun: String) -> String {
        let count = shown(status[key])
        return count == "1" ? "1 \(noun)" : "\(count) \(noun)s"
    }

    private func table(
        _ title: String, _ components: JSONValue?, _ more: (JSONValue) -> [String?]
    ) -> String {
        guard let components = components?.elements, !components.isEmpty else { return "" }
        let width = components.map { shown($0["name"]).count }.max() ?? 0
        var text = terminal.paint(title, .heading) + "\n"
        for component in components {
            var parts = [Self.padded(shown(component["name"]), width)]
            parts += more(component).compactMap { $0.map(TerminalText.safe) }
            parts.append("in \(shown(component["received"])), out \(shown(component["emitted"]))")
            if let failed = component["failed"]?.text, failed != "0" {
                parts.append(terminal.paint("failed \(failed)", .bad))
            }
            if case .object(let reasons)? = component["dropped"] {
                parts += reasons.sorted { $0.key < $1.key }
                    .map { "dropped \($0.value.text ?? "?") (\(TerminalText.safe($0.key)))" }
            }
            if case .object(let notes)? = component["noted"] {
                parts += notes.sorted { $0.key < $1.key }
                    .map { TerminalText.safe("\($0.key) \($0.value.text ?? "?")") }
            }
            if case .object(let details)? = component["detail"] {
                // What has not happened is left out; --json has it.
                parts += details.sorted { $0.key < $1.key }.filter { $0.value.text != "0" }
                    .map { TerminalText.safe("\($0.key) \($0.value.text ?? "?")") }
            }
            if let error = component["last_error"]?.text {
                parts.append(terminal.paint("last error: \(TerminalText.safe(error))", .warning))
            }
            text += "  " + parts.joined(separator: "  ") + "\n"
        }
        return text
    }

    private func shown(_ value: JSONValue?) -> String { TerminalText.safe(value?.text ?? "?") }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
