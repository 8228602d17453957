internal import Synchronization

/// How a source does, by its own account: kept by the engine across restarts of the source, shown by `wirewatch status`.
/// Safe to use from any task.
public final class SourceReport: Sendable {
    /// An attempt that failed.
    public struct Failure: Sendable, Hashable {
        public var reason: String
        public var time: Timestamp
    }

    private struct Account {
        var figures = PackedFigures()
        var failures = 0
        var lastFailure: Failure?
    }

    private let account = Mutex(Account())
    private let onFailure: @Sendable (Failure) -> Void

    /// - Parameter onFailure: called for each failure, on the task that notes it.
    public init(onFailure: @escaping @Sendable (Failure) -> Void = { _ in }) { self.onFailure = onFailure }

    /// Replaces the figures: a name in snake_case and a value each. A value of `0` is left out of what people see.
    public func update(_ figures: [(name: String, value: String)]) {
        let packed = PackedFigures(figures)
        account.withLock { $0.figures = packed }
    }

    /// Notes an attempt that failed and that the source gets over by itself; one that it cannot get over is thrown.
    public func fail(_ reason: String, at time: Timestamp) {
        let failure = Failure(reason: reason, time: time)
        account.withLock {
            $0.failures += 1
            $0.lastFailure = failure
        }
        onFailure(failure)
    }

    public var figures: [(name: String, value: String)] { account.withLock { $0.figures }.all }
    /// Attempts noted since the start.
    public var failures: Int { account.withLock { $0.failures } }
    public var lastFailure: Failure? { account.withLock { $0.lastFailure } }
}

/// Figures in one piece, names and values by turns, each with a NUL behind it: each of ten thousand sources has a dozen, and
/// as texts of their own they take four times the room.
private struct PackedFigures {
    private var text: [UInt8] = []

    init() {}

    init(_ figures: [(name: String, value: String)]) {
        text.reserveCapacity(figures.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 2 })
        for (name, value) in figures {
            append(name)
            append(value)
        }
    }

    private mutating func append(_ part: String) {
        for byte in part.utf8 where byte != 0 { text.append(byte) }
        text.append(0)
    }

    var all: [(name: String, value: String)] {
        var figures: [(name: String, value: String)] = []
        var rest = text[...]
        while let name = Self.part(&rest), let value = Self.part(&rest) { figures.append((name, value)) }
        return figures
    }

    private static func part(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let end = rest.firstIndex(of: 0) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
