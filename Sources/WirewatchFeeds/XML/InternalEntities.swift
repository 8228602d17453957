import WirewatchMarkup

/// Entities that a document type declares in place: `<!ENTITY name "plain text">`.
///
/// A value counts when it is short and refers to nothing but characters; entities of entities, external ones and
/// parameter entities are left alone, so that nothing can grow beyond ``growth``.
struct InternalEntities {
    private static let maximumCount = 64
    private static let maximumValue = 1024
    /// Bytes that substitution may add to a document.
    private static let growth = 1 << 20

    private var values: [(name: [UInt8], value: [UInt8])] = []

    /// - Parameter subset: the document type's content.
    init(_ bytes: [UInt8], subset: Range<Int>) {
        var at = subset.lowerBound
        let end = subset.upperBound
        func skipSpaces() { while at < end, bytes[at] <= 0x20 { at += 1 } }
        while at < end, values.count < Self.maximumCount {
            guard bytes[at] == UInt8(ascii: "<"), bytes[at..<min(end, at + 8)].elementsEqual("<!ENTITY".utf8) else {
                at += 1
                continue
            }
            at += 8
            skipSpaces()
            let start = at
            while at < end, Self.isNameByte(bytes[at]) { at += 1 }
            let name = Array(bytes[start..<at])
            skipSpaces()
            guard !name.isEmpty, name.count <= 64, at < end,
                bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'")
            else { continue }
            let quote = bytes[at]
            at += 1
            let value = at
            while at < end, bytes[at] != quote { at += 1 }
            if let text = Self.plain(Array(bytes[value..<min(at, end)])), !values.contains(where: { $0.name == name }) {
                values.append((name, text))
            }
        }
    }

    var isEmpty: Bool { values.isEmpty }

    /// The part of a document after its type, with the declared entities replaced outside CDATA sections and comments.
    func substituted(_ bytes: [UInt8], from start: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count - start)
        var budget = Self.growth
        var at = start
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "<"), let close = Self.verbatimEnd(bytes, at) {
                out.append(contentsOf: bytes[at..<close])
                at = close
                continue
            }
            if byte == UInt8(ascii: "&"), let (value, end) = value(bytes, at), value.count <= budget {
                out.append(contentsOf: value)
                budget -= value.count
                at = end
                continue
            }
            out.append(byte)
            at += 1
        }
        return out
    }

    private func value(_ bytes: [UInt8], _ ampersand: Int) -> (value: [UInt8], end: Int)? {
        var end = ampersand + 1
        while end < bytes.count, end - ampersand <= 64, Self.isNameByte(bytes[end]) { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ";") else { return nil }
        let name = bytes[ampersand + 1..<end]
        guard let found = values.first(where: { $0.name.elementsEqual(name) }) else { return nil }
        return (found.value, end + 1)
    }

    /// The value, when it holds no references but to characters; those stay for the reader to decode.
    private static func plain(_ value: [UInt8]) -> [UInt8]? {
        guard value.count <= maximumValue else { return nil }
        for at in value.indices where value[at] == UInt8(ascii: "&") {
            guard at + 1 < value.count, value[at + 1] == UInt8(ascii: "#") else { return nil }
        }
        return value
    }

    private static func verbatimEnd(_ bytes: [UInt8], _ at: Int) -> Int? {
        let isSection = bytes[at...].starts(with: "<![CDATA[".utf8)
        guard isSection || bytes[at...].starts(with: "<!--".utf8) else { return nil }
        let close = Array((isSection ? "]]>" : "-->").utf8)
        var end = at + 4
        while end + 3 <= bytes.count {
            if bytes[end] == close[0], bytes[end + 1] == close[1], bytes[end + 2] == close[2] { return end + 3 }
            end += 1
        }
        return bytes.count
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80 || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
    }
}
