internal import Synchronization
public import WirewatchKit

/// A component's state in memory, for tests and for `process`, which keeps none.
public final class MemoryState: StateAccess, StateReader {
    private let values = Mutex<[String: [UInt8]]>([:])

    public init() {}

    public func value(_ key: String) -> [UInt8]? { values.withLock { $0[key] } }

    public func entries(prefix: String) -> [(key: String, value: [UInt8])] {
        values.withLock { values in
            values.filter { $0.key.utf8.starts(with: prefix.utf8) }
                .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                .map { (key: $0.key, value: $0.value) }
        }
    }

    public func set(_ key: String, _ value: [UInt8]) { values.withLock { $0[key] = value } }

    public func remove(_ key: String) { values.withLock { $0[key] = nil } }

    public func apply(_ changes: [StateChange]) {
        for change in changes { values.withLock { $0[change.key] = change.value } }
    }
}
