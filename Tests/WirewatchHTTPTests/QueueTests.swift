import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchHTTP

@Suite struct QueueTests {
    @Test func `hosts take turns, and neither limit is passed`() {
        var queue = HostQueue<String>(maxActive: 3, maxActivePerHost: 2)
        for number in 1...4 { queue.add("a\(number)", host: "a") }
        queue.add("b1", host: "b")
        queue.add("c1", host: "c")
        #expect([queue.next(), queue.next(), queue.next(), queue.next()] == ["a1", "b1", "c1", nil])
        queue.finished(host: "b")
        #expect([queue.next(), queue.next()] == ["a2", nil])
        queue.finished(host: "c")
        // Two of a are at work.
        #expect(queue.next() == nil)
        queue.finished(host: "a")
        #expect(queue.next() == "a3")
        #expect(queue.removeWaiting() == ["a4"])
        #expect(queue.active == 2)
    }

    @Test func `who starts without a place in the queue keeps to the limits, and goes before nobody`() {
        var queue = HostQueue<String>(maxActive: 3, maxActivePerHost: 1)
        var answers = [queue.startNow(host: "a"), queue.startNow(host: "a")]
        #expect(answers == [true, false], "the host has one")
        queue.add("a2", host: "a")
        queue.finished(host: "a")
        answers = [queue.startNow(host: "b")]
        #expect(answers == [false], "another waits and may start")
        #expect([queue.next()] == ["a2"])
        answers = [queue.startNow(host: "b"), queue.startNow(host: "c"), queue.startNow(host: "d")]
        #expect(answers == [true, true, false])
        #expect(queue.active == 3)
    }

    @Test func `a queue gives back what it took, in order, and forgets what is removed`() {
        var queue = FIFO<Int>()
        var next = 0
        for round in 0..<300 {
            for _ in 0..<3 {
                queue.append(next)
                next += 1
            }
            #expect(queue.popFirst() == round)
        }
        #expect(queue.remove { $0 == 500 } == 500)
        #expect(queue.remove { $0 == 500 } == nil)
        var rest: [Int] = []
        while let element = queue.popFirst() { rest.append(element) }
        #expect(rest == (300..<900).filter { $0 != 500 })
    }

    @Test func `turns are given to so many in all and per host, and come back when they end or are dropped`()
        async throws
    {
        let turns = HostTurns(total: 2, perHost: 1)
        let first = try await turns.take(host: "a")
        let order = Lock<[String]>([])
        let waiting = ["a", "b", "c"].map { host in
            Task {
                let turn = try await turns.take(host: host)
                order.withLock { $0.append(host) }
                turn.end()
                turn.end()
            }
        }
        // `a` has its turn, so only the others can go on.
        try await waiting[1].value
        try await waiting[2].value
        #expect(order.withLock { Set($0) } == ["b", "c"])
        first.end()
        try await waiting[0].value
        #expect(order.withLock { $0.last } == "a")
        _ = try await turns.take(host: "d")
        _ = try await turns.take(host: "d")
        let last = [try await turns.take(host: "d"), try await turns.take(host: "e")]
        #expect(last.count == 2)
    }

    @Test func `whoever is cancelled while waiting for a turn takes none`() async throws {
        let turns = HostTurns(total: 1)
        let first = try await turns.take(host: "a")
        let waiting = (0..<20).map { _ in Task { _ = try await turns.take(host: "a") } }
        await Task.yield()
        for task in waiting { task.cancel() }
        for task in waiting { await #expect(throws: CancellationError.self) { try await task.value } }
        first.end()
        _ = try await turns.take(host: "a")
    }

    @Test func `no more than the permitted requests of a host run at once, others are not held up`() async throws {
        let limiter = HostLimiter(concurrency: 2)
        let running = Lock((now: 0, most: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await limiter.withPermit(host: "a") {
                        running.withLock {
                            $0.now += 1
                            $0.most = max($0.most, $0.now)
                        }
                        await Task.yield()
                        running.withLock { $0.now -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(running.withLock { $0.most } <= 2)
        #expect(try await limiter.withPermit(host: "b") { 7 } == 7)
    }

    @Test func `starts are apart by the delay, by the longer one where a host asks for it`() async throws {
        let clock = ManualClock()
        let waits = Lock<[Duration]>([])
        let limiter = HostLimiter(concurrency: 1, minimumDelay: .seconds(2), clock: clock) { wait in
            waits.withLock { $0.append(wait) }
            clock.advance(by: wait)
        }
        for _ in 0..<2 { try await limiter.withPermit(host: "a") {} }
        try await limiter.withPermit(host: "a", delay: .seconds(5)) {}
        try await limiter.withPermit(host: "b") {}
        clock.advance(by: .seconds(1))
        try await limiter.withPermit(host: "a") {}
        clock.advance(by: .seconds(60))
        try await limiter.withPermit(host: "a") {}
        #expect(waits.withLock { $0 } == [.seconds(2), .seconds(2), .seconds(4)])
        // A clock that is set back by a day parks nobody.
        clock.advance(by: .seconds(-86_400))
        try await limiter.withPermit(host: "a") {}
        #expect(waits.withLock { $0.last } == .seconds(2))
    }

    @Test func `who is cancelled while waiting leaves the queue to the others`() async throws {
        let limiter = HostLimiter(concurrency: 1)
        let (held, hold) = AsyncStream<Void>.makeStream()
        let (started, start) = AsyncStream<Void>.makeStream()
        async let first: Void = limiter.withPermit(host: "a") {
            start.finish()
            for await _ in held {}
        }
        for await _ in started {}
        let second = Task { try await limiter.withPermit(host: "a") { 2 } }
        let third = Task { try await limiter.withPermit(host: "a") { 3 } }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        hold.finish()
        try await first
        #expect(try await third.value == 3)
    }

    @Test func `hosts at rest are forgotten`() async throws {
        let clock = ManualClock()
        let limiter = HostLimiter(concurrency: 1, minimumDelay: .seconds(1), clock: clock) { _ in }
        for number in 0..<2000 {
            try await limiter.withPermit(host: "h\(number)") {}
            clock.advance(by: .seconds(2))
        }
        #expect(limiter.count < 600)
    }
}
