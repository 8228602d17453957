import WirewatchYAML

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file as it was read, to tell whether it is still the same.
struct FileState: Sendable {
    let bytes: [UInt8]
    let mode: mode_t
    let owner: uid_t
    let group: gid_t
    private let identity: [Int64]

    init(_ path: String) throws(EditError) {
        do { bytes = try FileSystem.read(path, limit: Expander.limits.bytes).bytes } catch {
            throw EditError("cannot read \(path): \(error.reason)")
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw EditError("cannot read \(path): \(String(cString: strerror(errno)))")
        }
        mode = status.st_mode & 0o7777
        owner = status.st_uid
        group = status.st_gid
        identity = [
            Int64(truncatingIfNeeded: status.st_dev), Int64(truncatingIfNeeded: status.st_ino),
            Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec),
        ]
    }

    func isSame(as other: FileState) -> Bool { identity == other.identity && bytes == other.bytes }

    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var at = 0
        while at < bytes.count {
            let count = bytes[at...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            at += count
        }
        return true
    }

    /// So that the new name survives a loss of power.
    static func syncFolder(of path: String) {
        let descriptor = open(FilePath.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

/// `write(2)`, which a member of the same name would hide.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}

/// Keeps others that edit the same configuration waiting, for as long as it lives. A lock on the main file's folder, for the
/// file itself is replaced.
public final class EditLock {
    private let descriptor: Int32

    /// Waits for its turn.
    public init(main: String) throws(EditError) {
        let path = FileSystem.identity(FilePath.absolute(main, in: FileSystem.currentFolder))
        descriptor = open(FilePath.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw EditError("cannot open the folder of \(main): \(String(cString: strerror(errno)))")
        }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    deinit { close(descriptor) }
}
