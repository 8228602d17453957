import CWirewatchZlib

/// Reads a gzip stream (RFC 1952, also of several members) piece by piece, or line by line.
///
/// Used from one thread at a time. Memory stays bounded whatever the stream claims: a piece is at most 256 KiB.
public final class GunzipReader {
    /// Fills the buffer from its start with the next bytes of the compressed stream; returns how many, 0 at the end.
    public typealias Input = (_ buffer: inout [UInt8]) throws -> Int

    // As in GzipStream: zlib checks the address of its stream, so it stays in one place; no pointer leaves this type.
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: Input
    private var compressed = [UInt8](repeating: 0, count: 64 * 1024)
    private var filled = 0
    private var taken = 0
    private var chunk = [UInt8](repeating: 0, count: 256 * 1024)
    private var isInsideMember = false
    private var inputEnded = false
    private var pending: [UInt8] = []
    private var pendingStart = 0

    public init(_ input: @escaping Input) throws {
        self.input = input
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw CompressionError("gunzip cannot start: zlib code \(code)") }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Replaces `output` with the next piece; false at the end. Throws on damaged or cut off data, after what could
    /// be read has been handed out.
    public func read(into output: inout [UInt8]) throws -> Bool {
        output.removeAll(keepingCapacity: true)
        while output.isEmpty {
            if taken == filled, !inputEnded {
                taken = 0
                filled = try input(&compressed)
                inputEnded = filled == 0
            }
            if inputEnded, taken == filled {
                if isInsideMember { throw CompressionError("the gzip data is cut off") }
                return false
            }
            isInsideMember = true
            let code = step(&output)
            switch code {
            case Z_OK, Z_BUF_ERROR: continue
            case Z_STREAM_END:
                isInsideMember = false
                inflateReset(stream)
            default:
                // What came before the damage is handed out first; the next call comes here again.
                if output.isEmpty { throw CompressionError("the gzip data is damaged (zlib code \(code))") }
            }
        }
        return true
    }

    /// The next line without its newline; a last line without a newline counts; nil at the end.
    public func nextLine() throws -> [UInt8]? {
        var scanned = pendingStart
        var piece: [UInt8] = []
        while true {
            if let end = pending[scanned...].firstIndex(of: 0x0A) {
                defer { pendingStart = end + 1 }
                return Array(pending[pendingStart..<end])
            }
            pending.removeFirst(pendingStart)
            pendingStart = 0
            scanned = pending.count
            guard try read(into: &piece) else {
                defer { pending = [] }
                return pending.isEmpty ? nil : pending
            }
            pending.append(contentsOf: piece)
        }
    }

    private func step(_ output: inout [UInt8]) -> Int32 {
        var code = Z_OK
        let from = taken
        let (used, made) = compressed.withUnsafeMutableBufferPointer { source in
            chunk.withUnsafeMutableBufferPointer { room in
                // Both buffers hold at least one byte, so they have a base address.
                stream.pointee.next_in = source.baseAddress! + from
                stream.pointee.avail_in = UInt32(filled - from)
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = UInt32(room.count)
                code = inflate(stream, Z_NO_FLUSH)
                return (filled - from - Int(stream.pointee.avail_in), room.count - Int(stream.pointee.avail_out))
            }
        }
        taken += used
        output.append(contentsOf: chunk[..<made])
        return code
    }
}
