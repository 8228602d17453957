import Glibc

/// A failed system call: what was tried, and errno.
struct SystemError: Error, CustomStringConvertible {
    var call: String
    var code: Int32

    init(_ call: String, _ code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    var description: String { "\(call): \(String(cString: strerror(code)))" }

    /// The file is not there (any more), as happens between hearing of it and reading it.
    var isGone: Bool { code == ENOENT || code == ENOTDIR || code == ELOOP || code == ESTALE }
    var isDenied: Bool { code == EACCES || code == EPERM }
    /// The process or the machine has no descriptor left.
    var isExhausted: Bool { code == EMFILE || code == ENFILE }
}

/// What the file system knows of a file.
struct FileStatus {
    var stamp: FileStamp
    /// Nanoseconds since the Unix epoch of the last change of content, mode or owner.
    var changed: Int
    var isRegular: Bool
    var isFolder: Bool
    var isLink: Bool
    var links: Int

    /// Follows symbolic links unless told otherwise.
    init(path: String, followingLinks: Bool = true) throws(SystemError) {
        var raw = stat()
        let result = fstatat(AT_FDCWD, path, &raw, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW)
        guard result == 0 else { throw SystemError("stat") }
        self.init(raw)
    }

    init(_ raw: stat) {
        stamp = FileStamp(
            size: Int(raw.st_size), modified: Self.nanoseconds(raw.st_mtim), inode: UInt64(raw.st_ino))
        changed = Self.nanoseconds(raw.st_ctim)
        isRegular = raw.st_mode & S_IFMT == S_IFREG
        isFolder = raw.st_mode & S_IFMT == S_IFDIR
        isLink = raw.st_mode & S_IFMT == S_IFLNK
        links = Int(raw.st_nlink)
    }

    private static func nanoseconds(_ time: timespec) -> Int {
        Int(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ Int(time.tv_nsec)
    }
}

/// An open regular file; closed with its last reference.
final class OpenFile {
    private let descriptor: Int32
    let status: FileStatus

    /// - Throws: ``SystemError``; its call is `regular` with EINVAL when the path is no regular file.
    init(_ path: String) throws(SystemError) {
        // Without O_NONBLOCK the open of a FIFO that took the file's place would hang.
        var descriptor: Int32
        repeat {
            descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw SystemError("open") }
        var raw = stat()
        guard fstat(descriptor, &raw) == 0 else {
            let error = SystemError("stat")
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        status = FileStatus(raw)
        guard status.isRegular else { throw SystemError("regular", EINVAL) }
    }

    deinit { close(descriptor) }

    /// Up to `count` bytes from a position; fewer only at the end of the file.
    func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { return }
                filled += got
            }
        }
        if failure != 0 { throw SystemError("read", failure) }
        return bytes
    }

    /// The stamp as it is now.
    var currentStamp: FileStamp? {
        var raw = stat()
        return fstat(descriptor, &raw) == 0 ? FileStatus(raw).stamp : nil
    }
}
