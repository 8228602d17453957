import WirewatchCompression
import WirewatchKit

/// Where a log stood at a checkpoint, as the state keeps it: one line of text with a checksum.
struct LogPosition: Equatable {
    /// The number of the last record; 0 before the first.
    var seq = 0
    /// The live file then, to find it again should somebody rename it.
    var file = FileIdentity(device: 0, inode: 0)
    /// Where the last record began and ended in that file; both -1 when it held none. Hints: they are verified.
    var start = -1
    var end = -1
    /// When the live file's first record was written, in milliseconds; -1 while it is empty.
    var began: Int64 = -1
    /// The greatest sequence number given to an archive.
    var archive = 0
    /// How many chunks of adopted ids there are, and how many ids in them.
    var chunks = 1
    var adopted = 0

    static let key = "position"

    var encoded: [UInt8] {
        let text =
            "v1 seq=\(seq) dev=\(file.device) ino=\(file.inode) start=\(start) end=\(end) began=\(began)"
            + " archive=\(archive) chunks=\(chunks) adopted=\(adopted) crc="
        let sum = String(Checksum.crc32(Array(text.utf8).span.bytes), radix: 16)
        return Array((text + String(repeating: "0", count: 8 - sum.utf8.count) + sum).utf8)
    }

    init() {}

    /// Reads what ``encoded`` writes; nil when anything is amiss.
    init?(_ bytes: [UInt8]) {
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        func number<Number: FixedWidthInteger>(_ at: Int, _ name: String) -> Number? {
            guard words[at].hasPrefix(name + "=") else { return nil }
            return Number(words[at].dropFirst(name.utf8.count + 1))
        }
        guard words.count == 11, words[0] == "v1", let seq: Int = number(1, "seq"),
            let device: UInt64 = number(2, "dev"),
            let inode: UInt64 = number(3, "ino"), let start: Int = number(4, "start"), let end: Int = number(5, "end"),
            let began: Int64 = number(6, "began"), let archive: Int = number(7, "archive"),
            let chunks: Int = number(8, "chunks"), let adopted: Int = number(9, "adopted")
        else { return nil }
        self.seq = seq
        file = FileIdentity(device: device, inode: inode)
        (self.start, self.end, self.began) = (start, end, began)
        (self.archive, self.chunks, self.adopted) = (archive, chunks, adopted)
        // The same fields give the same bytes, the checksum among them.
        guard seq >= 0, archive >= 0, encoded == bytes else { return nil }
    }
}
