#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The few calls to the file system that reading a configuration needs.
enum FileSystem {
    struct File {
        var bytes: [UInt8]
        /// Whether users other than owner and group may read it.
        var isPublic: Bool
    }

    /// Why a file could not be read, in words: `no such file`.
    struct Failure: Error { var reason: String }

    /// Reads a whole file; of one that is larger than `limit`, enough that the caller sees it is.
    ///
    /// A pipe is read only where it is welcome: a glob that finds one must not wait for ever.
    static func read(_ path: String, limit: Int, orPipe: Bool = false) throws(Failure) -> File {
        var kind = stat()
        guard stat(path, &kind) == 0 else { throw Failure(reason: reason(errno)) }
        switch kind.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw Failure(reason: "it is a folder")
        default: if !orPipe { throw Failure(reason: "it is not a regular file") }
        }
        let descriptor = retrying { open(path, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw Failure(reason: reason(errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(reason: reason(errno)) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= limit {
            let count = retrying { Int32(truncatingIfNeeded: Self.read(descriptor, into: &chunk)) }
            guard count >= 0 else { throw Failure(reason: reason(errno)) }
            if count == 0 { break }
            bytes.append(contentsOf: chunk[..<Int(count)])
        }
        return File(bytes: bytes, isPublic: status.st_mode & S_IROTH != 0)
    }

    /// The files that match a pattern below `folder`, sorted by the bytes of their names; without hidden ones.
    static func matches(_ pattern: String, in folder: String) -> [String] {
        var found = glob_t()
        let full = pattern.hasPrefix("/") ? pattern : escaped(folder) + "/" + pattern
        guard glob(full, GLOB_NOSORT, nil, &found) == 0 else { return [] }
        defer { globfree(&found) }
        let paths = (0..<Int(clamping: found.gl_pathc)).compactMap { index in
            found.gl_pathv[index].map { String(cString: $0) }
        }
        return paths.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    /// Whether ``matches(_:in:)`` would find a file that is not there yet.
    static func isMatch(_ path: String, _ pattern: String, in folder: String) -> Bool {
        let full = pattern.hasPrefix("/") ? pattern : escaped(identity(folder)) + "/" + pattern
        return fnmatch(full, path, FNM_PATHNAME | FNM_PERIOD) == 0
    }

    static func isGlob(_ path: String) -> Bool { path.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B } }

    static var currentFolder: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    /// With links followed, so that one file has one name; the path itself where that fails.
    static func identity(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func read(_ descriptor: Int32, into chunk: inout [UInt8]) -> Int {
        chunk.withUnsafeMutableBytes { unistdRead(descriptor, $0.baseAddress, $0.count) }
    }

    private static func retrying(_ call: () -> Int32) -> Int32 {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }

    private static func reason(_ code: Int32) -> String {
        switch code {
        case ENOENT, ENOTDIR: "there is no such file"
        case EACCES, EPERM: "permission is denied"
        default: String(cString: strerror(code))
        }
    }

    private static func escaped(_ folder: String) -> String {
        var text = ""
        for scalar in folder.unicodeScalars {
            if "*?[]\\".unicodeScalars.contains(scalar) { text.unicodeScalars.append("\\") }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}

/// `read(2)`, which a member of the same name would hide.
private func unistdRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
