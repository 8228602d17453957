import WirewatchFeeds
import WirewatchKit
import WirewatchPolling

extension PollHints {
    /// What a feed's own words come to.
    init(_ schedule: FeedSchedule) {
        self.init()
        interval = schedule.pollSeconds.map { .seconds(min(max(0, $0), 365 * 86_400)) }
        skipHours = Set(schedule.skipHours)
        skipDays = Set(schedule.skipDays.compactMap { FeedSchedule.Weekday.allCases.firstIndex(of: $0) })
        // A feed that is never to be asked is a mistake.
        if skipHours.count >= 24 { skipHours = [] }
        if skipDays.count >= 7 { skipDays = [] }
    }
}
