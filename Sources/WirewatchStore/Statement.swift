internal import CWirewatchSQLite

/// A prepared statement, bound and stepped on its connection's thread.
public final class Statement {
    private let handle: OpaquePointer
    /// Keeps the connection open as long as the statement lives.
    private let database: Database
    /// `SQLITE_TRANSIENT`, a cast macro that is not imported: SQLite copies what is bound before the call returns.
    private static var transient: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    init(_ handle: OpaquePointer, database: Database) {
        self.handle = handle
        self.database = database
    }

    deinit { sqlite3_finalize(handle) }

    /// Binds a value to a parameter, counted from 1.
    public func bind(_ index: Int, _ value: [UInt8]) throws(StoreError) {
        // An empty array has no base address, which SQLite would read as NULL.
        let code =
            value.isEmpty
            ? sqlite3_bind_zeroblob(handle, Int32(index), 0)
            : sqlite3_bind_blob64(
                handle, Int32(index), value, UInt64(value.count), Self.transient)
        try check(code)
    }

    public func bind(_ index: Int, _ value: String) throws(StoreError) {
        var value = value
        let code = value.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                // An empty text has no address to tell it from NULL.
                text.isEmpty
                    ? sqlite3_bind_text(handle, Int32(index), "", 0, Self.transient)
                    : sqlite3_bind_text64(
                        handle, Int32(index), text.baseAddress, UInt64(text.count), Self.transient, UInt8(SQLITE_UTF8))
            }
        }
        try check(code)
    }

    /// Binds bytes for the time of `body`, in which the statement is run; it is reset after it. SQLite makes no copy of
    /// them, which for keys of a few bytes costs as much as the look-up.
    public func binding<Result>(
        _ index: Int, _ value: UnsafeRawBufferPointer, _ body: () throws -> Result
    ) throws -> Result {
        guard let start = value.baseAddress, !value.isEmpty else {
            try bind(index, [UInt8]())
            return try body()
        }
        // No destructor: the bytes are the caller's, and after the call nothing refers to them any more.
        try check(sqlite3_bind_blob64(handle, Int32(index), start, UInt64(value.count), nil))
        defer {
            sqlite3_reset(handle)
            sqlite3_bind_null(handle, Int32(index))
        }
        return try body()
    }

    public func bind(_ index: Int, _ value: Int64) throws(StoreError) {
        try check(sqlite3_bind_int64(handle, Int32(index), value))
    }

    /// Moves to the next row; false when there is none.
    public func step() throws(StoreError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let error = database.failure(code)
            sqlite3_reset(handle)
            throw error
        }
    }

    /// Runs to the end and makes the statement ready for the next use.
    public func run() throws(StoreError) {
        while try step() {}
        reset()
    }

    /// Makes the statement ready for the next use.
    public func reset() { sqlite3_reset(handle) }

    /// The bytes of a column, counted from 0; empty for NULL.
    public func bytes(_ column: Int) -> [UInt8] {
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        guard count > 0, let start = sqlite3_column_blob(handle, Int32(column)) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    public func text(_ column: Int) -> String { String(decoding: bytes(column), as: UTF8.self) }

    public func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

    private func check(_ code: Int32) throws(StoreError) {
        if code != SQLITE_OK { throw database.failure(code) }
    }
}
