public import WirewatchKit

/// What a feed asks of those who poll it.
public struct FeedSchedule: Sendable, Hashable {
    /// RSS `ttl`: minutes for which the feed need not be fetched again; 0 or more.
    public var ttlMinutes: Int?
    /// RSS `skipHours`: hours of the day in GMT, 0 to 23, at which not to poll; ascending, each once.
    public var skipHours: [Int] = []
    /// RSS `skipDays`, ascending, each once.
    public var skipDays: [Weekday] = []
    /// `sy:updatePeriod`: the span in which ``updateFrequency`` updates come.
    public var updatePeriod: Period?
    /// `sy:updateFrequency`, 1 unless said otherwise; positive.
    public var updateFrequency = 1
    /// `sy:updateBase`: the moment from which periods count.
    public var updateBase: PublicationDate?
    /// RSS `cloud`: who tells of updates.
    public var cloud: FeedCloud?

    public init() {}

    /// A day of the week in GMT, Monday first.
    public enum Weekday: String, Sendable, Hashable, CaseIterable, Comparable {
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday

        public static func < (a: Weekday, b: Weekday) -> Bool {
            (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
        }
    }

    public enum Period: String, Sendable, Hashable, CaseIterable {
        case hourly, daily, weekly, monthly, yearly

        /// Seconds; a month is 30 days, a year 365.
        public var seconds: Int {
            switch self {
            case .hourly: 3600
            case .daily: 86_400
            case .weekly: 604_800
            case .monthly: 2_592_000
            case .yearly: 31_536_000
            }
        }
    }

    /// The least time between two polls that the feed asks for, in seconds; nil when it asks for none.
    public var pollSeconds: Int? {
        let period = updatePeriod.map { $0.seconds / max(1, updateFrequency) }
        let ttl = ttlMinutes.map { min($0, 1 << 30) * 60 }
        guard let period else { return ttl }
        return max(period, ttl ?? 0)
    }
}

/// RSS `cloud` (https://www.rssboard.org/rsscloud-interface), as the feed says it.
public struct FeedCloud: Sendable, Hashable {
    public var domain: String?
    public var port: String?
    public var path: String?
    public var registerProcedure: String?
    public var protocolName: String?

    public init() {}
}
