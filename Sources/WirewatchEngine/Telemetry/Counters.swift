import Synchronization
import WirewatchKit

/// What one component has done since it was made. Every event that does not go on is counted with its reason.
final class Counters: Sendable {
    let received = Atomic<Int>(0)
    let emitted = Atomic<Int>(0)
    let failed = Atomic<Int>(0)
    let bytes = Atomic<Int>(0)
    let nanoseconds = Atomic<Int64>(0)
    /// Made when there is something to be kept in it.
    private let rare = AtomicLazyReference<Lock<Rare>>()

    private struct Rare {
        var dropped: [String: Int] = [:]
        var noted: [String: Int] = [:]
        var lastError: (message: String, time: Timestamp)?
    }

    private func change(_ body: (inout Rare) -> Void) {
        (rare.load() ?? rare.storeIfNil(Lock(Rare()))).withLock(body)
    }

    private func read<Result>(_ body: (Rare) -> Result) -> Result { rare.load()?.withLock { body($0) } ?? body(Rare()) }

    func add(received count: Int = 0, emitted out: Int = 0, bytes size: Int = 0) {
        if count != 0 { received.wrappingAdd(count, ordering: .relaxed) }
        if out != 0 { emitted.wrappingAdd(out, ordering: .relaxed) }
        if size != 0 { bytes.wrappingAdd(size, ordering: .relaxed) }
    }

    func drop(_ reason: String) { change { $0.dropped[reason, default: 0] += 1 } }

    func note(_ word: String) { change { $0.noted[word, default: 0] += 1 } }

    func fail(_ message: String, at time: Timestamp) {
        failed.wrappingAdd(1, ordering: .relaxed)
        change { $0.lastError = (message, time) }
    }

    func spend(since start: Int64) {
        nanoseconds.wrappingAdd(monotonicNanoseconds() - start, ordering: .relaxed)
    }

    /// Why events were dropped, and how many, by the reason's name.
    var drops: [(reason: String, count: Int)] {
        read(\.dropped).sorted { $0.key < $1.key }.map { (reason: $0.key, count: $0.value) }
    }

    /// What the component itself counts, by its word.
    var notes: [(word: String, count: Int)] {
        read(\.noted).sorted { $0.key < $1.key }.map { (word: $0.key, count: $0.value) }
    }

    /// The plain figures, for reports that list them one by one.
    static let figures: [(name: String, help: String, value: @Sendable (Counters) -> Double)] = [
        ("received", "Events that a component was given.", { Double($0.received.load(ordering: .relaxed)) }),
        ("emitted", "Events that a component passed on.", { Double($0.emitted.load(ordering: .relaxed)) }),
        ("failed", "Failures of a component.", { Double($0.failed.load(ordering: .relaxed)) }),
        ("bytes", "Bytes that a component was given.", { Double($0.bytes.load(ordering: .relaxed)) }),
        ("seconds", "Seconds spent in a component.", { Double($0.nanoseconds.load(ordering: .relaxed)) / 1e9 }),
    ]

    /// Writes the figures as members of the object that is open.
    func write(to json: inout JSONWriter) {
        json.member("received", received.load(ordering: .relaxed))
        json.member("emitted", emitted.load(ordering: .relaxed))
        json.member("failed", failed.load(ordering: .relaxed))
        json.key("dropped")
        json.beginObject()
        for (reason, count) in drops { json.member(reason, count) }
        json.endObject()
        if !notes.isEmpty {
            json.key("noted")
            json.beginObject()
            for (word, count) in notes { json.member(word, count) }
            json.endObject()
        }
        json.member("bytes", bytes.load(ordering: .relaxed))
        json.key("seconds")
        json.number((Double(nanoseconds.load(ordering: .relaxed)) / 1e6).rounded() / 1000)
        if let error = read(\.lastError) {
            json.member("last_error", error.message)
            json.member("last_error_time", error.time.rfc3339)
        }
    }
}
