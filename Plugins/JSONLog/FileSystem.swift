import Glibc

/// A system call that failed.
struct SystemCallError: Error, CustomStringConvertible {
    /// What was being done, with the path: `write to logs/alerts.jsonl`.
    var action: String
    var code: Int32

    // glibc's strerror is thread-safe (its buffer is per thread since 2.32).
    var reason: String { String(cString: strerror(code)) }
    var description: String { "cannot \(action): \(reason)" }

    /// The disk, the quota or the file is at its limit.
    var isFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
}

/// Which file it is, whatever it is called.
struct FileIdentity: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
}

struct FileStatus: Sendable {
    var identity: FileIdentity
    var size: Int
    var links: Int
    var isRegular: Bool
}

/// The few system calls that a log is made of, apart, so that tests can let each of them fail, or be the last before
/// the process dies. Safe to use from any thread.
protocol FileSystem: Sendable {
    func open(_ path: String, _ flags: Int32, mode: UInt32) throws(SystemCallError) -> Int32
    func close(_ file: Int32)
    /// Writes at the end or at the file's position; returns how many bytes were taken, at least one.
    func write(_ file: Int32, _ bytes: borrowing RawSpan) throws(SystemCallError) -> Int
    /// Fills the buffer from its start; returns how many bytes there were, 0 at the end.
    func read(_ file: Int32, into buffer: inout [UInt8], at offset: Int) throws(SystemCallError) -> Int
    /// Makes the file's data durable (fdatasync).
    func sync(_ file: Int32) throws(SystemCallError)
    /// Makes the names in a folder durable.
    func syncFolder(_ path: String) throws(SystemCallError)
    func truncate(_ file: Int32, to size: Int) throws(SystemCallError)
    func link(_ path: String, to new: String) throws(SystemCallError)
    func rename(_ path: String, to new: String) throws(SystemCallError)
    func unlink(_ path: String) throws(SystemCallError)
    func makeFolder(_ path: String) throws(SystemCallError)
    /// Nil when there is no such file.
    func status(_ path: String) throws(SystemCallError) -> FileStatus?
    func status(_ file: Int32) throws(SystemCallError) -> FileStatus
    func names(in folder: String) throws(SystemCallError) -> [String]
    /// Takes an exclusive lock that ends with the descriptor; false when another holds it.
    func lock(_ file: Int32) throws(SystemCallError) -> Bool
    /// Bytes that an ordinary user may still write to the folder's file system.
    func freeBytes(_ folder: String) throws(SystemCallError) -> Int
}

// A clause `catch where` on a typed error crashes the 6.3.1 compiler ("Found outside of lifetime use"), so errors are
// told apart inside a plain `catch`, here and elsewhere.
extension FileSystem {
    func unlinkIfPresent(_ path: String) throws(SystemCallError) {
        do { try unlink(path) } catch {
            if error.code != ENOENT { throw error }
        }
    }

    /// Opens a new file; nil when the name is taken.
    func create(_ path: String, _ flags: Int32, mode: UInt32) throws(SystemCallError) -> Int32? {
        do { return try open(path, flags | O_CREAT | O_EXCL, mode: mode) } catch {
            if error.code == EEXIST { return nil }
            throw error
        }
    }

    /// Opens a file that is there; nil when it is not.
    func openExisting(_ path: String, _ flags: Int32) throws(SystemCallError) -> Int32? {
        do { return try open(path, flags, mode: 0) } catch {
            if error.code == ENOENT { return nil }
            throw error
        }
    }
}
