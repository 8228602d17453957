import WirewatchHTTP
import WirewatchKit

/// An exchange for people, in the manner of `curl -v`: `>` sent, `<` received, `*` remarks.
struct ExchangeText: Sendable {
    private let text: TerminalText

    init(_ text: TerminalText) { self.text = text }

    func lines(_ hop: HTTPHop) -> String {
        var out = remarks([hop.url, connection(hop)].compactMap { $0 })
        if !hop.requestLine.isEmpty {
            out += line(">", hop.requestLine)
            for (name, value) in hop.requestHeaders { out += line(">", "\(name): \(value)") }
        }
        if hop.status > 0 {
            out += line("<", "\(hop.version.rawValue) \(hop.status)")
            for (name, value) in hop.headers { out += line("<", "\(name): \(value)") }
        }
        out += remarks([figures(hop)])
        if let error = hop.error { out += remarks(["failed: \(error.detail)"]) }
        return out
    }

    func remarks(_ lines: [String]) -> String { lines.map { line("*", $0) }.joined() }

    private func line(_ mark: String, _ words: String) -> String {
        let shown = "\(mark) \(TerminalText.shortened(TerminalText.safe(words), to: 1000))"
        return (mark == "*" ? text.paint(shown, .dim) : shown) + "\n"
    }

    private func connection(_ hop: HTTPHop) -> String? {
        guard !hop.peerAddress.isEmpty else { return nil }
        let kind = hop.isNewConnection ? "connected to" : "on a kept connection to"
        return "\(kind) \(hop.peerAddress)" + (hop.tls.map { ", \($0)" } ?? "")
    }

    private func figures(_ hop: HTTPHop) -> String {
        let times = hop.timings
        var parts: [String] = []
        for (name, time) in [
            ("name", times.nameLookup), ("connect", times.connected), ("TLS", times.secured),
            ("first byte", times.firstByte),
        ] where time > .zero { parts.append("\(name) \(Self.milliseconds(time))") }
        let detail = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
        return
            "\(Self.milliseconds(times.total))\(detail), \(hop.headerBytes) bytes of fields, \(hop.wireBytes) of body"
    }

    private static func milliseconds(_ time: Duration) -> String {
        let (seconds, attoseconds) = time.components
        return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000) ms"
    }
}
