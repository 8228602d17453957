internal import WirewatchDigest
public import WirewatchKit

/// Which alerts make one notice, and when it is made; the words are Alertmanager's.
public struct Grouping: Sendable {
    /// What alerts can have in common.
    public enum Key: Sendable, Hashable {
        case all
        case subject(AlertMatcher.Subject)

        init?(_ text: String) {
            if text == "all" {
                self = .all
            } else if let subject = AlertMatcher.Subject(name: text) {
                self = .subject(subject)
            } else {
                return nil
            }
        }

        func label(of alert: Alert) -> (name: String, value: String)? {
            switch self {
            case .all: nil
            // An alert without a story is one of its own.
            case .subject(.story): ("story", alert.story ?? alert.id)
            // The first topic is the one that it is about most.
            case .subject(let subject): (subject.name, subject.values(alert).first ?? "")
            }
        }
    }

    /// Empty when each alert is a notice of its own.
    public var keys: [Key]
    public var wait: Duration
    public var interval: Duration
    public var maxAlerts: Int
    /// Zero sends repeats like any other alert.
    public var repeatInterval: Duration
    public var releases: ReleaseTimes
    public var urgent: Alert.Severity

    init(_ options: OptionReader) {
        var keys: [Key] = []
        for element in options.list("group_by") {
            guard let text = OptionReader.text(element) else { continue }
            if let key = Key(text) {
                keys.append(key)
            } else {
                options.report(
                    "alerts cannot be grouped by '\(text)'; there are rule, story, source, severity, topic, key, label.NAME and all",
                    at: element.location)
            }
        }
        if keys.contains(.all), keys.count > 1 {
            options.report("'all' makes one group by itself; leave the others out", at: options.location("group_by"))
        }
        if keys.isEmpty {
            for name in ["group_wait", "group_interval"] where options.raw(name) != nil {
                options.report("'\(name)' needs 'group_by'", at: options.location(name))
            }
        }
        self.keys = keys
        wait = options.duration("group_wait") ?? .seconds(30)
        interval = options.duration("group_interval") ?? .seconds(300)
        maxAlerts = options.integer("max_alerts") ?? 50
        repeatInterval = options.duration("repeat_interval") ?? .zero
        releases = ReleaseTimes(options)
        urgent = options.string("urgent").flatMap { Alert.Severity(rawValue: $0) } ?? .critical
    }

    func labels(of alert: Alert) -> [(name: String, value: String)] { keys.compactMap { $0.label(of: alert) } }

    /// What alerts about the same have in common: the rule, and the story, the window's key, the address or nothing.
    static func subject(of alert: Alert) -> String {
        let about = alert.story ?? alert.window?.key ?? (alert.window == nil ? alert.url ?? alert.id : "")
        return SHA256.identifier("wirewatch.subject", alert.rule, about)
    }

    /// What an alert says, so that an alert that says more is told from one that repeats.
    static func facts(of alert: Alert) -> Set<UInt64> {
        Set(
            alert.metrics.map { metric in
                let amount =
                    switch metric.amount {
                    case .value(let value): "\(value)"
                    case .range(let low, let high): "\(low ?? -.infinity) \(high ?? .infinity)"
                    }
                return SHA256.key("\(metric.kind) \(metric.entity ?? "") \(amount) \(metric.unit)")
            })
    }
}
