/// What is known of the files, by path, and of growing files by inode too: rotation changes names under one's feet, so
/// that for a growing file the path is a hint and the inode decides.
struct FileRecords {
    private(set) var byPath: [String: FileRecord] = [:]
    private var pathOfInode: [UInt64: String] = [:]

    subscript(path: String) -> FileRecord? {
        get { byPath[path] }
        set {
            if case .followed(let old)? = byPath[path], pathOfInode[old.inode] == path { pathOfInode[old.inode] = nil }
            byPath[path] = newValue
            if case .followed(let new)? = newValue { pathOfInode[new.inode] = path }
        }
    }

    /// How far a growing file has been read, if the path's record is of one.
    func position(_ path: String) -> LinePosition? {
        if case .followed(let position)? = byPath[path] { return position }
        return nil
    }

    /// The path under which a growing file was known last.
    func path(ofInode inode: UInt64) -> String? { pathOfInode[inode] }

    /// Where to keep what is known of a file whose path another one has taken, until it is met under its new name. No
    /// path has two slashes in a row.
    static func shelf(_ path: String, _ inode: UInt64) -> String { "\(path)//\(inode)" }
}
