import WirewatchKit
import WirewatchStore

/// Queries that both the committer's connection and the sources' read-only one use.
enum StateQuery {
    static func entries(
        _ database: Database, component: String, prefix: String
    ) throws -> [(key: String, value: [UInt8])] {
        // `key >= prefix` walks the primary key from there on; the loop ends where the prefix does.
        let select = try database.prepare(
            "SELECT key, value FROM state WHERE component = ? AND key >= ? ORDER BY key")
        try select.bind(1, component)
        try select.bind(2, prefix)
        var found: [(key: String, value: [UInt8])] = []
        while try select.step() {
            let key = select.text(0)
            guard key.utf8.starts(with: prefix.utf8) else { break }
            found.append((key, select.bytes(1)))
        }
        return found
    }
}

/// What sources read: the state as of the last checkpoint, over a connection of its own.
final class CommittedState: Sendable {
    private let database: Monitor<Database>

    init(path: String) throws {
        database = Monitor(try Database(path: path, access: .readOnly))
    }

    /// Lets go of the file, so that the last connection can tidy up its log; nothing can be read any more.
    func close() { database.withLock { $0.close() } }

    func reader(_ component: String) -> any StateReader { Reader(state: self, component: component) }

    fileprivate func value(_ component: String, _ key: String) throws -> [UInt8]? {
        try database.withLock { database in
            let select = try database.prepare("SELECT value FROM state WHERE component = ? AND key = ?")
            try select.bind(1, component)
            try select.bind(2, key)
            return try select.step() ? select.bytes(0) : nil
        }
    }

    fileprivate func entries(_ component: String, prefix: String) throws -> [(key: String, value: [UInt8])] {
        try database.withLock { try StateQuery.entries($0, component: component, prefix: prefix) }
    }

    private struct Reader: StateReader {
        let state: CommittedState
        let component: String

        func value(_ key: String) throws -> [UInt8]? { try state.value(component, key) }

        func entries(prefix: String) throws -> [(key: String, value: [UInt8])] {
            try state.entries(component, prefix: prefix)
        }
    }
}
