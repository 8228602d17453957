import CWirewatchZlib

/// Compresses a stream of bytes into one gzip member (RFC 1952).
///
/// Used from one thread at a time. Memory: about 300 KiB, whatever the length of the stream.
public final class GzipStream {
    // zlib keeps the address of its stream and checks it, so the stream stays in one place on the heap. The owner
    // frees it; no pointer leaves this type.
    private let stream: UnsafeMutablePointer<z_stream>
    private var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    private var isFinished = false

    /// - Parameter level: 1 (fast) to 9 (small).
    public init(level: Int = 6) throws(CompressionError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for the gzip header and trailer (zlib.h, deflateInit2).
        let code = deflateInit2_(
            stream, Int32(min(9, max(1, level))), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw CompressionError("gzip cannot start: zlib code \(code)") }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Compresses more bytes, appending to `output` what is ready.
    public func append(_ bytes: borrowing RawSpan, to output: inout [UInt8]) throws(CompressionError) {
        try run(bytes, Z_NO_FLUSH, &output)
    }

    /// Ends the member, appending the rest to `output`; nothing can be added afterwards.
    public func finish(to output: inout [UInt8]) throws(CompressionError) {
        try run(RawSpan(), Z_FINISH, &output)
        isFinished = true
    }

    private func run(_ bytes: borrowing RawSpan, _ flush: Int32, _ output: inout [UInt8]) throws(CompressionError) {
        guard !isFinished else { throw CompressionError("the gzip stream is finished already") }
        var code = Z_OK
        bytes.withUnsafeBytes { input in
            // zlib declares its input mutable for old compilers' sake and never writes to it.
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: input.baseAddress?.assumingMemoryBound(to: Bytef.self))
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                let count = chunk.withUnsafeMutableBufferPointer { room in
                    stream.pointee.next_out = room.baseAddress
                    stream.pointee.avail_out = UInt32(room.count)
                    code = deflate(stream, flush)
                    return room.count - Int(stream.pointee.avail_out)
                }
                output.append(contentsOf: chunk[..<count])
            } while stream.pointee.avail_out == 0 && code == Z_OK
            stream.pointee.next_in = nil
        }
        // Z_BUF_ERROR: nothing to do, which is no error.
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
            throw CompressionError("gzip cannot go on: zlib code \(code)")
        }
    }
}
