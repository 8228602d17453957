import Glibc
import WirewatchKit

/// The open live file: appends whole records or nothing, and knows what of it is durable.
///
/// One owner; the descriptor is closed when it goes.
final class LiveFile {
    let identity: FileIdentity
    let isRegular: Bool
    /// Where the file ends, as far as we know.
    private(set) var size: Int
    /// Where the last record of ours began and ended; -1 while there is none.
    private(set) var lastStart = -1
    private(set) var lastEnd = -1
    /// The file is durable up to here.
    private(set) var syncedSize: Int
    /// When the first record was written; nil while there is none.
    var began: Timestamp?

    private let files: any FileSystem
    private let descriptor: Int32
    /// A failed write left bytes behind that could not be cut off yet: the file must end here.
    private var mustEndAt: Int?

    /// What happened to the file behind our back.
    enum Surprise { case shrunk(from: Int, to: Int), grown(by: Int) }

    /// Takes over a descriptor that was opened for appending.
    init(_ descriptor: Int32, files: any FileSystem) throws(SystemCallError) {
        self.files = files
        self.descriptor = descriptor
        let status: FileStatus
        do {
            status = try files.status(descriptor)
        } catch {
            files.close(descriptor)
            throw error
        }
        identity = status.identity
        isRegular = status.isRegular
        size = status.size
        syncedSize = status.size
    }

    deinit { files.close(descriptor) }

    var isDirty: Bool { syncedSize != size }

    /// Sets where the last record stands, after the file was read.
    func noteLastRecord(start: Int, end: Int) { (lastStart, lastEnd) = (start, end) }

    /// Cuts the file off.
    func truncate(to end: Int) throws(SystemCallError) {
        try files.truncate(descriptor, to: end)
        size = end
        syncedSize = min(syncedSize, end)
    }

    /// Finishes what a failed write left undone.
    func repair() throws(SystemCallError) {
        guard let end = mustEndAt else { return }
        try truncate(to: end)
        mustEndAt = nil
    }

    /// Takes note of the file's actual size.
    func observe(size actual: Int) -> Surprise? {
        guard actual != size, mustEndAt == nil else { return nil }
        defer {
            size = actual
            syncedSize = min(syncedSize, actual)
        }
        return actual < size ? .shrunk(from: size, to: actual) : .grown(by: actual - size)
    }

    /// Appends all of the bytes, or none. `lastRecord` is where the last record begins in them.
    func append(_ bytes: borrowing RawSpan, lastRecord: Int) throws(SystemCallError) -> Surprise? {
        try repair()
        let surprise = observe(size: try files.status(descriptor).size)
        let start = size
        do {
            // After somebody else's unfinished line, ours begins on a new one.
            if surprise != nil, try !endsWithNewline() { size += try files.write(descriptor, [0x0A].span.bytes) }
            let base = size
            var done = 0
            while done < bytes.byteCount {
                done += try files.write(descriptor, bytes.extracting(done..<bytes.byteCount))
            }
            size = base + done
            lastStart = base + lastRecord
            lastEnd = size
        } catch {
            size = start
            mustEndAt = start
            // When this fails too, the next write tries again first: nothing is ever appended to a torn record.
            try? repair()
            throw error
        }
        return surprise
    }

    /// Makes the file durable. After a failure the kernel may have dropped what it could not write, and would report
    /// success next time: the file must not be synced through this descriptor again.
    func sync() throws(SystemCallError) {
        let end = size
        try files.sync(descriptor)
        syncedSize = end
    }

    /// Vouches that the file is as durable as it has to be.
    func noteSynced() { syncedSize = size }

    /// The bytes that are not durable yet.
    func unsyncedBytes() throws(SystemCallError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        while syncedSize + bytes.count < size {
            let count = try files.read(descriptor, into: &buffer, at: syncedSize + bytes.count)
            if count == 0 { break }
            bytes.append(contentsOf: buffer[..<min(count, size - syncedSize - bytes.count)])
        }
        return bytes
    }

    func endsWithNewline() throws(SystemCallError) -> Bool {
        guard size > 0 else { return true }
        var last: [UInt8] = [0]
        return try files.read(descriptor, into: &last, at: size - 1) == 1 && last[0] == 0x0A
    }

    /// Lets a reader look at the file.
    func read<Result>(_ body: (Int32) throws -> Result) rethrows -> Result { try body(descriptor) }
}
