internal import CWirewatchSQLite

/// What SQLite refused, and what that means to the caller.
public struct StoreError: Error, Sendable, CustomStringConvertible {
    /// What the caller can do about it.
    public enum Kind: Sendable, Hashable {
        /// The file is no database, or a damaged one.
        case corrupt
        /// No room, or the disk failed: the same call may succeed later.
        case unavailable
        /// Another process holds the database.
        case busy
        /// A mistake in the statement or its use.
        case misuse
    }

    public let kind: Kind
    /// SQLite's extended result code.
    public let code: Int32
    public let message: String
    public let path: String

    public var description: String { "\(path): \(message) (SQLite code \(code))" }

    init(code: Int32, message: String, path: String) {
        self.code = code
        self.message = message
        self.path = path
        self.kind =
            switch code & 0xff {
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_NOMEM: .unavailable
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            default: .misuse
            }
    }
}

extension StoreError {
    /// Damage that a caller found by looking at the file itself.
    public static func corrupt(_ message: String, path: String) -> StoreError {
        StoreError(code: SQLITE_CORRUPT, message: message, path: path)
    }
}
