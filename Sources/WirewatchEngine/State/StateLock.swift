import Glibc

/// The hold of one process on a state folder: a lock that ends with the process, however it ends.
final class StateLock: Sendable {
    /// Nil once let go.
    private let held: Monitor<Int32?>

    init(directory: String) throws {
        try Self.makeDirectory(directory)
        let path = directory + "/.lock"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else {
            throw EngineError("cannot open \(path): \(String(cString: strerror(errno))); check who owns the folder")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            var holder = [UInt8](repeating: 0, count: 32)
            let count = max(0, pread(file, &holder, holder.count, 0))
            close(file)
            guard reason == EWOULDBLOCK else {
                throw EngineError("cannot lock \(path): \(String(cString: strerror(reason)))")
            }
            let process = String(decoding: holder.prefix(count), as: UTF8.self)
            throw EngineError(
                """
                another wirewatch (process \(process)) uses the state folder \(directory); stop it first, or give this \
                one another 'state:'
                """)
        }
        ftruncate(file, 0)
        let process = Array(String(getpid()).utf8)
        pwrite(file, process, process.count, 0)
        held = Monitor(file)
    }

    deinit { release() }

    /// Lets another daemon have the folder.
    func release() {
        held.withLock { file in
            if let file { close(file) }
            file = nil
        }
    }

    private static func makeDirectory(_ path: String) throws {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: true) {
            made += "/" + part
            if mkdir(made, 0o750) == 0 || errno == EEXIST { continue }
            // A parent may be readable to others only; the last part decides.
            if made.utf8.count < path.utf8.count, Glibc.access(made, X_OK) == 0 { continue }
            throw EngineError("cannot make the state folder \(path): \(String(cString: strerror(errno)))")
        }
    }
}
