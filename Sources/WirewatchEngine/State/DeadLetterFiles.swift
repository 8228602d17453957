import Glibc
import WirewatchKit

/// The folder for documents of dead letters that do not fit into a record.
struct DeadLetterFiles: Sendable {
    let directory: String

    /// Keeps the bytes under the letter's identifier.
    ///
    /// - Returns: what the record says of the document: the file's path, or why there is none.
    func keep(_ bytes: [UInt8], id: String) -> String {
        _ = mkdir(directory, 0o750)
        let path = directory + "/" + id
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard file >= 0 else { return "(\(bytes.count) bytes, not kept: \(String(cString: strerror(errno))))" }
        defer { Glibc.close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return "(\(bytes.count) bytes, not kept: \(String(cString: strerror(errno))))" }
            written += count
        }
        return path
    }
}
