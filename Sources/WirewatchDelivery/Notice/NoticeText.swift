public import WirewatchKit

/// How a notice reads for people, in plain text and in the markups of receivers.
public struct NoticeText: Sendable {
    public enum Markup: Sendable, Hashable {
        case plain
        /// Slack's mrkdwn, Mattermost's too.
        case slack
        case markdown
        case html
    }

    public var markup: Markup
    /// Conditions and the texts that met them are each cut to this many characters.
    public var reasonLimit = 200
    /// Reasons of one alert.
    public var maxReasons = 6
    /// Alerts that are told of; what is left out is counted.
    public var maxAlerts = 50

    public init(_ markup: Markup = .plain) { self.markup = markup }

    /// One line without markup: `HIGH humanoid-orders: Orders pass a billion yuan`, or what several have in common.
    public static func subject(_ notice: Notice) -> String {
        let severity = notice.severity.rawValue.uppercased()
        if notice.alerts.count == 1, let alert = notice.alerts.first {
            return "\(severity) \(alert.rule): \(TerminalText.safe(alert.message))"
        }
        let common = notice.group.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        let what = notice.kind == .digest ? "alerts in this digest" : "alerts"
        return "\(severity) \(notice.alerts.count) \(what)" + (common.isEmpty ? "" : " (\(common))")
    }

    /// The whole text, lines ended by line feeds; in HTML a fragment of paragraphs.
    public func body(_ notice: Notice) -> String {
        var text = ""
        if notice.alerts.count > 1 { text += paragraph(bold(escaped(Self.subject(notice)))) }
        for alert in notice.alerts.prefix(maxAlerts) { text += entry(alert) }
        if notice.alerts.count > maxAlerts {
            text += paragraph(escaped("and \(notice.alerts.count - maxAlerts) more, which the alert log has"))
        }
        if notice.repeats > 0 {
            text += paragraph(escaped("\(notice.repeats) repeats were held back since the last notice"))
        }
        return text
    }

    /// One alert: what, where, why.
    public func entry(_ alert: Alert) -> String {
        var lines = [
            bold(escaped(alert.severity.rawValue.uppercased())) + " "
                + escaped("\(AlertText.time(alert.time))  \(alert.rule)  ") + bold(escaped(alert.message))
        ]
        if !alert.title.isEmpty, !alert.message.contains(alert.title) { lines.append(escaped(alert.title)) }
        lines.append(place(alert))
        for reason in alert.because.prefix(maxReasons) { lines.append(line(reason)) }
        if alert.because.count > maxReasons { lines.append(escaped("- and \(alert.because.count - maxReasons) more")) }
        return paragraph(lines.joined(separator: markup == .html ? "<br>\n" : "\n"))
    }

    private func line(_ reason: AlertReason) -> String {
        let condition = escaped("- " + TerminalText.shortened(reason.condition, to: reasonLimit))
        guard !reason.text.isEmpty else { return condition }
        return condition + escaped(": \"\(TerminalText.shortened(reason.text, to: reasonLimit))\"")
    }

    private func place(_ alert: Alert) -> String {
        guard let url = alert.url, Self.isWeb(url) else { return escaped(alert.url ?? alert.source) }
        switch markup {
        case .plain: return TerminalText.safe(url)
        case .slack: return "<\(escaped(url).replacing("|", with: "%7C"))|\(escaped(alert.source))>"
        case .markdown: return "<\(url.replacing(">", with: "%3E"))>"
        case .html: return "<a href=\"\(escaped(url))\">\(escaped(url))</a>"
        }
    }

    /// Only these become links: an article says what its address is, and `javascript:` is one too.
    public static func isWeb(_ url: String) -> Bool {
        (url.hasPrefix("https://") || url.hasPrefix("http://")) && url.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    private func paragraph(_ text: String) -> String { markup == .html ? "<p>\(text)</p>\n" : text + "\n\n" }

    private func bold(_ text: String) -> String {
        switch markup {
        case .plain: text
        case .slack: "*\(text.replacing("*", with: "∗"))*"
        case .markdown: "**\(text)**"
        case .html: "<b>\(text)</b>"
        }
    }

    /// What articles say, so that the markup does not obey it.
    public func escaped(_ text: String) -> String {
        let safe = TerminalText.safe(text)
        switch markup {
        case .plain: return safe
        case .slack:
            return safe.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        case .markdown:
            var out = ""
            for character in safe {
                if "\\*_~`|<>[]#@".contains(character) { out.append("\\") }
                out.append(character)
            }
            return out
        case .html:
            return safe.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                .replacing("\"", with: "&quot;")
        }
    }
}
