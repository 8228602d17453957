import WirewatchDigest
import WirewatchKit

/// What tells one state of a file from another without reading it.
struct FileStamp: Sendable, Hashable {
    var size: Int
    /// Nanoseconds since the Unix epoch.
    var modified: Int
    var inode: UInt64
}

/// What is remembered of a file across restarts: one entry of the source's durable state.
enum FileRecord: Sendable, Hashable {
    /// Read as a whole and done.
    case taken(FileStamp, digest: String)
    /// Not read (too large, no permission) and reported; looked at again when its times or mode change.
    case refused(FileStamp, changed: Int)
    /// Read line by line up to a position.
    case followed(LinePosition)

    /// The state's key for the file at a path below the folder.
    static func key(_ path: String) -> String { prefix + path }
    static let prefix = "file:"

    var bytes: [UInt8] {
        switch self {
        case .taken(let stamp, let digest):
            Array("taken \(stamp.size) \(stamp.modified) \(stamp.inode) \(digest)".utf8)
        case .refused(let stamp, let changed):
            Array("refused \(stamp.size) \(stamp.modified) \(stamp.inode) \(changed)".utf8)
        case .followed(let at):
            Array("followed \(at.inode) \(at.offset) \(at.line) \(at.skips ? 1 : 0) \(at.headLength) \(at.head)".utf8)
        }
    }

    /// Reads what ``bytes`` writes; nil for anything else, so that the file is taken anew.
    init?(_ bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        func stamp() -> FileStamp? {
            guard parts.count == 5, let size = Int(parts[1]), let modified = Int(parts[2]), let inode = UInt64(parts[3])
            else { return nil }
            return FileStamp(size: size, modified: modified, inode: inode)
        }
        switch parts.first {
        case "taken":
            guard let stamp = stamp() else { return nil }
            self = .taken(stamp, digest: String(parts[4]))
        case "refused":
            guard let stamp = stamp(), let changed = Int(parts[4]) else { return nil }
            self = .refused(stamp, changed: changed)
        case "followed":
            guard parts.count == 7, let inode = UInt64(parts[1]), let offset = Int(parts[2]), let line = Int(parts[3]),
                let headLength = Int(parts[5]), offset >= 0, line >= 0, line <= offset,
                (0...LinePosition.maxHead).contains(headLength), headLength <= offset
            else { return nil }
            self = .followed(
                LinePosition(
                    inode: inode, offset: offset, line: line, skips: parts[4] == "1", headLength: headLength,
                    head: String(parts[6])))
        default: return nil
        }
    }
}

/// How far a growing file has been read, and what shows that it is still the same file.
struct LinePosition: Sendable, Hashable {
    /// The most bytes of the file's beginning that ``head`` covers.
    static let maxHead = 1024

    var inode: UInt64
    /// Bytes read, up to the end of a line.
    var offset = 0
    /// Lines read.
    var line = 0
    /// Whether a line that is too long is being passed over up to its end.
    var skips = false
    /// How many bytes of the beginning ``head`` covers: those read, at most ``maxHead``.
    var headLength = 0
    /// The digest of the beginning; empty while nothing is read.
    var head = ""

    /// Whether a file of this size and beginning can be the one that was read so far.
    func continues(size: Int, beginning: [UInt8]) -> Bool {
        guard size >= offset, beginning.count >= headLength else { return false }
        return headLength == 0 || SHA256.identifier(of: Array(beginning[..<headLength])) == head
    }

    /// Moves behind what was read; `beginning` is the file's first bytes, up to ``maxHead``.
    mutating func advance(by bytes: Int, lines: Int, beginning: [UInt8]) {
        offset += bytes
        line += lines
        let length = min(offset, beginning.count, Self.maxHead)
        guard length > headLength else { return }
        headLength = length
        head = SHA256.identifier(of: Array(beginning[..<length]))
    }
}
