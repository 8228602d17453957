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

/// What a mail server says, of which the last refusal is kept: libcurl itself tells of the last reply alone, the one to QUIT.
final class MailReplies {
    private(set) var refusal: (code: Int, text: String)?

    func take(_ line: UnsafeRawBufferPointer) {
        guard let first = line.first, first == UInt8(ascii: "4") || first == UInt8(ascii: "5"),
            let code = Int(String(decoding: line.prefix(3), as: UTF8.self))
        else { return }
        let text = line.prefix(200).map { $0 < 0x20 ? 0x20 : $0 }
        refusal = (code, String(decoding: text, as: UTF8.self).split(separator: " ").joined(separator: " "))
    }
}

/// libcurl calls this for each line of a reply; `context` is the ``MailReplies`` that the transfer holds.
func receiveReply(
    _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let data, let context else { return 0 }
    Unmanaged<MailReplies>.fromOpaque(context).takeUnretainedValue()
        .take(UnsafeRawBufferPointer(start: data, count: size * count))
    return size * count
}
