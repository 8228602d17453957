/// How an alert reads for people: a line with severity, time, rule and message, the address below it, then one line
/// for each reason with the text that made it hold.
///
/// ```
/// HIGH     2026-01-04 12:00:03Z  humanoid-orders  Walker orders pass a billion yuan
///          https://example.org/walker
///          - metric orders >= 100 million USD: "orders worth over 1.3 billion yuan" (body)
/// ```
public struct AlertText: Sendable {
    public var terminal: TerminalText
    /// Conditions and the texts that met them are each cut to this many characters.
    public var reasonLimit = 160

    public init(_ terminal: TerminalText = TerminalText(colored: false)) { self.terminal = terminal }

    /// The lines, each ended by a line feed.
    public func lines(_ alert: Alert) -> String {
        let name = alert.severity.rawValue.uppercased()
        let indent = String(repeating: " ", count: 9)
        var text = terminal.paint(name, .severity(alert.severity))
        text += indent.dropFirst(name.count)
        text += terminal.paint(Self.time(alert.time), .dim) + "  "
        text += TerminalText.safe(alert.rule) + "  "
        text += terminal.paint(TerminalText.safe(alert.message), .heading) + "\n"
        if !alert.title.isEmpty, alert.message != alert.title, !alert.message.contains(alert.title) {
            text += indent + TerminalText.safe(alert.title) + "\n"
        }
        let place = alert.url ?? alert.source
        if !place.isEmpty { text += indent + terminal.paint(TerminalText.safe(place), .dim) + "\n" }
        for reason in alert.because { text += indent + "- " + line(reason) + "\n" }
        if let held = alert.held {
            text += indent + terminal.paint("held back: " + TerminalText.safe(held.reason), .dim) + "\n"
        }
        return text
    }

    /// `2026-01-04 12:00:03Z`: to the second, in UTC as the records have it.
    public static func time(_ time: Timestamp) -> String {
        // By bytes: every line of the log has one.
        String(decoding: Timestamp(seconds: time.seconds).rfc3339.utf8.map { $0 == 0x54 ? 0x20 : $0 }, as: UTF8.self)
    }

    private func line(_ reason: AlertReason) -> String {
        let condition = TerminalText.safe(TerminalText.shortened(reason.condition, to: reasonLimit))
        guard !reason.text.isEmpty else { return condition }
        let found = terminal.paint(
            TerminalText.safe(TerminalText.shortened(reason.text, to: reasonLimit)), .match)
        guard let span = reason.span else { return "\(condition): \(found)" }
        return "\(condition): \"\(found)\" " + terminal.paint("(\(span.field.name))", .dim)
    }
}
