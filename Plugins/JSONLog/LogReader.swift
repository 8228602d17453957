import Glibc
import WirewatchCompression
import WirewatchKit

/// Reads the lines of a log's files, plain or compressed.
struct LogReader {
    let files: any FileSystem
    let kind: RecordKind

    /// Scans an open plain file from an offset to an end (by default its own).
    func scan(_ file: Int32, from offset: Int, to end: Int = .max, _ visit: (LogLine) -> Void) throws -> LineScanner {
        var scanner = LineScanner(from: offset, kind: kind)
        var buffer = [UInt8](repeating: 0, count: 128 << 10)
        while scanner.offset < end {
            let count = min(try files.read(file, into: &buffer, at: scanner.offset), end - scanner.offset)
            if count == 0 { break }
            scanner.feed(buffer.span.extracting(0..<count), visit)
        }
        return scanner
    }

    /// Scans an archive. Returns what made it end early, if anything did.
    func scan(archive path: String, compressed: Bool, _ visit: (LogLine) -> Void) throws -> (any Error)? {
        let file = try files.open(path, O_RDONLY, mode: 0)
        defer { files.close(file) }
        guard compressed else {
            _ = try scan(file, from: 0, visit)
            return nil
        }
        var offset = 0
        let reader = try GunzipReader { buffer in
            let count = try files.read(file, into: &buffer, at: offset)
            offset += count
            return count
        }
        var scanner = LineScanner(from: 0, kind: kind)
        var piece: [UInt8] = []
        do {
            while try reader.read(into: &piece) { scanner.feed(piece.span, visit) }
        } catch let error as CompressionError {
            return error
        }
        return nil
    }

    /// The uncompressed length that a gzip file claims, modulo 2^32 (RFC 1952: ISIZE, its last four bytes).
    func claimedLength(gzip path: String) throws -> UInt32? {
        let file = try files.open(path, O_RDONLY, mode: 0)
        defer { files.close(file) }
        let size = try files.status(file).size
        guard size >= 18 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 4)
        guard try files.read(file, into: &bytes, at: size - 4) == 4 else { return nil }
        return UInt32(bytes[0]) | UInt32(bytes[1]) << 8 | UInt32(bytes[2]) << 16 | UInt32(bytes[3]) << 24
    }

    /// When the first record of a file was made, by its own time; nil when that cannot be told.
    func firstTime(_ file: Int32) throws -> Timestamp? {
        var head = [UInt8](repeating: 0, count: 64 * 1024)
        let count = try files.read(file, into: &head, at: 0)
        let line = head[..<count].prefix { $0 != 0x0A }
        // A quote inside a JSON string is escaped, so this can be nothing but the member itself.
        let member = Array((kind == .articles ? "\"received\":\"" : "\"time\":\"").utf8)
        guard let start = line.firstRange(of: member)?.upperBound else { return nil }
        let text = String(decoding: line[start...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
        return PublicationDate(text: text)?.timestamp
    }
}
