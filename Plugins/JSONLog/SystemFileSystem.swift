import Glibc

/// The kernel's file system. Descriptors are close-on-exec; interrupted calls are repeated.
struct SystemFileSystem: FileSystem {
    func open(_ path: String, _ flags: Int32, mode: UInt32) throws(SystemCallError) -> Int32 {
        let file = try check("open \(path)") { Glibc.open(path, flags | O_CLOEXEC, mode) }
        // The mode is what the user asked for, whatever the umask; EPERM on file systems without modes is no matter.
        if flags & O_CREAT != 0, flags & O_EXCL != 0 { _ = fchmod(file, mode) }
        return file
    }

    // EINTR from close(2) on Linux means closed: never repeated.
    func close(_ file: Int32) { _ = Glibc.close(file) }

    func write(_ file: Int32, _ bytes: borrowing RawSpan) throws(SystemCallError) -> Int {
        // The address does not outlive the call.
        let count = bytes.withUnsafeBytes { buffer in
            retry { Glibc.write(file, buffer.baseAddress, buffer.count) }
        }
        if count > 0 { return count }
        throw SystemCallError(action: "write", code: count == 0 ? ENOSPC : errno)
    }

    func read(_ file: Int32, into buffer: inout [UInt8], at offset: Int) throws(SystemCallError) -> Int {
        // The address does not outlive the call.
        let count = buffer.withUnsafeMutableBytes { room in
            retry { pread(file, room.baseAddress, room.count, offset) }
        }
        guard count >= 0 else { throw SystemCallError(action: "read", code: errno) }
        return count
    }

    func sync(_ file: Int32) throws(SystemCallError) { _ = try check("sync") { fdatasync(file) } }

    func syncFolder(_ path: String) throws(SystemCallError) {
        let folder = try open(path, O_RDONLY | O_DIRECTORY, mode: 0)
        defer { close(folder) }
        _ = try check("sync \(path)") { fsync(folder) }
    }

    func truncate(_ file: Int32, to size: Int) throws(SystemCallError) {
        _ = try check("truncate") { ftruncate(file, size) }
    }

    func link(_ path: String, to new: String) throws(SystemCallError) {
        _ = try check("link \(path) to \(new)") { Glibc.link(path, new) }
    }

    func rename(_ path: String, to new: String) throws(SystemCallError) {
        _ = try check("rename \(path) to \(new)") { Glibc.rename(path, new) }
    }

    func unlink(_ path: String) throws(SystemCallError) {
        _ = try check("delete \(path)") { Glibc.unlink(path) }
    }

    func makeFolder(_ path: String) throws(SystemCallError) {
        _ = try check("create the folder \(path)") { mkdir(path, 0o755) }
    }

    func status(_ path: String) throws(SystemCallError) -> FileStatus? {
        var status = Glibc.stat()
        guard retry({ stat(path, &status) }) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw SystemCallError(action: "look at \(path)", code: errno)
        }
        return FileStatus(status)
    }

    func status(_ file: Int32) throws(SystemCallError) -> FileStatus {
        var status = Glibc.stat()
        guard retry({ fstat(file, &status) }) == 0 else {
            throw SystemCallError(action: "look at the open file", code: errno)
        }
        return FileStatus(status)
    }

    func names(in folder: String) throws(SystemCallError) -> [String] {
        guard let stream = opendir(folder) else {
            throw SystemCallError(action: "list \(folder)", code: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            // d_name is a tuple in Swift; it is NUL-terminated inside the entry, which lives until the next readdir.
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    func lock(_ file: Int32) throws(SystemCallError) -> Bool {
        if retry({ flock(file, LOCK_EX | LOCK_NB) }) == 0 { return true }
        if errno == EWOULDBLOCK { return false }
        throw SystemCallError(action: "lock", code: errno)
    }

    func freeBytes(_ folder: String) throws(SystemCallError) -> Int {
        var status = statvfs()
        _ = try check("look at the file system of \(folder)") { statvfs(folder, &status) }
        let (bytes, overflow) = Int(clamping: status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
        return overflow ? Int.max : bytes
    }

    private func check(_ action: String, _ call: () -> Int32) throws(SystemCallError) -> Int32 {
        let result = retry(call)
        if result < 0 { throw SystemCallError(action: action, code: errno) }
        return result
    }

    private func retry<Result: FixedWidthInteger>(_ call: () -> Result) -> Result {
        while true {
            let result = call()
            if result != -1 || errno != EINTR { return result }
        }
    }
}

extension FileStatus {
    fileprivate init(_ status: Glibc.stat) {
        self.init(
            identity: FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)),
            size: Int(status.st_size), links: Int(status.st_nlink), isRegular: status.st_mode & S_IFMT == S_IFREG)
    }
}
