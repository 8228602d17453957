import Testing
import WirewatchHTTP
import WirewatchKit

@testable import WirewatchPolling

@Suite struct PollScheduleTests {
    static let start = Timestamp(seconds: 1_767_528_000)  // a Sunday, 12:00 UTC

    static func schedule(
        every: Duration = .seconds(900), adaptive: Bool = false, bounds: ClosedRange<Duration>? = nil,
        name: String = "a"
    ) -> PollSchedule {
        PollSchedule(
            every: every, bounds: bounds ?? (every / 4)...(every * 8), adaptive: adaptive, seed: Backoff.seed(name))
    }

    private static func reply(
        _ status: Int, _ change: (inout PollSchedule.Reply) -> Void = { _ in }
    ) -> PollSchedule.Reply {
        var reply = PollSchedule.Reply(status: status)
        change(&reply)
        return reply
    }

    @Test(
        "the wait after one poll",
        arguments: [
            ("a feed", PollSchedule.Outcome.content(reply(200), arrivals: 1, hints: nil), 900.0...900.0),
            ("nothing new", .unmodified(reply(304)), 900...900),
            (
                "fresh for less than the interval",
                .content(reply(200) { $0.freshness = .seconds(60) }, arrivals: 0, hints: nil), 900...900
            ),
            (
                "fresh for longer", .content(reply(200) { $0.freshness = .seconds(3000) }, arrivals: 0, hints: nil),
                3000...3000
            ),
            ("fresh, said by a 304", .unmodified(reply(304) { $0.freshness = .seconds(3000) }), 3000...3000),
            (
                "fresh for a year is a day",
                .content(reply(200) { $0.freshness = .seconds(31_536_000) }, arrivals: 0, hints: nil), 86_400...86_400
            ),
            ("ttl", .content(reply(200), arrivals: 0, hints: PollHints(interval: .seconds(3600))), 3600...3600),
            (
                "ttl beyond max_every", .content(reply(200), arrivals: 0, hints: PollHints(interval: .seconds(90_000))),
                7200...7200
            ),
            ("429 with Retry-After", .refused(reply(429) { $0.retryAfter = .seconds(5000) }), 5000...5000),
            ("503 with a short Retry-After", .refused(reply(503) { $0.retryAfter = .seconds(5) }), 900...1125),
            ("Retry-After of a month", .refused(reply(503) { $0.retryAfter = .seconds(2_592_000) }), 604_800...604_800),
            ("429 alone", .refused(reply(429)), 900...1125),
            ("not found", .refused(reply(404)), 900...1125),
            ("no reply", .failed("no", isUnreachable: true), 900...1125),
        ] as [(String, PollSchedule.Outcome, ClosedRange<Double>)])
    func wait(_ what: String, _ outcome: PollSchedule.Outcome, _ expected: ClosedRange<Double>) {
        let schedule = Self.schedule()
        var memory = PollMemory(url: "https://example.org/feed")
        #expect(schedule.note(outcome, in: &memory, now: Self.start) == nil)
        let wait = schedule.due(memory, now: Self.start) - Self.start
        #expect(expected.contains(Double(wait.milliseconds) / 1000), "\(what): \(wait)")
    }

    @Test("failures wait ever longer up to a bound, and the first success forgets them", arguments: [true, false])
    func backoff(isUnreachable: Bool) {
        let schedule = Self.schedule()
        var memory = PollMemory(url: "u")
        var now = Self.start
        var waits: [Duration] = []
        for _ in 0..<14 {
            _ = schedule.note(.failed("no", isUnreachable: isUnreachable), in: &memory, now: now)
            waits.append(schedule.due(memory, now: now) - now)
            now = now + waits[waits.count - 1]
        }
        #expect(waits[2] > waits[0] * 2)
        let limit = isUnreachable ? Duration.seconds(7200) : .seconds(86_400)
        #expect(waits.allSatisfy { $0 <= limit * 1.25 })
        #expect(waits[13] >= limit)
        _ = schedule.note(.unmodified(Self.reply(304)), in: &memory, now: now)
        #expect(memory.failures == 0 && memory.failure == nil)
        #expect(schedule.due(memory, now: now) == now + .seconds(900))
    }

    @Test("two sources that fail together do not return together")
    func jitter() {
        let waits = (0..<50).map { number in
            let schedule = Self.schedule(name: "source \(number)")
            var memory = PollMemory(url: "u")
            _ = schedule.note(.failed("no", isUnreachable: false), in: &memory, now: Self.start)
            return schedule.due(memory, now: Self.start)
        }
        #expect(Set(waits).count > 45)
    }

    @Test("validators are stored exactly as each reply leaves them")
    func validators() {
        let schedule = Self.schedule()
        var memory = PollMemory(url: "u")
        for etag in ["\"a\"", "W/\"b,c\"", "unquoted", nil] {
            let outcome = PollSchedule.Outcome.content(
                Self.reply(200) { $0.validators = Validators(etag: etag, lastModified: "1 Feb") }, arrivals: 0,
                hints: nil)
            _ = schedule.note(outcome, in: &memory, now: Self.start)
            #expect(schedule.validators(memory, now: Self.start) == Validators(etag: etag, lastModified: "1 Feb"))
            #expect(PollMemory(encoded: memory.encoded) == memory)
        }
        _ = schedule.note(.refused(Self.reply(500)), in: &memory, now: Self.start)
        #expect(memory.validators.lastModified == "1 Feb", "an error says nothing of the version that we hold")
    }

    @Test("a server that says 304 for ever is asked for the whole feed once")
    func whole() {
        let schedule = Self.schedule(every: .seconds(3600))
        var memory = PollMemory(url: "u")
        var now = Self.start
        let full = PollSchedule.Outcome.content(
            Self.reply(200) { $0.validators = Validators(etag: "\"a\"") }, arrivals: 0, hints: nil)
        _ = schedule.note(full, in: &memory, now: now)
        var conditional = 0
        while !schedule.validators(memory, now: now).isEmpty, conditional < 1000 {
            conditional += 1
            now = now + .seconds(3600)
            _ = schedule.note(.unmodified(Self.reply(304) { $0.validators = memory.validators }), in: &memory, now: now)
        }
        #expect(conditional == 72)
        _ = schedule.note(full, in: &memory, now: now)
        #expect(!schedule.validators(memory, now: now).isEmpty)
    }

    @Test("a permanent move is remembered, and forgotten when the new address fails again and again")
    func moves() {
        let schedule = Self.schedule()
        var memory = PollMemory(url: "https://a.example/feed")
        let moved = PollSchedule.Outcome.content(
            Self.reply(200) {
                $0.permanentURL = "https://b.example/feed"
                $0.staysOnOrigin = false
            }, arrivals: 0, hints: nil)
        _ = schedule.note(moved, in: &memory, now: Self.start)
        #expect(memory.movedTo == "https://b.example/feed")
        for _ in 0..<4 { _ = schedule.note(.refused(Self.reply(404)), in: &memory, now: Self.start) }
        #expect(memory.movedTo != nil)
        _ = schedule.note(.refused(Self.reply(404)), in: &memory, now: Self.start)
        #expect(memory.movedTo == nil && memory.validators.isEmpty)

        var careful = schedule
        careful.followsToOtherOrigins = false
        _ = careful.note(moved, in: &memory, now: Self.start)
        #expect(memory.movedTo == nil, "credentials must not follow to another origin")
    }

    @Test("410 stops the source; at the address that the feed moved to it only ends the move")
    func gone() {
        let schedule = Self.schedule()
        var memory = PollMemory(url: "u")
        memory.movedTo = "https://b.example/feed"
        #expect(schedule.note(.refused(Self.reply(410)), in: &memory, now: Self.start) == nil)
        #expect(memory.movedTo == nil)
        let reason = schedule.note(.refused(Self.reply(410)), in: &memory, now: Self.start)
        #expect(reason?.contains("410 Gone") == true)
        #expect(!schedule.mayPoll(memory, now: Self.start + .seconds(3600)))
        #expect(schedule.mayPoll(memory, now: Self.start + .seconds(90_000)))
    }

    @Test(
        "skipped hours and days push a poll on to the next allowed hour",
        arguments: [
            ([], [], "2026-01-04T12:20:00Z"), ([12, 13], [], "2026-01-04T14:00:00Z"), ([], [6], "2026-01-05T00:00:00Z"),
            ([0, 1], [6], "2026-01-05T02:00:00Z"), ([], [0, 1], "2026-01-04T12:20:00Z"),
            (Array(0..<24), [], "2026-01-04T12:20:00Z"),
        ] as [([Int], [Int], String)])
    func skipped(hours: [Int], days: [Int], expected: String) {
        let hints = PollHints(interval: nil, skipHours: Set(hours), skipDays: Set(days))
        #expect(PollSchedule.outsideSkipped(Self.start + .seconds(1200), hints).rfc3339 == expected)
    }

    @Test("the learnt interval follows the feed within its bounds")
    func rhythm() {
        func learnt(newsEvery gap: Double?, days: Double) -> Duration {
            let schedule = Self.schedule(adaptive: true)
            var memory = PollMemory(url: "u")
            var now = Self.start
            let end = now + .seconds(Int64(days * 86_400))
            var next = now
            while now < end {
                var arrivals = 0
                if let gap, now >= next {
                    arrivals = 1
                    while next <= now { next = next + .seconds(Int64(gap)) }
                }
                _ = schedule.note(.content(Self.reply(200), arrivals: arrivals, hints: nil), in: &memory, now: now)
                now = schedule.due(memory, now: now)
            }
            return schedule.interval(memory)
        }
        #expect(learnt(newsEvery: 60, days: 3) == .seconds(225), "a busy feed: the lower bound")
        #expect(learnt(newsEvery: nil, days: 3) == .seconds(7200), "a silent feed: the upper bound")
        let hourly = learnt(newsEvery: 3600, days: 7)
        #expect(hourly > .seconds(1500) && hourly < .seconds(2100), "hourly news: about half an hour, not \(hourly)")
    }

    @Test("after a start, known feeds wait for their time and the rest is spread")
    func starts() {
        let names = (0..<1000).map { "source \($0)" }
        let now = Self.start
        let new = names.map { Self.schedule(name: $0).firstPoll(PollMemory(url: "u"), now: now) - now }
        #expect(new.allSatisfy { $0 >= .zero && $0 <= .seconds(30) })
        #expect(new.count { $0 < .seconds(3) } < 200)
        var memory = PollMemory(url: "u")
        memory.lastPoll = now - .seconds(300)
        #expect(Self.schedule().firstPoll(memory, now: now) == now + .seconds(600))
        memory.lastPoll = now - .seconds(86_400)
        let overdue = names.map { Self.schedule(name: $0).firstPoll(memory, now: now) - now }
        #expect(overdue.allSatisfy { $0 >= .zero && $0 <= .seconds(225) })
        #expect(overdue.count { $0 < .seconds(22) } < 200)
    }

    @Test("a clock that was wrong, or a shorter interval, does not park a source")
    func clockJumps() {
        var memory = PollMemory(url: "u")
        memory.lastPoll = Self.start + .seconds(10_000_000)
        memory.notBefore = Self.start + .seconds(10_000_000)
        let schedule = Self.schedule()
        #expect(schedule.due(memory, now: Self.start) <= Self.start + .seconds(7 * 86_400))
        #expect(schedule.mayPoll(memory, now: Self.start))
        memory.notBefore = nil
        #expect(schedule.due(memory, now: Self.start) == Self.start + .seconds(900))
    }

    @Test("damaged state is read as far as it goes")
    func damagedState() {
        let memory = PollMemory(
            encoded: Array(
                "url u\nfailures 99999999999999999999\nlast_poll x\nquiet nan\n\nskip_hours 3,77\npolls 4".utf8))
        #expect(memory.url == "u" && memory.failures == 0 && memory.lastPoll == nil && memory.polls == 4)
        #expect(memory.hints.skipHours == [3] && memory.rhythm.isUnknown)
        #expect(PollMemory(encoded: [0xFF, 0, 10]) == PollMemory(url: ""))
    }
}
