extension URLParser {
    /// A URL that is in normal form already, read in one pass: nearly all that people and pages write are. Nil for any other,
    /// wrong ones too.
    static func usual(_ text: String) -> HTTPURL? {
        var text = text
        return text.withUTF8 { usual($0) }
    }

    private static func usual(_ bytes: UnsafeBufferPointer<UInt8>) -> HTTPURL? {
        guard bytes.count <= maxBytes, let scheme = scheme(bytes) else { return nil }
        let start = scheme == .https ? 8 : 7
        guard let end = hostEnd(bytes, from: start) else { return nil }
        var at = end
        guard let port = port(bytes, &at) else { return nil }
        let host = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
        if at == bytes.count { return HTTPURL(scheme: scheme, host: host, port: port) }
        guard bytes[at] == UInt8(ascii: "/"), let mark = queryMark(bytes, from: at) else { return nil }
        let path = String(decoding: UnsafeBufferPointer(rebasing: bytes[at..<mark]), as: UTF8.self)
        if mark == bytes.count { return HTTPURL(scheme: scheme, host: host, port: port, path: path) }
        let query = String(decoding: UnsafeBufferPointer(rebasing: bytes[(mark + 1)...]), as: UTF8.self)
        return HTTPURL(scheme: scheme, host: host, port: port, path: path, query: query)
    }

    /// Of a URL that begins with `http://` or `https://`, in lower case, and goes on.
    private static func scheme(_ bytes: UnsafeBufferPointer<UInt8>) -> HTTPURL.Scheme? {
        guard bytes.count > 8, bytes[0] == UInt8(ascii: "h"), bytes[1] == UInt8(ascii: "t"),
            bytes[2] == UInt8(ascii: "t"), bytes[3] == UInt8(ascii: "p")
        else { return nil }
        let isSecure = bytes[4] == UInt8(ascii: "s")
        let colon = isSecure ? 5 : 4
        guard bytes[colon] == UInt8(ascii: ":"), bytes[colon + 1] == UInt8(ascii: "/"),
            bytes[colon + 2] == UInt8(ascii: "/")
        else { return nil }
        return isSecure ? .https : .http
    }

    /// Where a name in lower case ends, or an IPv4 address of four numbers without leading zeros. Nil for what may be another
    /// form of an address, and for what is no host.
    private static func hostEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var at = start
        var label = start
        var labels = 1
        // Whether all labels so far are numbers of 0 to 255, and the last is.
        var areNumbers = true
        var number = 0
        func isNumber() -> Bool {
            let digits = at - label
            return number >= 0 && digits > 0 && digits <= 3 && number < 256 && (digits == 1 || bytes[label] != 0x30)
        }
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: ".") {
                areNumbers = areNumbers && isNumber()
                (label, number) = (at + 1, 0)
                labels += 1
            } else if byte &- 0x30 < 10 {
                if number >= 0 { number = min(number * 10 + Int(byte &- 0x30), 1000) }
            } else if byte &- 0x61 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") {
                number = -1
            } else {
                break
            }
            at += 1
        }
        // A host that ends with a dot, or begins with one, is looked at more closely.
        guard at > label, bytes[start] != UInt8(ascii: "."), at - start <= 255 else { return nil }
        if bytes[label] &- 0x30 < 10 { guard areNumbers, isNumber(), labels == 4 else { return nil } }
        return at
    }

    /// The number behind a colon; 0 where there is none, nil where it is no port.
    private static func port(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> UInt16? {
        guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { return 0 }
        at += 1
        var number = 0
        var digits = 0
        while at < bytes.count, bytes[at] &- 0x30 < 10, digits < 5 {
            number = number * 10 + Int(bytes[at] &- 0x30)
            digits += 1
            at += 1
        }
        return digits > 0 && number > 0 ? UInt16(exactly: number) : nil
    }

    /// Where the query's `?` stands, or the end; nil where path or query hold anything that normal form may change.
    private static func queryMark(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var mark = bytes.count
        var last: UInt8 = 0
        for at in start..<bytes.count {
            let byte = bytes[at]
            switch byte {
            case 0...0x20, 0x7F...0xFF, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "#"),
                UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "^"),
                UInt8(ascii: "|"):
                return nil
            case UInt8(ascii: "?"): mark = min(mark, at)
            case UInt8(ascii: "."), UInt8(ascii: "%"):
                if last == UInt8(ascii: "/"), mark == bytes.count { return nil }
            default: break
            }
            last = byte
        }
        return mark
    }
}
