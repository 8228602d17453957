import Synchronization
import Testing
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@testable import WirewatchFeed
@testable import WirewatchHTTP

@Suite struct SimulatedDayTests {
    @Test("ten thousand sources keep to their times for a day, and never come all at once")
    func day() async throws {
        let sources = 10_000
        let clock = ManualClock()
        let start = clock.now()
        let polls = Mutex([[Timestamp]](repeating: [], count: sources))
        let fetcher = PollFetcher(
            document: { request throws(HTTPError) in
                let now = clock.now()
                let number = Int(request.url.path.dropFirst()) ?? 0
                polls.withLock { $0[number].append(now) }
                return HTTPResponse(
                    status: request.validators.isEmpty ? 200 : 304, url: request.url,
                    headers: HTTPHeaders([("ETag", "\"a\"")]),
                    body: request.validators.isEmpty ? Array(rss(items([number])).utf8) : [], received: now,
                    timings: .init(), sizes: .init(), version: .http11, peerAddress: "")
            }, page: { _, _ in throw CancellationError() })
        let intervals = [60, 90, 120, 180, 240, 360].map { Duration.seconds($0 * 60) }
        let tasks = try (0..<sources).map { number in
            let options = try options(
                FeedOptions.self,
                [
                    "url": .string("https://press.example/\(number)"), "adaptive": false,
                    "every": .string(HumanUnits.text(intervals[number % intervals.count])),
                ])
            let state = MemoryState()
            var context = SourceContext.test(clock: clock, state: state, drain: false)
            context.name = "source \(number)"
            let source = FeedSource(options, context, fetcher: fetcher)
            return Task { try? await source.run(CollectingOutput(state: state)) }
        }
        await clock.waitForSleepers(sources)
        for _ in 0..<(86_400 / 5) {
            clock.advance(by: .seconds(5))
            await clock.waitForSleepers(sources)
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }

        let all = polls.withLock { $0 }
        var worst = 0.0
        for (number, times) in all.enumerated() {
            let every = Double(intervals[number % intervals.count].milliseconds)
            for (earlier, later) in zip(times, times.dropFirst()) {
                worst = max(worst, abs(Double((later - earlier).milliseconds) - every) / every)
            }
            let expected = 86_400_000 / every
            #expect(abs(Double(times.count) - expected) <= max(1, expected * 0.05), "source \(number)")
        }
        #expect(worst <= 0.05)
        // Of the first polls, no five seconds have more than twice their share of the half minute.
        var perSecond: [Int64: Int] = [:]
        for times in all { perSecond[(times[0] - start).milliseconds / 5000, default: 0] += 1 }
        #expect(perSecond.values.max() ?? 0 <= sources / 6 * 2)
    }
}
