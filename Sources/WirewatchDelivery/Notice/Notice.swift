internal import WirewatchDigest
public import WirewatchKit

/// What is delivered at once: an alert, or several that belong together.
public struct Notice: Sendable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// One alert by itself.
        case alert
        /// The alerts of a group (`group_by`).
        case group
        /// What was held until now, by quiet hours or a digest's times.
        case digest
    }

    /// The idempotency key: the same at each attempt, after a restart too, and of no other notice of the sink.
    public var id: String
    public var kind: Kind
    public var created: Timestamp
    /// What the alerts have in common, in the order of `group_by`; empty for other kinds.
    public var group: [(name: String, value: String)]
    /// In the order in which they were raised; at least one.
    public var alerts: [Alert]
    /// How many alerts about the same have been held back since the last notice (`repeat_interval`).
    public var repeats: Int

    public init(
        kind: Kind, created: Timestamp, group: [(name: String, value: String)] = [], alerts: [Alert], repeats: Int = 0
    ) {
        self.kind = kind
        self.created = created
        self.group = group
        self.alerts = alerts
        self.repeats = repeats
        id = Self.key(of: alerts)
    }

    /// An alert's own id, so that receivers can join notices to the log; of several, a digest of their ids.
    static func key(of alerts: [Alert]) -> String {
        if alerts.count == 1, let alert = alerts.first { return alert.id }
        return SHA256.identifier("wirewatch.notice", alerts.map(\.id).joined(separator: " "))
    }

    /// The greatest of the alerts' severities.
    public var severity: Alert.Severity { alerts.map(\.severity).max() ?? .info }
}

extension Notice {
    /// Writes what receivers get by default: the record of one alert (`wirewatch.alert/1`), or a `wirewatch.notice/1` object
    /// with the records of several.
    public func write(to json: inout JSONWriter) {
        if alerts.count == 1, let alert = alerts.first { return alert.write(to: &json, seq: nil) }
        json.beginObject()
        json.member("schema", "wirewatch.notice/1")
        json.member("id", id)
        json.member("time", created.rfc3339)
        json.member("kind", kind.rawValue)
        json.member("severity", severity.rawValue)
        json.key("group")
        json.beginObject()
        for (name, value) in group { json.member(name, value) }
        json.endObject()
        json.member("count", alerts.count)
        json.member("repeats", repeats)
        json.key("alerts")
        json.beginArray()
        for alert in alerts { alert.write(to: &json, seq: nil) }
        json.endArray()
        json.endObject()
    }

    /// The bytes of ``write(to:)``.
    public var json: [UInt8] {
        var writer = JSONWriter(capacity: 2048 * alerts.count)
        write(to: &writer)
        return writer.take()
    }
}
