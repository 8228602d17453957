internal import CWirewatchSQLite

/// One connection to an SQLite database: acquired by init, released by ``close()`` or deinit.
///
/// Confined to one thread at a time; it is not `Sendable`. Opened without SQLite's own mutexes
/// (https://www.sqlite.org/threadsafe.html, "multi-thread").
public final class Database {
    public let path: String
    private var handle: OpaquePointer?

    public enum Access: Sendable { case readWrite, readOnly }

    /// Opens the file, creating it for `readWrite`.
    ///
    /// In write-ahead mode with `synchronous=NORMAL`: a crash of the process loses nothing that was committed, a
    /// power cut may take back the last transactions but leaves the database whole.
    public init(path: String, access: Access = .readWrite) throws(StoreError) {
        self.path = path
        let flags =
            access == .readWrite
            ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK else {
            let error = failure(code)
            sqlite3_close_v2(handle)
            handle = nil
            throw error
        }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 5000)
        do {
            if access == .readWrite {
                try execute("PRAGMA journal_mode=WAL")
                try execute("PRAGMA synchronous=NORMAL")
            }
            // In KiB. Whoever only reads, reads each row once, and changes are written in the order of their tables: pages
            // are wanted again that lead to others, and these are few.
            try execute("PRAGMA cache_size=-1024")
        } catch {
            close()
            throw error
        }
    }

    deinit { close() }

    /// Releases the connection; every statement made from it must be gone.
    public func close() {
        sqlite3_close_v2(handle)
        handle = nil
    }

    /// Runs statements that return nothing of interest.
    public func execute(_ sql: String) throws(StoreError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// Prepares a statement for repeated use.
    public func prepare(_ sql: String) throws(StoreError) -> Statement {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code) }
        return Statement(statement, database: self)
    }

    /// Runs `body` in one transaction that takes the write lock at once; any error takes all of it back.
    public func transaction(_ body: () throws -> Void) throws {
        try execute("BEGIN IMMEDIATE")
        do {
            try body()
            try execute("COMMIT")
        } catch {
            // SQLite rolls back by itself on some errors (full disk); a second rollback then fails, harmlessly.
            try? execute("ROLLBACK")
            throw error
        }
    }

    /// Runs `body` in one transaction that only reads: what others commit meanwhile is not seen. Locks are taken by the
    /// first query and released at the end, not for each query.
    public func reading(_ body: () throws -> Void) throws {
        try execute("BEGIN DEFERRED")
        do {
            try body()
            try execute("COMMIT")
        } catch {
            try? execute("ROLLBACK")
            throw error
        }
    }

    /// How many rows the last statement inserted, changed or deleted.
    public var changes: Int { Int(sqlite3_changes(handle)) }

    func failure(_ code: Int32) -> StoreError {
        let extended = handle.map { sqlite3_extended_errcode($0) } ?? code
        let text = handle.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
        return StoreError(
            code: extended == SQLITE_OK ? code : extended,
            message: text.map { String(cString: $0) } ?? "unknown error", path: path)
    }
}
