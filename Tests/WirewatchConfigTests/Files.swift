import Glibc

/// Files of the tests themselves, and fresh folders for what they write.
enum Files {
    struct Failure: Error { var path: String }

    static var isRecording: Bool { getenv("WIREWATCH_RECORD") != nil }

    static func folder(of path: String) -> String { String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }

    static func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.sorted()
    }

    static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Failure(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func write(_ text: String, to path: String, mode: mode_t = 0o600) throws {
        try write(Array(text.utf8), to: path, mode: mode)
    }

    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws {
        guard let file = fopen(path, "w") else { throw Failure(path: path) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failure(path: path) }
        fchmod(fileno(file), mode)
    }

    /// A fresh folder with these files (folders in their names are made).
    static func temporary(_ files: [String: String]) throws -> String {
        var template = Array("/tmp/wirewatch-config-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(path: "/tmp") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for (name, text) in files {
            var parent = folder
            for part in name.split(separator: "/").dropLast() {
                parent += "/" + part
                mkdir(parent, 0o700)
            }
            try write(text, to: folder + "/" + name)
        }
        return folder
    }

    static func remove(_ folder: String) {
        for name in names(in: folder) where name != "." && name != ".." {
            let path = folder + "/" + name
            if unlink(path) != 0 { remove(path) }
        }
        rmdir(folder)
    }
}

/// How messages show a folder: relative when it lies below the current one.
enum FolderNames {
    static func shown(_ folder: String) -> String {
        guard let path = getcwd(nil, 0) else { return folder + "/" }
        defer { free(path) }
        let current = String(cString: path) + "/"
        return (folder.hasPrefix(current) ? String(folder.dropFirst(current.count)) : folder) + "/"
    }
}
