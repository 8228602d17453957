internal import WirewatchKit

/// Until when an alert that comes now has to wait: for the end of quiet hours, or for a digest's time.
public struct ReleaseTimes: Sendable {
    /// Minutes after midnight.
    struct Quiet: Sendable, Hashable {
        var from: Int
        var to: Int
        var days: Set<Weekday>
    }

    var quiet: Quiet?
    /// Minutes after midnight, ascending.
    var digests: [Int]
    var zone: TimeZone

    init(quiet: Quiet? = nil, digests: [Int] = [], zone: TimeZone = .fixed(seconds: 0)) {
        self.quiet = quiet
        self.digests = digests.sorted()
        self.zone = zone
    }

    init(_ options: OptionReader) {
        func minutes(_ text: String?, at location: SourceLocation) -> Int {
            if let text, let time = Self.minutes(text) { return time }
            options.report("'\(text ?? "")' is no time of day; write it as \"07:30\", in quotes", at: location)
            return 0
        }
        let name = options.string("time_zone") ?? "local"
        let zone = TimeZone(name)
        if zone == nil {
            options.report(
                "there is no time zone '\(name)'; write local, UTC, +01:00 or a name such as Europe/Berlin",
                at: options.location("time_zone"))
        }
        self.init(zone: zone ?? .fixed(seconds: 0))
        digests = options.list("digest_at").map { minutes(OptionReader.text($0), at: $0.location) }.sorted()
        guard let group = options.group("quiet_hours", DeliveryOptions.quietGroup) else { return }
        let days = group.strings("days").compactMap { Weekday(rawValue: $0) }
        let quiet = Quiet(
            from: minutes(group.string("from"), at: group.location("from")),
            to: minutes(group.string("to"), at: group.location("to")),
            days: days.isEmpty ? Set(Weekday.allCases) : Set(days))
        if quiet.from == quiet.to {
            group.report("quiet hours that begin when they end; for a digest once a day use 'digest_at'")
        }
        self.quiet = quiet
        if !digests.isEmpty {
            options.report("'digest_at' makes 'quiet_hours' needless: leave one of them out", at: group.value.location)
        }
    }

    /// `7:30` and `07:30`; nil for anything else.
    static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// When what comes now may go; nil when it may go at once.
    func release(at now: Timestamp) -> Timestamp? {
        let offset = zone.offset(at: now)
        let local = now.seconds + Int64(offset)
        let day = Int((Double(local) / 86_400).rounded(.down))
        let minute = Int(local - Int64(day) * 86_400) / 60
        if !digests.isEmpty {
            let today = digests.first { $0 > minute }
            return today.map { time(day, $0) } ?? time(day + 1, digests[0])
        }
        guard let quiet else { return nil }
        let spansMidnight = quiet.to <= quiet.from
        if minute >= quiet.from, spansMidnight || minute < quiet.to, quiet.days.contains(Weekday(daysSinceEpoch: day)) {
            return time(spansMidnight ? day + 1 : day, quiet.to)
        }
        if spansMidnight, minute < quiet.to, quiet.days.contains(Weekday(daysSinceEpoch: day - 1)) {
            return time(day, quiet.to)
        }
        return nil
    }

    /// The instant of a local time of day; where clocks are set forward over it, the instant of the change's offset.
    private func time(_ day: Int, _ minute: Int) -> Timestamp {
        let local = Int64(day) * 86_400 + Int64(minute) * 60
        let guess = Timestamp(seconds: local - Int64(zone.offset(at: Timestamp(seconds: local))))
        return Timestamp(seconds: local - Int64(zone.offset(at: guess)))
    }
}
