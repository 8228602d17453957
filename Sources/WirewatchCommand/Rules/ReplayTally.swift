import WirewatchKit

/// What a replay raised, by day and by rule.
struct ReplayTally {
    private var days: [String: [String: Int]] = [:]
    private var rules: [String: [Alert]] = [:]
    private var counts: [String: Int] = [:]
    private(set) var articles = 0
    private(set) var alerts = 0

    /// So many alerts of each rule are shown.
    private static let examples = 3

    mutating func add(_ article: Article) {
        articles += 1
        for alert in article.alerts {
            alerts += 1
            let day = String(alert.time.rfc3339.prefix(10))
            days[day, default: [:]][alert.rule, default: 0] += 1
            counts[alert.rule, default: 0] += 1
            if rules[alert.rule, default: []].count < Self.examples { rules[alert.rule, default: []].append(alert) }
        }
    }

    /// A line for each day and each rule, with some of its alerts.
    func text(_ terminal: TerminalText) -> String {
        var text = "\(articles) articles, \(alerts) alerts\n"
        for (day, byRule) in days.sorted(by: { $0.key < $1.key }) {
            let total = byRule.values.reduce(0, +)
            let parts = byRule.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8)
                .map { "\(TerminalText.safe($0.key)) \($0.value)" }
            text += "\(terminal.paint(day, .heading))  \(total)  \(parts.joined(separator: ", "))"
            text += byRule.count > 8 ? " and \(byRule.count - 8) rules more\n" : "\n"
        }
        for (rule, alerts) in rules.sorted(by: { $0.key < $1.key }) {
            text += terminal.paint(TerminalText.safe(rule), .heading) + "  \(counts[rule] ?? 0)\n"
            for alert in alerts {
                let time = terminal.paint(AlertText.time(alert.time), .dim)
                text += "  \(time)  \(TerminalText.safe(TerminalText.shortened(alert.message, to: 120)))\n"
            }
        }
        return text
    }
}
