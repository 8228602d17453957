import Glibc

/// Reads a stream line by line, of whatever length up to a limit.
struct LineInput {
    /// A longer line ends the reading: 256 MiB.
    static let maximumLine = 256 << 20

    private let descriptor: Int32
    private var pending: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next line without its line feed; a last line needs none. Nil at the end.
    ///
    /// - Throws: ``Failure`` with code 74 when the stream cannot be read, 65 when a line is too long.
    mutating func next() throws -> [UInt8]? {
        var scanned = start
        while true {
            if let end = pending[scanned...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                return Array(pending[start..<end])
            }
            pending.removeFirst(start)
            start = 0
            scanned = pending.count
            if isAtEnd {
                defer { pending = [] }
                return pending.isEmpty ? nil : pending
            }
            guard pending.count <= Self.maximumLine else {
                throw Failure(.dataError, "a line is longer than \(Self.maximumLine >> 20) MiB")
            }
            try fill()
        }
    }

    /// All that is left.
    mutating func rest() throws -> [UInt8] {
        while !isAtEnd {
            guard pending.count <= Self.maximumLine else {
                throw Failure(.dataError, "the input is larger than \(Self.maximumLine >> 20) MiB")
            }
            try fill()
        }
        defer { pending = [] }
        return Array(pending[start...])
    }

    private mutating func fill() throws {
        let block = 256 * 1024
        var chunk = [UInt8](repeating: 0, count: block)
        while true {
            let count = read(descriptor, &chunk, block)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(.ioError, "cannot read the input: \(errorText(errno))") }
            isAtEnd = count == 0
            pending.append(contentsOf: chunk[..<count])
            return
        }
    }
}
