import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchDelivery

@Suite("Grouping, repeats and quiet hours")
struct GroupingTests {
    private func harness(
        _ literal: OptionLiteral, clock: ManualClock = ManualClock()
    ) throws -> (
        Harness, ScriptedTransport
    ) {
        let transport = ScriptedTransport { _, _, _ in .delivered }
        let options = try delivery(literal)
        return (try Harness(clock: clock) { DeliverySink(options, $0, transport: transport) }, transport)
    }

    @Test("The first alert of a group waits for others, further ones for the interval")
    func groups() async throws {
        let (harness, transport) = try harness(["group_by": ["rule"], "group_wait": "30s", "group_interval": "5m"])
        let start = harness.clock.now()
        try harness.send([alert(1), alert(2, rule: "chips"), alert(3)])
        try await harness.run(for: .seconds(29)) { false }
        #expect(transport.came.isEmpty)
        try await harness.run(for: .seconds(10)) { transport.came.count == 2 }
        #expect(Set(transport.came.map { $0.notice.alerts.map(\.id) }) == [[alert(1).id, alert(3).id], [alert(2).id]])
        try harness.send([alert(4)])
        try await harness.run(for: .seconds(600)) { transport.came.count == 3 }
        let last = try #require(transport.came.last)
        #expect(last.notice.alerts.map(\.id) == [alert(4).id])
        #expect(last.notice.created - start >= .seconds(330))
        #expect(last.notice.created - start <= .seconds(340))
        #expect(last.notice.group.map(\.value) == ["orders"])
    }

    @Test("A group in the making survives a crash, and its wait goes on from where it was")
    func groupsSurvive() async throws {
        let (harness, transport) = try harness(["group_by": "all", "group_wait": "1m"])
        try harness.send([alert(1)])
        try await harness.run(for: .seconds(30)) { false }
        try harness.crash()
        #expect(harness.status("in_groups") == "1")
        try harness.send([alert(2)])
        try await harness.run(for: .seconds(25)) { false }
        #expect(transport.came.isEmpty)
        try await harness.run(for: .seconds(20)) { !transport.came.isEmpty }
        #expect(transport.came.map { $0.notice.alerts.map(\.id) } == [[alert(1).id, alert(2).id]])
        let id = transport.ids[0]
        #expect(id != alert(1).id && id.count == 32)
    }

    @Test("A repeat about the same story is held back and counted; what brings news goes out")
    func repeats() async throws {
        let (harness, transport) = try harness(["repeat_interval": "6h"])
        try harness.send([alert(1, story: "s", metrics: [metric(1)]), alert(2, story: "s", metrics: [metric(1)])])
        try harness.send([alert(3, story: "s"), alert(4, story: "other")])
        try await harness.settle()
        try harness.tick()
        try harness.crash()
        try harness.send([alert(5, story: "s", metrics: [metric(2)]), alert(6, severity: .high, story: "s")])
        try await harness.run(for: .seconds(60)) { transport.came.count == 4 }
        try await harness.run(for: .seconds(5)) { false }
        #expect(transport.ids == [1, 4, 5, 6].map { alert($0).id })
        #expect(transport.came.map(\.notice.repeats) == [0, 0, 2, 0])
        harness.clock.advance(by: .seconds(6 * 3600))
        try harness.send([alert(7, story: "s")])
        try await harness.run(for: .seconds(60)) { transport.came.count == 5 }
        #expect(transport.ids.last == alert(7).id)
    }

    @Test("In quiet hours alerts wait for one digest, the urgent ones excepted, across a crash too")
    func quietHours() async throws {
        // 21:59:50 UTC on a Sunday.
        let clock = ManualClock(Timestamp(seconds: 1_767_528_000 + 35_990))
        let (harness, transport) = try harness(
            ["quiet_hours": ["from": "22:00", "to": "07:00"], "time_zone": "UTC"], clock: clock)
        try harness.send([alert(1)])
        try await harness.run(for: .seconds(60)) { false }
        #expect(transport.ids == [alert(1).id])
        try harness.send([alert(2), alert(3), alert(4, severity: .critical)])
        try await harness.run(for: .seconds(60)) { transport.came.count == 2 }
        #expect(transport.ids.last == alert(4).id)
        #expect(harness.status("next_notice") == "2026-01-05T07:00:00Z")
        try harness.crash()
        try harness.send([alert(5)])
        try await harness.run(for: .seconds(9 * 3600 + 60), step: .seconds(60)) { transport.came.count == 3 }
        let digest = try #require(transport.came.last)
        #expect(digest.notice.kind == .digest)
        #expect(digest.notice.alerts.map(\.id) == [2, 3, 5].map { alert($0).id })
        #expect(digest.attempt.now >= Timestamp(seconds: 1_767_596_400))
    }

    @Test("More alerts than max_alerts make several notices, and none is lost")
    func parts() async throws {
        let (harness, transport) = try harness(["group_by": "all", "group_wait": "0s", "max_alerts": 4])
        try harness.send((1...10).map { alert($0) })
        try await harness.run(for: .seconds(30)) { transport.came.count == 3 }
        #expect(transport.came.flatMap { $0.notice.alerts.map(\.id) } == (1...10).map { alert($0).id })
    }

    @Test(
        "Quiet hours and digests end when the clock of the place says so",
        arguments: [
            // Night of the change to summer time in Berlin: 07:00 CEST is 05:00 UTC.
            ("Europe/Berlin", "2026-03-28T22:30:00Z", "2026-03-29T05:00:00Z"),
            ("Europe/Berlin", "2026-10-24T21:30:00Z", "2026-10-25T06:00:00Z"),
            ("+05:30", "2026-01-04T17:00:00Z", "2026-01-05T01:30:00Z"),
            ("UTC", "2026-01-04T12:00:00Z", nil), ("UTC", "2026-01-04T22:00:00Z", "2026-01-05T07:00:00Z"),
            ("UTC", "2026-01-05T06:59:59Z", "2026-01-05T07:00:00Z"), ("UTC", "2026-01-05T07:00:00Z", nil),
        ] as [(String, String, String?)])
    func zones(zone: String, now: String, release: String?) throws {
        let times = ReleaseTimes(
            quiet: .init(from: 22 * 60, to: 7 * 60, days: Set(Weekday.allCases)),
            zone: try #require(TimeZone(zone)))
        let time = try #require(PublicationDate(text: now)?.timestamp)
        #expect(times.release(at: time)?.rfc3339 == release)
    }

    @Test("Quiet hours of some days, and digests at times of day")
    func days() throws {
        let weekend = ReleaseTimes(quiet: .init(from: 0, to: 23 * 60, days: [.sat, .sun]))
        #expect(weekend.release(at: Timestamp(seconds: 1_767_528_000))?.rfc3339 == "2026-01-04T23:00:00Z")
        #expect(weekend.release(at: Timestamp(seconds: 1_767_528_000 + 86_400)) == nil)
        let digests = ReleaseTimes(digests: [17 * 60, 7 * 60 + 30])
        #expect(digests.release(at: Timestamp(seconds: 1_767_528_000))?.rfc3339 == "2026-01-04T17:00:00Z")
        #expect(digests.release(at: Timestamp(seconds: 1_767_528_000 + 5 * 3600))?.rfc3339 == "2026-01-05T07:30:00Z")
    }

    @Test("Options that make no sense are refused, each with what is wrong")
    func mistakes() {
        let cases: [(OptionLiteral, String)] = [
            (["group_by": ["colour"]], "cannot be grouped by 'colour'"),
            (["group_by": ["all", "rule"]], "makes one group"), (["group_wait": "1m"], "needs 'group_by'"),
            (["quiet_hours": ["from": "10", "to": "07:00"]], "no time of day"),
            (["quiet_hours": ["from": "07:00", "to": "07:00"]], "begin when they end"),
            (["digest_at": "25:00"], "no time of day"), (["time_zone": "Mars/Base"], "no time zone"),
            (["retry": ["initial": "10m"]], "longer than 'max'"),
        ]
        for (literal, part) in cases {
            do {
                _ = try delivery(literal)
                Issue.record("taken: \(literal)")
            } catch {
                let said = (error as? RefusedOptions)?.diagnostics.map(\.message).joined() ?? ""
                #expect(said.contains(part), "\(said)")
            }
        }
    }

    @Test("A damaged time zone file is no reason to crash, wherever it is cut")
    func damagedZone() throws {
        var header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
        for count: UInt8 in [0, 0, 0, 0, 1, 4] { header += [0, 0, 0, count] }
        let file =
            header + [0, 0, 14, 16, 0, 0] + Array("CET\0".utf8) + header + [0, 0, 14, 16, 0, 0]
            + Array("CET\0\n\n".utf8)
        #expect(TimeZone.parse(file)?.offset(at: Timestamp(seconds: 0)) == 3600)
        for end in 0..<file.count { _ = TimeZone.parse(Array(file[..<end])) }
        for place in file.indices {
            var bytes = file
            bytes[place] = 0xFF
            _ = TimeZone.parse(bytes)
        }
    }
}
