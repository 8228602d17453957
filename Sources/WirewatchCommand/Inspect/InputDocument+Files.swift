import Glibc
import WirewatchDigest
import WirewatchFeeds
import WirewatchKit

extension InputDocument {
    /// An input that was read, or why it was not, with its place for messages.
    typealias Read = (place: String, document: Result<InputDocument, any Error>)

    /// What a file holds: one document, or those of a feed or of JSON lines, in their order.
    ///
    /// - Throws: ``Failure`` with code 66 when the file cannot be opened, 74 when it cannot be read.
    static func documents(file path: String) throws -> [Read] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(.noInput, "cannot open \(path): \(errorText(errno))") }
        defer { close(descriptor) }
        var input = LineInput(descriptor: descriptor)
        return documents(try input.rest(), name: path)
    }

    /// The same for standard input, whose content says what it is.
    static func standardInput() throws -> [Read] {
        var input = LineInput(descriptor: STDIN_FILENO)
        return documents(try input.rest(), name: "")
    }

    static func documents(_ bytes: [UInt8], name: String) -> [Read] {
        let place = name.isEmpty ? "standard input" : name
        if DocumentFormat.detect(bytes, name: name) == .jsonLines {
            return LogFile.lines(bytes.last == 0x0A ? bytes : bytes + [0x0A]).enumerated().compactMap { index, line in
                guard line.contains(where: { $0 > 0x20 }) else { return nil }
                return (
                    "\(place):\(index + 1)",
                    Result { try InputDocument(jsonLine: line, number: index + 1) }
                )
            }
        }
        let reader = DocumentReader { SHA256.identifier(of: $0) }
        let reading = reader.read(bytes, name: name, url: nil, received: SystemClock().now())
        let documents: [Read] = reading.documents.enumerated().map { index, document in
            let which = reading.documents.count > 1 ? "\(place) item \(index + 1)" : place
            return (which, .success(InputDocument(document: document, source: "process", id: nil)))
        }
        return documents + reading.rejections.map { (place, .failure(InputError($0.reason))) }
    }
}
