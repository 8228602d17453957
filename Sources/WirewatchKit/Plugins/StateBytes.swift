/// Numbers and texts one after the other, as a component may keep them in its state; ``StateReading`` reads them.
public struct StateWriter {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func append(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    public mutating func append(_ number: UInt64) { append(Int64(bitPattern: number)) }
    public mutating func append(_ number: Double) { append(number.bitPattern) }

    /// With their number before them, as for a text.
    public mutating func append(_ more: [UInt8]) {
        append(Int64(more.count))
        bytes.append(contentsOf: more)
    }

    public mutating func append(_ text: String) {
        append(Int64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }
}

/// Reads what ``StateWriter`` wrote. A state that is shorter or other than expected gives nil, never a trap.
public struct StateReading {
    private let all: [UInt8]
    private var at = 0

    public init(_ bytes: [UInt8]) { all = bytes }

    /// Nil, here and below, when the bytes end.
    public mutating func integer() -> Int64? {
        guard all.count - at >= 8 else { return nil }
        var number: UInt64 = 0
        for index in 0..<8 { number |= UInt64(all[at + index]) << UInt64(index * 8) }
        at += 8
        return Int64(bitPattern: number)
    }

    public mutating func hash() -> UInt64? { integer().map { UInt64(bitPattern: $0) } }
    public mutating func number() -> Double? { hash().map { Double(bitPattern: $0) } }

    public mutating func text() -> String? { bytes().map { String(decoding: $0, as: UTF8.self) } }

    public mutating func bytes() -> [UInt8]? {
        guard let count = integer(), count >= 0, count <= all.count - at else { return nil }
        let end = at + Int(count)
        defer { at = end }
        return Array(all[at..<end])
    }

    /// How many pieces of that many bytes are left.
    public func left(_ size: Int) -> Int { (all.count - at) / size }
}
