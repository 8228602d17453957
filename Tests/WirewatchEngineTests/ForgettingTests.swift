import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchEngine

@Suite struct ForgettingTests {
    @Test("identities are forgotten after their retention, not before, and not while starting")
    func forgets() throws {
        let harness = Harness()
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let store = try StateStore(path: harness.directory + "/state.db", log: log)
        let clock = ManualClock()
        let forgetting = Forgetting(retention: .seconds(30 * 86_400))
        store.markSeen(SeenKey("00ff"), at: clock.now())
        clock.advance(by: .seconds(29 * 86_400))
        store.markSeen(SeenKey("11ee"), at: clock.now())
        try store.commit()
        clock.advance(by: .seconds(2 * 86_400))
        try forgetting.step(store, now: clock.now(), log: log)
        #expect(try store.isSeen(SeenKey("00ff")))
        clock.advance(by: .seconds(601))
        try forgetting.step(store, now: clock.now(), log: log)
        #expect(try !store.isSeen(SeenKey("00ff")))
        #expect(try store.isSeen(SeenKey("11ee")))
    }
}
