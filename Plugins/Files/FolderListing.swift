import Glibc

/// The entries of one folder, in the order of their names' bytes.
enum FolderListing {
    struct Entry {
        enum Kind { case file, folder, link, other, unknown }

        var name: String
        var inode: UInt64
        var kind: Kind
    }

    /// Lists a folder without its hidden entries. Names that are not UTF-8 are handed to `unreadable`, repaired.
    static func entries(
        of path: String, followingLink: Bool, unreadable: (String) -> Void
    ) throws(SystemError) -> [Entry] {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followingLink ? 0 : O_NOFOLLOW)
        let descriptor = open(path, flags)
        guard descriptor >= 0 else { throw SystemError("open") }
        guard let folder = fdopendir(descriptor) else {
            let error = SystemError("list")
            close(descriptor)
            throw error
        }
        defer { closedir(folder) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let raw = readdir(folder) else {
                if errno != 0 { throw SystemError("list") }
                break
            }
            // The name is NUL-terminated inside its fixed array, and copied before the next readdir overwrites it.
            let bytes = withUnsafeBytes(of: &raw.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard bytes.first != UInt8(ascii: ".") else { continue }
            guard let name = String(validating: bytes, as: UTF8.self) else {
                unreadable(String(decoding: bytes, as: UTF8.self))
                continue
            }
            let kind: Entry.Kind =
                switch Int(raw.pointee.d_type) {
                case Int(DT_REG): .file
                case Int(DT_DIR): .folder
                case Int(DT_LNK): .link
                case Int(DT_UNKNOWN): .unknown
                default: .other
                }
            entries.append(Entry(name: name, inode: UInt64(raw.pointee.d_ino), kind: kind))
        }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
