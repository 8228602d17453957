import WirewatchCompression
import WirewatchDigest
import WirewatchKit

/// The ids of records that the log holds although the engine's state does not know them: it will send them again, and
/// they are skipped then. 16 bytes an id.
///
/// In the state they are cut into chunks by their highest bits, so that taking some out rewrites a few small values.
struct AdoptedRecords {
    private(set) var count = 0
    private var chunks: [[RecordKey]] = [[]]
    private var changed: Set<Int> = []

    /// No more ids than this are kept (64 MiB of them).
    static let limit = 4 << 20
    private static let chunkSize = 256

    var chunkCount: Int { chunks.count }
    var isEmpty: Bool { count == 0 }

    init() {}

    /// - Parameter keys: may repeat.
    init(_ keys: [RecordKey]) {
        while chunks.count * Self.chunkSize < keys.count, chunks.count < 1 << 16 { chunks.append(contentsOf: chunks) }
        for key in keys { chunks[chunk(of: key)].append(key) }
        for at in chunks.indices {
            chunks[at].sort()
            var unique: [RecordKey] = []
            for key in chunks[at] where unique.last != key { unique.append(key) }
            chunks[at] = unique
            count += unique.count
        }
        changed = Set(chunks.indices)
    }

    func contains(_ key: RecordKey) -> Bool {
        let (at, found) = position(of: key)
        return found && at < chunks[chunk(of: key)].count
    }

    mutating func insert(_ key: RecordKey) {
        let (at, found) = position(of: key)
        if found { return }
        let chunk = chunk(of: key)
        chunks[chunk].insert(key, at: at)
        changed.insert(chunk)
        count += 1
    }

    mutating func remove(_ key: RecordKey) {
        let (at, found) = position(of: key)
        guard found else { return }
        let chunk = chunk(of: key)
        chunks[chunk].remove(at: at)
        changed.insert(chunk)
        count -= 1
    }

    var keys: [RecordKey] { chunks.flatMap { $0 } }

    /// Puts what has changed into the state.
    mutating func save(to state: any StateAccess) {
        for at in changed {
            if chunks[at].isEmpty { state.remove(Self.name(at)) } else { state.set(Self.name(at), encode(chunks[at])) }
        }
        changed.removeAll(keepingCapacity: true)
    }

    /// Puts everything into the state, in place of what is there.
    mutating func replace(in state: any StateAccess) throws {
        for (key, _) in try state.entries(prefix: Self.prefix) { state.remove(key) }
        changed = Set(chunks.indices)
        save(to: state)
    }

    /// Reads what ``save(to:)`` wrote; nil when it is not whole.
    init?(_ state: any StateAccess, chunkCount: Int, count: Int) throws {
        guard chunkCount > 0, chunkCount <= 1 << 16, chunkCount.nonzeroBitCount == 1 else { return nil }
        chunks = Array(repeating: [], count: chunkCount)
        for (key, value) in try state.entries(prefix: Self.prefix) {
            guard let at = Int(key.dropFirst(Self.prefix.count), radix: 16), chunks.indices.contains(at),
                let keys = Self.decode(value), keys.allSatisfy({ chunk(of: $0) == at })
            else { return nil }
            chunks[at] = keys
            self.count += keys.count
        }
        if self.count != count { return nil }
    }

    private static let prefix = "adopted/"

    private static func name(_ chunk: Int) -> String {
        let digits = String(chunk, radix: 16)
        return prefix + String(repeating: "0", count: 4 - min(4, digits.utf8.count)) + digits
    }

    /// The chunk count is a power of two.
    private func chunk(of key: RecordKey) -> Int {
        // Ids are digests, so their bits are even; mixed all the same, for ids that are not.
        Int((key.bits.high &* 0x9E37_79B9_7F4A_7C15) >> 32) & (chunks.count - 1)
    }

    private func position(of key: RecordKey) -> (at: Int, found: Bool) {
        let keys = chunks[chunk(of: key)]
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return (low, low < keys.count && keys[low] == key)
    }

    private func encode(_ keys: [RecordKey]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(keys.count * 16 + 4)
        for key in keys {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: key.bits.high >> shift))
            }
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: key.bits.low >> shift))
            }
        }
        let sum = Checksum.crc32(bytes.span.bytes)
        for shift in stride(from: 24, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: sum >> shift)) }
        return bytes
    }

    private static func decode(_ bytes: [UInt8]) -> [RecordKey]? {
        guard bytes.count >= 4, bytes.count % 16 == 4 else { return nil }
        let body = bytes.count - 4
        let sum = bytes[body...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard Checksum.crc32(bytes.span.bytes.extracting(0..<body)) == sum else { return nil }
        var keys: [RecordKey] = []
        for at in stride(from: 0, to: body, by: 16) {
            let high = bytes[at..<at + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let low = bytes[at + 8..<at + 16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let key = RecordKey(Bits128(high: high, low: low))
            if let last = keys.last, last >= key { return nil }
            keys.append(key)
        }
        return keys
    }
}
