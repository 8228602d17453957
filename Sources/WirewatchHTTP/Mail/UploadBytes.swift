/// Bytes that libcurl reads piece by piece, on the thread of the transfer.
final class UploadBytes {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - at)
        bytes[at..<at + count].withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer($0)) }
        at += count
        return count
    }
}

/// libcurl calls this during the transfer; `context` is the ``UploadBytes`` that the transfer holds.
func readUpload(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let context else { return 0 }
    let upload = Unmanaged<UploadBytes>.fromOpaque(context).takeUnretainedValue()
    return upload.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}
