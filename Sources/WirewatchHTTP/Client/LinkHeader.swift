/// A link that a reply's header names (RFC 8288): `Link: <https://hub.example/>; rel="hub"`.
public struct LinkHeader: Sendable, Hashable {
    /// As written, perhaps relative.
    public var target: String
    /// In lower case, several if `rel` names several.
    public var relations: [String]

    /// All links of a reply, in their order. What is malformed ends its own field and nothing else.
    public static func links(_ headers: HTTPHeaders) -> [LinkHeader] { headers.all("link").flatMap { parse($0) } }

    /// Reads one field, which may name several links. In linear time.
    public static func parse(_ value: String) -> [LinkHeader] {
        var scanner = Scanner(bytes: Array(value.utf8))
        var links: [LinkHeader] = []
        while let link = scanner.next() { links.append(link) }
        return links
    }

    private struct Scanner {
        let bytes: [UInt8]
        var at = 0

        /// The next link that has a relation; nil at the end or where the field makes no sense.
        mutating func next() -> LinkHeader? {
            while true {
                skip { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") }
                guard take(UInt8(ascii: "<")), let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else {
                    return nil
                }
                let target = text(at..<end)
                at = end + 1
                // Only the first `rel` counts (RFC 8288, 3.3).
                var relations: [String]?
                while let (name, value) = parameter() {
                    guard name == "rel", relations == nil else { continue }
                    relations = value.split(whereSeparator: { $0 == " " || $0 == "\t" }).map { $0.lowercased() }
                }
                if let relations, !relations.isEmpty { return LinkHeader(target: target, relations: relations) }
            }
        }

        /// `; name=value` or `; name="value"`.
        private mutating func parameter() -> (name: String, value: String)? {
            skip { $0 == 0x20 || $0 == 0x09 }
            guard take(UInt8(ascii: ";")) else { return nil }
            skip { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ";") }
            let start = at
            skip { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") && $0 > 0x20 }
            let name = text(start..<at).lowercased()
            skip { $0 == 0x20 || $0 == 0x09 }
            guard take(UInt8(ascii: "=")) else { return (name, "") }
            skip { $0 == 0x20 || $0 == 0x09 }
            guard take(UInt8(ascii: "\"")) else {
                let start = at
                skip { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") && $0 > 0x20 }
                return (name, text(start..<at))
            }
            var value: [UInt8] = []
            while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
                if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
                value.append(bytes[at])
                at += 1
            }
            at = min(at + 1, bytes.count)
            return (name, String(decoding: value, as: UTF8.self))
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard at < bytes.count, bytes[at] == byte else { return false }
            at += 1
            return true
        }

        private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
            while at < bytes.count, isSkipped(bytes[at]) { at += 1 }
        }

        private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    }
}
