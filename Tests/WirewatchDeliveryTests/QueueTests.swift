import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchDelivery

@Suite("The delivery queue")
struct QueueTests {
    private func harness(
        _ literal: OptionLiteral = [:],
        _ answer: @escaping @Sendable (Notice, DeliveryAttempt, Int) -> DeliveryResult = { _, _, _ in .delivered }
    ) throws -> (Harness, ScriptedTransport) {
        let transport = ScriptedTransport(answer)
        let options = try delivery(literal)
        return (try Harness { DeliverySink(options, $0, transport: transport) }, transport)
    }

    @Test("Nothing is delivered before it is committed")
    func commitFirst() async throws {
        let (harness, transport) = try harness()
        try harness.sink.write([.alert(alert(1))])
        for _ in 0..<100 { await Task.yield() }
        #expect(transport.ids.isEmpty)
        try harness.commit()
        try await harness.run(for: .seconds(10)) { transport.ids.count == 1 }
        #expect(transport.ids == [alert(1).id])
    }

    @Test("Alerts arrive in the order in which they were raised")
    func order() async throws {
        let (harness, transport) = try harness()
        try harness.send((1...50).map { alert($0) })
        try await harness.run(for: .seconds(100)) { transport.ids.count == 50 }
        #expect(transport.ids == (1...50).map { alert($0).id })
        try harness.tick()
        #expect(harness.durable.isEmpty)
        #expect(harness.status("delivered") == "50")
    }

    @Test("A receiver that is down is asked with growing waits, and the order is kept")
    func receiverDown() async throws {
        let (harness, transport) = try harness { _, _, number in
            number <= 8 ? .failed("connection refused", after: nil, blames: .receiver) : .delivered
        }
        try harness.send([alert(1), alert(2)])
        try await harness.followRetries { transport.ids.count == 10 }
        #expect(transport.ids == Array(repeating: alert(1).id, count: 9) + [alert(2).id])
        let times = transport.came.prefix(9).map(\.attempt.now)
        // Full jitter: no wait is longer than doubling allows, and chance makes them differ.
        for (number, (earlier, later)) in zip(times, times.dropFirst()).enumerated() {
            let longest: Duration = min(.seconds(300), .seconds(1 << number))
            #expect(later - earlier <= longest)
            #expect(later - earlier >= .milliseconds(100))
        }
    }

    @Test(
        "What a receiver asks for by Retry-After is honoured",
        arguments: [Duration.seconds(30), .seconds(1200)])
    func retryAfter(wait: Duration) async throws {
        let (harness, transport) = try harness { _, _, number in
            number == 1 ? .failed("429", after: wait, blames: .receiver) : .delivered
        }
        try harness.send([alert(1)])
        try await harness.run(for: .seconds(3600)) { transport.ids.count == 2 }
        let times = transport.came.map(\.attempt.now)
        try #require(times.count == 2)
        #expect(times[1] - times[0] >= wait)
        #expect(times[1] - times[0] <= wait + .seconds(4))
    }

    @Test("A notice that fails by its own fault lets others pass after three attempts, and is not lost")
    func stepAside() async throws {
        let (harness, transport) = try harness { notice, attempt, _ in
            notice.id == alert(1).id && attempt.number < 6
                ? .failed("500", after: nil, blames: .notice) : .delivered
        }
        try harness.send([alert(1), alert(2), alert(3)])
        try await harness.run(for: .seconds(3600)) { Set(transport.ids).count == 3 && transport.ids.count >= 8 }
        #expect(transport.ids.prefix(5) == [alert(1).id, alert(1).id, alert(1).id, alert(2).id, alert(3).id])
        #expect(transport.ids.last == alert(1).id)
        #expect(transport.ids.count == 8)
    }

    @Test("What is refused is a dead letter, kept, listed and put back on request")
    func deadLetters() async throws {
        let (harness, transport) = try harness { _, _, number in number == 1 ? .refused("400 no") : .delivered }
        try harness.send([alert(1), alert(2)])
        try await harness.run(for: .seconds(60)) { transport.ids.count == 2 }
        try harness.tick()
        #expect(harness.status("dead") == "1")
        let list = try harness.sink.perform(.list)
        #expect(list.contains(alert(1).id) && list.contains("400 no"))
        try harness.crash()
        #expect(harness.status("dead") == "1")
        #expect(try harness.sink.perform(.requeue(id: nil)) == "1 dead letter to be delivered again")
        try harness.tick()
        try await harness.run(for: .seconds(60)) { transport.ids.count == 3 }
        #expect(transport.ids.last == alert(1).id)
        try harness.tick()
        #expect(harness.durable.isEmpty)
        #expect(throws: OptionError.self) { try harness.sink.perform(.requeue(id: "x")) }
    }

    @Test("What is older than max_age, or was tried max_attempts times, is a dead letter")
    func givenUp() async throws {
        let cases: [(OptionLiteral, ClosedRange<Int>)] = [
            (["retry": ["max_attempts": 4]], 4...4), (["retry": ["max_age": "1h"]], 10...60),
        ]
        for (literal, attempts) in cases {
            let (harness, transport) = try harness(literal) { _, _, _ in
                .failed("503", after: nil, blames: .receiver)
            }
            try harness.send([alert(1)])
            try await harness.run(for: .seconds(7200), step: .seconds(5)) { harness.status("dead") == "1" }
            #expect(harness.status("dead") == "1")
            #expect(attempts.contains(transport.ids.count), "\(transport.ids.count) attempts")
        }
    }

    @Test("A full queue sets the oldest aside as dead letters, or blocks, as configured")
    func full() async throws {
        let down: @Sendable (Notice, DeliveryAttempt, Int) -> DeliveryResult = { _, _, _ in
            .failed("down", after: nil, blames: .receiver)
        }
        let (evicting, _) = try harness(["max_queued": 3], down)
        try evicting.send((1...6).map { alert($0) })
        #expect(evicting.status("queued") == "3")
        #expect(evicting.status("evicted") == "3")
        #expect(try evicting.sink.perform(.list).contains(alert(1).id))

        let (blocking, _) = try harness(["max_queued": 3, "on_full": "block"], down)
        try blocking.send((1...6).map { alert($0) })
        #expect(blocking.status("queued") == "6")
        #expect(throws: SinkError.self) { try blocking.sink.write([.alert(alert(7))]) }
    }

    @Test("After a crash the queue is what was committed; what may have arrived comes again with the same key")
    func crash() async throws {
        let (harness, transport) = try harness()
        try harness.send([alert(1)])
        while !harness.sink.isIdle { await Task.yield() }
        // It was delivered, and the daemon died before that was committed.
        try harness.crash()
        try await harness.settle()
        #expect(transport.ids == [alert(1).id, alert(1).id])
        try harness.tick()
        try harness.crash()
        try await harness.run(for: .seconds(5)) { false }
        #expect(transport.ids.count == 2)
    }

    @Test("A restart does not forget how often a notice failed, nor how long the receiver is left alone")
    func attemptsSurvive() async throws {
        let (harness, transport) = try harness { _, _, number in
            number == 1 ? .failed("429", after: .seconds(600), blames: .receiver) : .delivered
        }
        try harness.send([alert(1), alert(2)])
        try await harness.run(for: .seconds(5)) { false }
        try harness.crash()
        try await harness.run(for: .seconds(500)) { false }
        #expect(transport.ids.count == 1)
        try await harness.run(for: .seconds(300)) { transport.ids.count == 3 }
        #expect(transport.came.map(\.attempt.number) == [1, 2, 1])
    }

    @Test("Held alerts are not delivered unless asked for, and filters do as they say")
    func filters() async throws {
        let all = [
            alert(1, held: AlertHold(by: .silence, reason: "quiet")), alert(2, severity: .low),
            alert(3, rule: "chips-eu", severity: .high),
            alert(4, severity: .high, labels: ["team": "a"]),
        ]
        let cases: [(OptionLiteral, [Int])] = [
            ([:], [2, 3, 4]), (["include_held": true], [1, 2, 3, 4]),
            (["min_severity": "high"], [3, 4]),
            (["match": ["rule": "chips-*"]], [3]), (["match": ["rule": "orders"]], [2, 4]),
            (["match": ["labels": ["team": "a"]]], [4]),
        ]
        for (literal, wanted) in cases {
            let (harness, transport) = try harness(literal)
            try harness.send(all)
            try await harness.run(for: .seconds(20)) { transport.ids.count == wanted.count }
            try await harness.run(for: .seconds(2)) { false }
            #expect(transport.ids == wanted.map { alert($0).id })
        }
    }

    @Test("A run that drains delivers what is due and says what stays; a stop ends what is under way")
    func settling() async throws {
        let (harness, transport) = try harness(["group_by": "rule", "group_wait": "10m"])
        try harness.send([alert(1), alert(2)])
        #expect(harness.sink.settle(.stopped))
        while !harness.sink.settle(.drained) {
            if harness.sink.wantsCheckpoint { try harness.commit() }
            await Task.yield()
        }
        #expect(transport.came.map(\.notice.alerts.count) == [2])
        try harness.sink.close()
    }
}
