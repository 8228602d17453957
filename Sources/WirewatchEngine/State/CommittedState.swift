import WirewatchKit
import WirewatchStore

/// What sources read: the state as of the last checkpoint, over a connection of its own.
///
/// One view of the database serves all reads from one checkpoint to the next, for a look-up by itself would lock and unlock
/// the file, which costs as much as the look-up.
final class CommittedState: Sendable {
    private let connection: Monitor<Connection>
    private let onDamage: @Sendable (StoreError) -> Void

    private struct Connection {
        let database: Database
        /// Kept, for ten thousand sources ask one after the other; nil after the close.
        var select: Statement?
        var hasView = false
    }

    /// - Parameter onDamage: called when a page that is read is damaged.
    init(path: String, onDamage: @escaping @Sendable (StoreError) -> Void) throws {
        self.onDamage = onDamage
        let database = try Database(path: path, access: .readOnly)
        let select = try database.prepare("SELECT value FROM state WHERE component = ? AND key = ?")
        connection = Monitor(Connection(database: database, select: select))
    }

    /// Lets go of the file, so that the last connection can tidy up its log; nothing can be read any more.
    func close() {
        connection.withLock { connection in
            connection.select = nil
            connection.hasView = false
            connection.database.close()
        }
    }

    /// Gives up the view: what is read next is as of now. To be called before a commit, so that SQLite's log can be taken in,
    /// and after it.
    func refresh() {
        connection.withLock { connection in
            guard connection.hasView, connection.select != nil else { return }
            connection.hasView = false
            // A transaction that only read has nothing that could fail.
            try? connection.database.execute("COMMIT")
        }
    }

    func reader(_ component: String) -> any StateReader { Reader(state: self, component: component) }

    func reader(ofSource name: String) -> any StateReader { SourceReader(state: self, name: name) }

    fileprivate func value(_ component: String, _ key: String) throws -> [UInt8]? {
        try reading { connection in
            guard let select = connection.select else { throw Self.closed }
            defer { select.reset() }
            try select.bind(1, component)
            try select.bind(2, key)
            return try select.step() ? select.bytes(0) : nil
        }
    }

    fileprivate func entries(_ component: String, prefix: String) throws -> [(key: String, value: [UInt8])] {
        try reading { connection in
            guard connection.select != nil else { throw Self.closed }
            return try StateQuery.entries(connection.database, component: component, prefix: prefix)
        }
    }

    private static var closed: EngineError { EngineError("the state is closed") }

    private func reading<Result>(_ body: (inout Connection) throws -> Result) throws -> Result {
        do {
            return try connection.withLock { connection in
                if !connection.hasView, connection.select != nil {
                    try connection.database.execute("BEGIN")
                    connection.hasView = true
                }
                return try body(&connection)
            }
        } catch let error as StoreError {
            if error.kind == .corrupt { onDamage(error) }
            throw error
        }
    }

    private struct Reader: StateReader {
        let state: CommittedState
        let component: String

        func value(_ key: String) throws -> [UInt8]? { try state.value(component, key) }

        func entries(prefix: String) throws -> [(key: String, value: [UInt8])] {
            try state.entries(component, prefix: prefix)
        }
    }

    /// Shares its name with the source, and fits where a reader is held.
    private struct SourceReader: StateReader {
        let state: CommittedState
        let name: String

        func value(_ key: String) throws -> [UInt8]? { try state.value("source/" + name, key) }

        func entries(prefix: String) throws -> [(key: String, value: [UInt8])] {
            try state.entries("source/" + name, prefix: prefix)
        }
    }
}
