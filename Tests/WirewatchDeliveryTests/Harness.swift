import Synchronization
import WirewatchKit
import WirewatchTesting

@testable import WirewatchDelivery

/// Drives a sink as the engine does: write, checkpoint, commit, tick; and kills it at any moment.
final class Harness {
    let clock: ManualClock
    /// What is committed; a crash goes back to it.
    private(set) var durable: [String: [UInt8]] = [:]
    private var state = MemoryState()
    private(set) var sink: DeliverySink
    private let make: (SinkContext) throws -> DeliverySink

    init(clock: ManualClock = ManualClock(), _ make: @escaping (SinkContext) throws -> DeliverySink) throws {
        self.clock = clock
        self.make = make
        sink = try make(.test(clock: clock))
        try sink.open(state)
    }

    /// Writes and commits.
    func send(_ alerts: [Alert]) throws {
        try sink.write(alerts.map { .alert($0) })
        try commit()
    }

    func commit() throws {
        try sink.checkpoint(state)
        durable = Dictionary(uniqueKeysWithValues: state.entries(prefix: "").map { ($0.key, $0.value) })
        sink.committed()
    }

    /// A second of the engine's.
    func tick() throws {
        try sink.tick(clock.now())
        if sink.wantsCheckpoint { try commit() }
    }

    /// Ends the sink as `kill -9` would, and starts it anew on what was committed.
    func crash() throws {
        sink = try make(.test(clock: clock))
        state = MemoryState()
        for (key, value) in durable { state.set(key, value) }
        try sink.open(state)
    }

    /// Lets the time go on, a step and a tick each, until `isDone` or the limit.
    func run(for limit: Duration, step: Duration = .seconds(1), until isDone: () -> Bool) async throws {
        let end = clock.now() + limit
        while !isDone(), clock.now() < end {
            try tick()
            try await settle()
            if isDone() { return }
            clock.advance(by: step)
        }
    }

    /// Waits until all is done that can be before the clock moves on, and commits what came of it.
    func settle() async throws {
        while !sink.isIdle { try await Task.sleep(for: .microseconds(200)) }
        try tick()
        while !sink.isIdle { try await Task.sleep(for: .microseconds(200)) }
    }

    /// Lets the time go on from one retry to the next, exactly.
    func followRetries(until isDone: () -> Bool) async throws {
        while true {
            try await settle()
            try tick()
            if isDone() { return }
            // The timer is a task, which has to get as far as its sleep.
            while clock.sleepers == 0 { try await Task.sleep(for: .microseconds(200)) }
            clock.advanceToNextDeadline()
        }
    }

    func status(_ name: String) -> String? { sink.status.first { $0.name == name }?.value }
}

/// A transport that answers by script and notes what came.
final class ScriptedTransport: AlertTransport {
    private struct State {
        var came: [(notice: Notice, attempt: DeliveryAttempt)] = []
    }

    private let state = Mutex(State())
    private let answer: @Sendable (Notice, DeliveryAttempt, _ number: Int) -> DeliveryResult

    init(_ answer: @escaping @Sendable (Notice, DeliveryAttempt, _ number: Int) -> DeliveryResult) {
        self.answer = answer
    }

    func deliver(_ notice: Notice, _ attempt: DeliveryAttempt) async -> DeliveryResult {
        let number = state.withLock { state in
            state.came.append((notice, attempt))
            return state.came.count
        }
        return answer(notice, attempt, number)
    }

    var came: [(notice: Notice, attempt: DeliveryAttempt)] { state.withLock { $0.came } }
    var ids: [String] { came.map(\.notice.id) }
}

/// Options of a delivering sink alone.
struct PlainOptions: PluginOptions {
    static let specs = DeliveryOptions.specs()
    var delivery: DeliveryOptions

    init(_ options: OptionReader) throws { delivery = DeliveryOptions(options, seed: 7) }
}

func delivery(_ literal: OptionLiteral = [:]) throws -> DeliveryOptions {
    try options(PlainOptions.self, literal).delivery
}

func alert(
    _ number: Int, rule: String = "orders", severity: Alert.Severity = .medium, story: String? = nil,
    metrics: [Metric] = [], labels: [String: String] = [:], message: String? = nil, held: AlertHold? = nil,
    at time: Timestamp = Timestamp(seconds: 1_767_528_000)
) -> Alert {
    let digits = String(number, radix: 16)
    return Alert(
        id: String(repeating: "0", count: 32 - digits.count) + digits, time: time, severity: severity, rule: rule,
        title: "Walker orders, part \(number)", url: "https://example.org/walker/\(number)", source: "example",
        published: nil, message: message ?? "Orders for walkers: \(number)", story: story,
        because: [AlertReason(condition: "topic robotics >= 0.6", span: nil, text: "walkers")], metrics: metrics,
        labels: labels, held: held)
}

func metric(_ value: Double) -> Metric {
    Metric(
        kind: "orders", span: TextSpan(.body, 0..<3), surface: "\(value)", amount: .value(value), unit: "USD",
        qualifier: nil, change: nil, per: nil, timeframe: nil, subject: nil, entity: nil, attribution: nil,
        modality: nil,
        equivalents: [], confidence: 1, sentence: 0..<3)
}
