internal import WirewatchDigest
internal import WirewatchKit

/// How many alerts went out in the running time, and what was held back since.
///
/// State: `b:`, the budget, the number of the time and the budget's key, with the counts, the highest severity and the first
/// titles of what was held back.
final class Budgets {
    private struct Account {
        var sent: Int64 = 0
        var held: Int64 = 0
        var severity = Alert.Severity.info
        /// Of the first ``Budgets/shown`` that were held back.
        var titles: [String] = []
    }

    private let budgets: [(budget: NoiseControlOptions.Budget, name: String)]
    /// When the first of the running times ends in which something is held back; made from the state.
    private var nextSummary = Timestamp(milliseconds: .min)

    /// A summary names this many.
    private static let shown = 10

    init(_ budgets: [NoiseControlOptions.Budget]) {
        self.budgets = budgets.map { budget in
            let words = budget.matcher.words + ["by", budget.key.rawValue, HumanUnits.text(budget.per)]
            return (budget, String(SHA256.identifier("budget", words.joined(separator: " ")).prefix(16)))
        }
    }

    /// Counts an alert that would go out; says why it may not when its budget is used up.
    func take(_ alert: Alert, _ state: any StateAccess) throws -> String? {
        let mine = budgets.filter { $0.budget.matcher.matches(alert) }
        var accounts: [(key: String, account: Account)] = []
        for (budget, name) in mine {
            let period = alert.time.milliseconds / budget.per.milliseconds
            let key = Self.key(name, period, Self.owner(alert, budget.key))
            var account = try state.value(key).flatMap(Self.read) ?? Account()
            if account.sent < budget.atMost {
                accounts.append((key, account))
                continue
            }
            account.held += 1
            account.severity = max(account.severity, alert.severity)
            if account.titles.count < Self.shown { account.titles.append(alert.title) }
            state.set(key, Self.bytes(account))
            nextSummary = min(nextSummary, Self.end(period, budget))
            return "rule \(alert.rule) is over its budget of \(budget.atMost) in \(HumanUnits.text(budget.per))"
        }
        for (key, account) in accounts {
            var account = account
            account.sent += 1
            state.set(key, Self.bytes(account))
        }
        return nil
    }

    /// One alert for each budget whose time has ended with something held back.
    func summaries(before now: Timestamp, _ state: any StateAccess) throws -> [Alert] {
        guard !budgets.isEmpty, now >= nextSummary else { return [] }
        var alerts: [Alert] = []
        // At least hourly, for accounts that nobody uses any more are forgotten here.
        nextSummary = now + .seconds(3600)
        for (budget, name) in budgets {
            let prefix = "b:\(name):"
            for (key, value) in try state.entries(prefix: prefix) {
                let parts = key.dropFirst(prefix.count).split(
                    separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, let period = Int64(parts[0]), let account = Self.read(value) else {
                    state.remove(key)
                    continue
                }
                let end = Self.end(period, budget)
                if now < end {
                    if account.held > 0 { nextSummary = min(nextSummary, end) }
                    continue
                }
                state.remove(key)
                guard account.held > 0 else { continue }
                alerts.append(Self.summary(account, budget, key, owner: String(parts[1]), end))
            }
        }
        return alerts
    }

    private static func summary(
        _ account: Account, _ budget: NoiseControlOptions.Budget, _ key: String, owner: String, _ end: Timestamp
    ) -> Alert {
        let count = account.held == 1 ? "1 more alert" : "\(account.held) more alerts"
        let whose = budget.key == .all ? "" : " of \(budget.key.rawValue) \(owner)"
        let rest = account.held - Int64(account.titles.count)
        var reasons = account.titles.map { AlertReason(condition: "held back", span: nil, text: $0) }
        if rest > 0 { reasons.append(AlertReason(condition: "held back", span: nil, text: "and \(rest) more")) }
        return Alert(
            id: SHA256.identifier("alert", "budget", key), time: end,
            severity: account.severity, rule: budget.key == .rule ? owner : "noise_control",
            title: "\(count)\(whose) held back", url: nil, source: budget.key == .source ? owner : "", published: nil,
            message:
                "\(count)\(whose) held back: over the budget of \(budget.atMost) in \(HumanUnits.text(budget.per))",
            because: reasons, labels: ["summary": "budget"])
    }

    private static func end(_ period: Int64, _ budget: NoiseControlOptions.Budget) -> Timestamp {
        // The number may be anything in a damaged state.
        Timestamp(milliseconds: (period &+ 1).multipliedReportingOverflow(by: budget.per.milliseconds).partialValue)
    }

    private static func owner(_ alert: Alert, _ key: NoiseControlOptions.Budget.Key) -> String {
        switch key {
        case .rule: alert.rule
        case .source: alert.source
        case .topic: alert.topics.first?.id ?? ""
        case .all: ""
        }
    }

    private static func key(_ name: String, _ period: Int64, _ owner: String) -> String {
        "b:\(name):\(period):\(owner)"
    }

    // MARK: State

    private static func read(_ value: [UInt8]) -> Account? {
        var reading = StateReading(value)
        guard let sent = reading.integer(), let held = reading.integer(),
            let severity = reading.text().flatMap(Alert.Severity.init)
        else { return nil }
        var account = Account(sent: sent, held: held, severity: severity)
        while let title = reading.text() { account.titles.append(title) }
        return account
    }

    private static func bytes(_ account: Account) -> [UInt8] {
        var writer = StateWriter()
        writer.append(account.sent)
        writer.append(account.held)
        writer.append(account.severity.rawValue)
        for title in account.titles { writer.append(title) }
        return writer.bytes
    }
}
