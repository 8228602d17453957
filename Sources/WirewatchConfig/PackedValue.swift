import WirewatchKit

/// A value of the configuration in the room of its texts: a fifth of what the tree takes. Places are left out.
///
/// A byte for the kind of a value, then its content; numbers and lengths in groups of seven bits, the lowest first, all but the
/// last with the eighth bit set.
struct PackedValue: Sendable, Hashable {
    private let bytes: [UInt8]

    private enum Kind: UInt8 { case null, bool, integer, number, string, list, map }

    init(_ value: OptionValue) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        Self.pack(value, &bytes)
        // A copy has the room that it needs, and no more. (`Array(_:)` of an array is no copy.)
        self.bytes = [UInt8](unsafeUninitializedCapacity: bytes.count) { room, count in
            count = room.initialize(fromContentsOf: bytes)
        }
    }

    /// The value, all of it at one place.
    func value(at place: SourceLocation) -> OptionValue {
        var rest = bytes[...]
        return Self.unpack(&rest, place)
    }

    // MARK: Packing

    private static func pack(_ value: OptionValue, _ bytes: inout [UInt8]) {
        func begin(_ kind: Kind) { bytes.append(kind.rawValue) }
        switch value.content {
        case .null:
            begin(.null)
            pack(value.scalarText, &bytes)
        case .bool(let truth):
            begin(.bool)
            bytes.append(truth ? 1 : 0)
            pack(value.scalarText, &bytes)
        case .integer(let number):
            begin(.integer)
            pack(UInt64(bitPattern: Int64(number)), &bytes)
            pack(value.scalarText, &bytes)
        case .number(let number):
            begin(.number)
            pack(number.bitPattern, &bytes)
            pack(value.scalarText, &bytes)
        case .string(let text):
            begin(.string)
            pack(text, &bytes)
        case .list(let elements):
            begin(.list)
            pack(UInt64(elements.count), &bytes)
            for element in elements { pack(element, &bytes) }
        case .map(let entries):
            begin(.map)
            pack(UInt64(entries.count), &bytes)
            for entry in entries {
                pack(entry.key, &bytes)
                pack(entry.value, &bytes)
            }
        }
    }

    private static func pack(_ number: UInt64, _ bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func pack(_ text: String, _ bytes: inout [UInt8]) {
        pack(UInt64(text.utf8.count), &bytes)
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    private static func pack(_ text: String?, _ bytes: inout [UInt8]) {
        bytes.append(text == nil ? 0 : 1)
        if let text { pack(text, &bytes) }
    }

    // MARK: Unpacking

    private static func unpack(_ rest: inout ArraySlice<UInt8>, _ place: SourceLocation) -> OptionValue {
        switch Kind(rawValue: rest.removeFirst()) {
        case nil, .null: return OptionValue(.null, at: place, scalarText: optional(&rest))
        case .bool:
            let truth = rest.removeFirst() != 0
            return OptionValue(.bool(truth), at: place, scalarText: optional(&rest))
        case .integer:
            let number = Int(truncatingIfNeeded: number(&rest))
            return OptionValue(.integer(number), at: place, scalarText: optional(&rest))
        case .number:
            let number = Double(bitPattern: number(&rest))
            return OptionValue(.number(number), at: place, scalarText: optional(&rest))
        case .string: return OptionValue(.string(text(&rest)), at: place)
        case .list:
            let count = number(&rest)
            return OptionValue(.list((0..<count).map { _ in unpack(&rest, place) }), at: place)
        case .map:
            let count = number(&rest)
            let entries = (0..<count).map { _ in
                let key = text(&rest)
                return OptionValue.Entry(key: key, keyLocation: place, value: unpack(&rest, place))
            }
            return OptionValue(.map(entries), at: place)
        }
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = rest.removeFirst()
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
    }

    private static func text(_ rest: inout ArraySlice<UInt8>) -> String {
        let count = Int(number(&rest))
        defer { rest = rest.dropFirst(count) }
        return String(decoding: rest.prefix(count), as: UTF8.self)
    }

    private static func optional(_ rest: inout ArraySlice<UInt8>) -> String? {
        rest.removeFirst() == 0 ? nil : text(&rest)
    }
}
