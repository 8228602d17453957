/// The header fields of a reply, in the order in which they came, repeated ones kept.
///
/// The bytes are kept as received in one array; bytes that are no UTF-8 are replaced when read.
public struct HTTPHeaders: Sendable {
    private var bytes: [UInt8] = []
    private var fields: [Field] = []

    private struct Field {
        var name: Range<Int>
        var value: Range<Int>
    }

    public init() {}

    public init(_ fields: [(name: String, value: String)]) {
        for (name, value) in fields { append("\(name):\(value)".utf8) }
    }

    /// Reads the lines of a header block, however they end.
    public init(block: [UInt8]) {
        for line in block.split(separator: 0x0A) { append(line) }
    }

    /// The value of the first field of that name, whatever its case, without white space around it.
    public subscript(name: String) -> String? {
        for field in fields where isNamed(field, name) { return text(field.value) }
        return nil
    }

    /// The values of all fields of that name.
    public func all(_ name: String) -> [String] { fields.filter { isNamed($0, name) }.map { text($0.value) } }

    /// All fields, names as the server wrote them.
    public var list: [(name: String, value: String)] { fields.map { (text($0.name), text($0.value)) } }

    public var isEmpty: Bool { fields.isEmpty }

    /// Takes one line of a header block. A line that is no field is left out, a folded line continues the one before
    /// (RFC 9112, 5.2).
    mutating func append(_ line: some Collection<UInt8>) {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        if bytes.isEmpty {
            // A reply's most often, in one piece.
            bytes.reserveCapacity(512)
            fields.reserveCapacity(16)
        }
        let start = bytes.count
        bytes.append(contentsOf: line)
        var end = bytes.count
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        if start < end, isSpace(bytes[start]) {
            // The folded line follows the value in memory; what was cut off between them becomes spaces.
            guard let last = fields.last else {
                bytes.removeLast(bytes.count - start)
                return
            }
            for place in last.value.upperBound..<start { bytes[place] = 0x20 }
            fields[fields.count - 1].value = last.value.lowerBound..<end
            return
        }
        var colon = start
        while colon < end, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
        // Names are visible ASCII (RFC 9110, 5.1); white space before the colon is forgiven.
        var nameEnd = colon
        while nameEnd > start, isSpace(bytes[nameEnd - 1]) { nameEnd -= 1 }
        guard colon < end, nameEnd > start, bytes[start..<nameEnd].allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            bytes.removeLast(bytes.count - start)
            return
        }
        var value = colon + 1
        while value < end, isSpace(bytes[value]) { value += 1 }
        fields.append(Field(name: start..<nameEnd, value: value..<max(value, end)))
    }

    private func isNamed(_ field: Field, _ name: String) -> Bool {
        guard field.name.count == name.utf8.count else { return false }
        for (place, byte) in zip(field.name, name.utf8) where !equalIgnoringCase(bytes[place], byte) { return false }
        return true
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// Whether two names of fields are the same: ASCII, whatever the case.
func isSame(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && zip(a.utf8, b.utf8).allSatisfy(equalIgnoringCase)
}

/// Whether two ASCII bytes are the same but for the case of letters.
func equalIgnoringCase(_ a: UInt8, _ b: UInt8) -> Bool { lowercased(a) == lowercased(b) }

func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
