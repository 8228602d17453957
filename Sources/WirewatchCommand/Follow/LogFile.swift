import Glibc

/// An open log file, read line by line.
///
/// Only whole lines are taken, and what stands before a line's end is read again next time: a writer that takes back a
/// torn line (after a full disk) and writes it anew is read right.
final class LogFile {
    /// What makes it this file, whatever its name is.
    struct Identity: Equatable {
        var device: UInt
        var inode: UInt
    }

    private let descriptor: Int32
    let identity: Identity
    /// Where the next line begins.
    private(set) var offset = 0

    /// Nil when the file cannot be opened; `errno` says why.
    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var info = stat()
        fstat(descriptor, &info)
        identity = Identity(device: UInt(info.st_dev), inode: UInt(info.st_ino))
    }

    deinit { close(descriptor) }

    /// What a name stands for now; nil when there is no such file.
    static func identity(of path: String) -> Identity? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        return Identity(device: UInt(info.st_dev), inode: UInt(info.st_ino))
    }

    var size: Int {
        var info = stat()
        return fstat(descriptor, &info) == 0 ? Int(info.st_size) : 0
    }

    func rewind() { offset = 0 }
    func skipToEnd() { offset = lastLineEnd() }

    /// Hands over each whole line, without its line feed, from ``offset`` on.
    func readLines(_ take: (ArraySlice<UInt8>) throws -> Void) throws {
        var window = 256 * 1024
        while true {
            let block = try read(at: offset, count: window)
            var start = 0
            while let end = block[start...].firstIndex(of: 0x0A) {
                try take(block[start..<end])
                start = end + 1
            }
            offset += start
            if block.count < window { return }
            // No line end in a full window: a long line.
            window = start == 0 ? window * 2 : 256 * 1024
        }
    }

    /// The last lines before the end, at most `count`, and moves ``offset`` behind them.
    func lastLines(_ count: Int) throws -> [[UInt8]] {
        let end = lastLineEnd()
        offset = end
        var window = 64 * 1024
        while true {
            let start = max(0, end - window)
            let lines = Self.lines(try read(at: start, count: end - start))
            // The first of the window may have begun before it.
            if start == 0 { return lines.suffix(count) }
            if lines.count > count { return lines.suffix(count) }
            window *= 4
        }
    }

    /// Fills the buffer with the bytes from ``offset`` on, whole lines or not, and moves behind them; returns how many,
    /// 0 at the end. For a compressed file.
    func read(into buffer: inout [UInt8]) throws -> Int {
        let bytes = try read(at: offset, count: buffer.count)
        buffer.replaceSubrange(..<bytes.count, with: bytes)
        offset += bytes.count
        return bytes.count
    }

    static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
        // What follows the last line feed is no line yet.
        lines.removeLast()
        return lines
    }

    private func lastLineEnd() -> Int {
        var end = size
        while end > 0 {
            let start = max(0, end - 64 * 1024)
            guard let block = try? read(at: start, count: end - start) else { return 0 }
            if let at = block.lastIndex(of: 0x0A) { return start + at + 1 }
            end = start
        }
        return 0
    }

    private func read(at start: Int, count: Int) throws -> [UInt8] {
        var error: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress! + filled, count - filled, start + filled)
                if got > 0 {
                    filled += got
                } else if got == 0 {
                    return
                } else if errno != EINTR {
                    error = errno
                    return
                }
            }
        }
        if error != 0 { throw Failure(.ioError, "cannot read the log: \(errorText(error))") }
        return bytes
    }
}
