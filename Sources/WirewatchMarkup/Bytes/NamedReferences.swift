/// Looks up named character references.
enum NamedReferences {
    struct Reference: Sendable {
        var first: UInt32
        /// 0 for most.
        var second: UInt32
        /// Whether it counts without its semicolon.
        var isLegacy: Bool
    }

    /// Bytes of the longest name, and of the longest one that needs no semicolon.
    static let longest = 32
    static let longestLegacy = 6

    /// The reference of exactly that name, without `&` and `;`.
    static func find(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Reference? {
        let index = Self.index
        var low = 0
        var high = index.entries.count
        while low < high {
            let middle = (low &+ high) / 2
            let entry = index.entries[middle]
            switch compare(bytes, name, index.names.span, Int(entry.start)..<Int(entry.end)) {
            case 0: return entry.reference
            case 1...: low = middle &+ 1
            default: high = middle
            }
        }
        return nil
    }

    private struct Entry {
        var start: UInt32
        var end: UInt32
        var reference: Reference
    }

    private struct Index: Sendable {
        var names: [UInt8] = []
        var entries: [Entry] = []
    }

    /// Made from the table at first use; about 0.1 MB.
    private static let index = makeIndex()

    private static func makeIndex() -> Index {
        var index = Index()
        table.withUTF8Buffer { text in
            var at = 0
            func value() -> UInt32 {
                var value: UInt32 = 0
                while at < text.count, let digit = ASCII.hexadecimal(text[at]) {
                    value = value &* 16 &+ digit
                    at += 1
                }
                return value
            }
            while at < text.count {
                let start = index.names.count
                while at < text.count, text[at] != ASCII.space, text[at] != UInt8(ascii: "*") {
                    index.names.append(text[at])
                    at += 1
                }
                let isLegacy = at < text.count && text[at] == UInt8(ascii: "*")
                at += isLegacy ? 2 : 1
                let first = value()
                var second: UInt32 = 0
                if at < text.count, text[at] == UInt8(ascii: "+") {
                    at += 1
                    second = value()
                }
                at += 1
                index.entries.append(
                    Entry(
                        start: UInt32(start), end: UInt32(index.names.count),
                        reference: Reference(first: first, second: second, isLegacy: isLegacy)))
            }
        }
        return index
    }

    /// Negative, zero or positive as `a` comes before, equals or comes after `b` in byte order.
    private static func compare(
        _ a: Span<UInt8>, _ aRange: Range<Int>, _ b: Span<UInt8>, _ bRange: Range<Int>
    ) -> Int {
        var x = aRange.lowerBound
        var y = bRange.lowerBound
        while x < aRange.upperBound, y < bRange.upperBound {
            if a[x] != b[y] { return a[x] < b[y] ? -1 : 1 }
            x &+= 1
            y &+= 1
        }
        return aRange.count - bRange.count
    }
}
