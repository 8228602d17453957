/// Writes JSON (RFC 8259) as UTF-8 bytes, members in the order written, without a tree in between.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// Takes out what was written so far and starts anew, keeping nothing.
    public mutating func take() -> [UInt8] {
        defer {
            bytes = []
            needsComma = false
        }
        return bytes
    }

    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Ends the line; the next value begins a new record.
    public mutating func endLine() {
        bytes.append(0x0A)
        needsComma = false
    }

    public mutating func key(_ name: String) {
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A member's name in which nothing is to be escaped, as no name of a record's members is: each record has some thirty.
    mutating func name(_ name: StaticString) {
        name.withUTF8Buffer { put($0, colon: true) }
        needsComma = false
    }

    /// A member whose value is a few bytes of JSON, name and value in one step: most of a record's are null or empty.
    mutating func member(named name: StaticString, word: StaticString) {
        name.withUTF8Buffer { name in word.withUTF8Buffer { put(name, colon: true, $0) } }
        needsComma = true
    }

    public mutating func string(_ text: String) {
        quote(text)
        needsComma = true
    }

    /// A value in which nothing is to be escaped.
    mutating func plain(_ text: UnsafeBufferPointer<UInt8>) {
        put(text)
        needsComma = true
    }

    public mutating func string(_ text: String?) {
        if let text { string(text) } else { null() }
    }

    public mutating func integer(_ value: Int) { literal(String(value)) }
    public mutating func bool(_ value: Bool) { word(value ? "true" : "false") }
    public mutating func null() { word("null") }

    /// Whole numbers below 2^53 without a fraction; a number that JSON cannot hold becomes null.
    public mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        if value == value.rounded(), abs(value) < 9_007_199_254_740_992 {
            literal(String(Int64(value)))
        } else {
            literal(value.description)
        }
    }

    /// A value that is JSON already; the caller vouches for that.
    public mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    public mutating func member(_ name: String, _ text: String?) {
        key(name)
        string(text)
    }

    public mutating func member(_ name: String, _ value: Int) {
        key(name)
        integer(value)
    }

    public mutating func strings(_ name: String, _ texts: [String]) {
        key(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func word(_ text: StaticString) {
        let needsComma = needsComma
        bytes.append(addingCapacity: text.utf8CodeUnitCount &+ 1) { out in
            if needsComma { out.append(UInt8(ascii: ",")) }
            text.withUTF8Buffer { for byte in $0 { out.append(byte) } }
        }
        self.needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    /// Writes a text in quotation marks, with a comma before it where one is due.
    private mutating func quote(_ text: String) {
        let utf8 = text.utf8.span
        utf8.withUnsafeBufferPointer { utf8 in
            let clean = Self.countWithoutEscape(utf8)
            if clean == utf8.count { put(utf8) } else { putEscaped(utf8, clean: clean) }
        }
    }

    /// Writes a text that needs no escape in one step: comma, quotation marks, colon and what follows it.
    private mutating func put(
        _ text: UnsafeBufferPointer<UInt8>, colon: Bool = false,
        _ value: UnsafeBufferPointer<UInt8> = UnsafeBufferPointer(start: nil, count: 0)
    ) {
        let comma = needsComma ? 1 : 0
        bytes.append(addingCapacity: text.count &+ value.count &+ 4) { out in
            // By pointer, for each byte would be checked by itself. Four bytes and the texts are written at most, for which the
            // room was asked.
            out.withUnsafeMutableBufferPointer { room, count in
                precondition(room.count >= text.count &+ value.count &+ 4)
                let room = UnsafeMutableRawBufferPointer(room)
                room[0] = UInt8(ascii: ",")
                room[comma] = UInt8(ascii: "\"")
                var end = comma &+ 1
                UnsafeMutableRawBufferPointer(rebasing: room[end...]).copyMemory(from: UnsafeRawBufferPointer(text))
                end &+= text.count
                room[end] = UInt8(ascii: "\"")
                room[end &+ 1] = UInt8(ascii: ":")
                end &+= colon ? 2 : 1
                UnsafeMutableRawBufferPointer(rebasing: room[end...]).copyMemory(from: UnsafeRawBufferPointer(value))
                count = end &+ value.count
            }
        }
    }

    /// The same of a text whose first `clean` bytes need no escape.
    private mutating func putEscaped(_ utf8: UnsafeBufferPointer<UInt8>, clean: Int) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var run = 0
        var at = clean
        while at < utf8.count {
            if Self.needsEscape(utf8[at]) {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[run..<at]))
                escape(utf8[at])
                run = at &+ 1
            }
            at &+= 1
            at &+= Self.countWithoutEscape(UnsafeBufferPointer(rebasing: utf8[at...]))
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[run...]))
        bytes.append(UInt8(ascii: "\""))
    }

    /// How many bytes stand before the first that needs an escape.
    private static func countWithoutEscape(_ utf8: UnsafeBufferPointer<UInt8>) -> Int {
        var at = 0
        // Eight bytes at once, of which most need nothing; the last eight are some of them looked at twice.
        while at &+ 8 <= utf8.count, !mayNeedEscape(utf8, at) { at &+= 8 }
        if at &+ 8 > utf8.count, utf8.count >= 8, !mayNeedEscape(utf8, utf8.count &- 8) { return utf8.count }
        while at < utf8.count, !needsEscape(utf8[at]) { at &+= 1 }
        return at
    }

    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Whether one of the eight bytes from `at` on needs an escape; they are there (Warren, Hacker's Delight, 6-1).
    @inline(__always)
    private static func mayNeedEscape(_ utf8: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        let word = UnsafeRawBufferPointer(utf8).loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let controls = (word &- ones &* 0x20) & ~word
        let quotes = word ^ (ones &* 0x22)
        let slashes = word ^ (ones &* 0x5C)
        return (controls | ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)) & (ones &* 0x80) != 0
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        default:
            let hex = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: Array("u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]])
        }
    }
}
