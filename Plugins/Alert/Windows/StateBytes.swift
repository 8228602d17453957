/// Numbers and texts one after the other, as the state keeps them.
struct StateWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ number: UInt64) { append(Int64(bitPattern: number)) }
    mutating func append(_ number: Double) { append(number.bitPattern) }

    mutating func append(_ text: String) {
        append(Int64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }
}

/// Reads what ``StateWriter`` wrote. A state that is shorter or other than expected gives nil, never a trap.
struct StateReading {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func integer() -> Int64? {
        guard bytes.count - at >= 8 else { return nil }
        var number: UInt64 = 0
        for index in 0..<8 { number |= UInt64(bytes[at + index]) << UInt64(index * 8) }
        at += 8
        return Int64(bitPattern: number)
    }

    mutating func hash() -> UInt64? { integer().map { UInt64(bitPattern: $0) } }
    mutating func number() -> Double? { hash().map { Double(bitPattern: $0) } }

    mutating func text() -> String? {
        guard let count = integer(), count >= 0, count <= bytes.count - at else { return nil }
        let end = at + Int(count)
        defer { at = end }
        return String(decoding: bytes[at..<end], as: UTF8.self)
    }

    /// How many pieces of that many bytes are left.
    func left(_ size: Int) -> Int { (bytes.count - at) / size }
}
