internal import Glibc

/// The grammar of ``HTTPURL``: RFC 3986, with the leniency of browsers (WHATWG URL) for what people paste.
enum URLParser {
    /// Longer than any URL in use; servers commonly stop at 8 KiB.
    static let maxBytes = 16 << 10

    static func absolute(_ text: String) throws(HTTPError) -> HTTPURL {
        if let url = usual(text) { return url }
        return try any(text)
    }

    static func any(_ text: String) throws(HTTPError) -> HTTPURL {
        let bytes = try clean(text)
        guard let colon = schemeEnd(bytes) else {
            throw bad(text, "has no scheme", "write it in full: https://\(text.prefix(60))")
        }
        let name = String(decoding: bytes[..<colon].map(lowercased), as: UTF8.self)
        guard let scheme = HTTPURL.Scheme(rawValue: name) else {
            throw bad(text, "has the scheme \(name)", "only http and https are fetched")
        }
        guard bytes.count > colon + 2, isSlash(bytes[colon + 1]), isSlash(bytes[colon + 2]) else {
            throw bad(text, "has no host", "write \(name)://host/path")
        }
        return try afterSlashes(bytes[(colon + 3)...], scheme: scheme, text: text)
    }

    static func resolve(_ reference: String, base: HTTPURL) throws(HTTPError) -> HTTPURL {
        let bytes = try clean(reference)
        if let colon = schemeEnd(bytes) {
            // `http:path` was a relative form once; browsers still read it so when the scheme is the base's.
            let name = bytes[..<colon].map(lowercased)
            let isRelative =
                name.elementsEqual(base.scheme.rawValue.utf8) && !(bytes.count > colon + 1 && isSlash(bytes[colon + 1]))
            if !isRelative { return try absolute(reference) }
            return try relative(bytes[(colon + 1)...], base: base, text: reference)
        }
        return try relative(bytes[...], base: base, text: reference)
    }

    // MARK: Parts

    private static func relative(_ bytes: ArraySlice<UInt8>, base: HTTPURL, text: String) throws(HTTPError) -> HTTPURL {
        var url = base
        url.fragment = nil
        let at = bytes.startIndex
        guard let first = bytes.first else { return url }
        if isSlash(first), bytes.count > 1, isSlash(bytes[at + 1]) {
            return try afterSlashes(bytes[(at + 2)...], scheme: base.scheme, text: text)
        }
        if first == UInt8(ascii: "#") {
            url.fragment = encoded(bytes.dropFirst(), query: true)
            return url
        }
        var path: [UInt8] = []
        if first == UInt8(ascii: "?") {
            path = Array(base.path.utf8)
        } else if !isSlash(first) {
            path = Array(base.path.utf8)
            while let last = path.last, last != UInt8(ascii: "/") { path.removeLast() }
        }
        setTarget(of: &url, prefix: path, bytes)
        return url
    }

    private static func afterSlashes(
        _ bytes: ArraySlice<UInt8>, scheme: HTTPURL.Scheme, text: String
    ) throws(HTTPError) -> HTTPURL {
        let end = bytes.firstIndex { isSlash($0) || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
        var authority = bytes[..<(end ?? bytes.endIndex)]
        var url = HTTPURL(scheme: scheme)
        if let mark = authority.lastIndex(of: UInt8(ascii: "@")) {
            let parts = authority[..<mark].split(
                separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            url.setCredentials(user: parts.first.map(decoded), password: parts.count > 1 ? decoded(parts[1]) : nil)
            authority = authority[(mark + 1)...]
        }
        var portDigits: ArraySlice<UInt8> = []
        if authority.first == UInt8(ascii: "[") {
            guard let close = authority.firstIndex(of: UInt8(ascii: "]")),
                let address = IPAddress(
                    text: String(decoding: authority[(authority.startIndex + 1)..<close], as: UTF8.self)),
                address.isIPv6
            else { throw bad(text, "has brackets round what is no IPv6 address", "write http://[2001:db8::1]/") }
            url.host = "[\(address.text)]"
            let rest = authority[(close + 1)...]
            guard rest.isEmpty || rest.first == UInt8(ascii: ":") else {
                throw bad(text, "has text after the address's bracket", "only :port may stand there")
            }
            portDigits = rest.dropFirst()
        } else {
            let colon = authority.firstIndex(of: UInt8(ascii: ":"))
            url.host = try host(authority[..<(colon ?? authority.endIndex)], text: text)
            if let colon { portDigits = authority[(colon + 1)...] }
        }
        if !portDigits.isEmpty {
            guard portDigits.count <= 5, portDigits.allSatisfy({ $0 &- 0x30 < 10 }),
                case let port = portDigits.reduce(0, { $0 * 10 + Int($1 - 0x30) }), (1...65_535).contains(port)
            else {
                throw bad(text, "has a port that is no number from 1 to 65535", "correct the number after the colon")
            }
            url.setPort(UInt16(port))
        }
        setTarget(of: &url, prefix: [], end.map { bytes[$0...] } ?? [])
        return url
    }

    private static func host(_ bytes: ArraySlice<UInt8>, text: String) throws(HTTPError) -> String {
        let name = bytes.contains(UInt8(ascii: "%")) ? decoded(bytes).utf8.map(lowercased) : bytes.map(lowercased)
        guard !name.isEmpty else { throw bad(text, "has no host", "write https://host/path") }
        // Names outside ASCII are left to the resolver's IDNA; what a host cannot hold is no host (RFC 3986, 3.2.2).
        let isName = name.allSatisfy {
            $0 >= 0x80 || $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
                || $0 == UInt8(ascii: "_")
        }
        guard isName, name.count <= 255, name.first != UInt8(ascii: ".") else {
            throw bad(text, "has a host that is no name or address", "correct the part after //")
        }
        let host = String(decoding: name, as: UTF8.self)
        // 127.1, 0x7f000001 and 2130706433 are addresses too; all get the one usual form.
        let last = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: true).last ?? []
        guard let digit = last.first, digit &- 0x30 < 10,
            last.allSatisfy({ $0 &- 0x30 < 10 }) || last.starts(with: [0x30, UInt8(ascii: "x")])
        else { return host }
        var address = in_addr()
        guard inet_aton(host, &address) == 1 else {
            throw bad(text, "has a host that ends like an IPv4 address but is none", "correct the part after //")
        }
        return IPAddress(address).text
    }

    /// Reads path, query and fragment, the path appended to `prefix`.
    private static func setTarget(of url: inout HTTPURL, prefix: [UInt8], _ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        if let mark = rest.firstIndex(of: UInt8(ascii: "#")) {
            url.fragment = encoded(rest[(mark + 1)...], query: true)
            rest = rest[..<mark]
        }
        url.query = nil
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            url.query = encoded(rest[(mark + 1)...], query: true)
            rest = rest[..<mark]
        }
        if prefix.isEmpty, let first = rest.first, isSlash(first), isPlain(rest, query: false), !mayHoldDots(rest) {
            url.path = String(decoding: rest, as: UTF8.self)
        } else {
            url.path = withoutDots(prefix + Array(encoded(rest, query: false).utf8))
        }
    }

    /// Whether ``encoded(_:query:)`` changes nothing, as in nearly all URLs.
    private static func isPlain(_ bytes: ArraySlice<UInt8>, query: Bool) -> Bool {
        for byte in bytes {
            switch byte {
            case 0...0x20, 0x7F...0xFF, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): return false
            case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "^"),
                UInt8(ascii: "|"):
                if !query { return false }
            default: break
            }
        }
        return true
    }

    /// Whether a segment may begin with a dot, as it is or encoded.
    private static func mayHoldDots(_ path: ArraySlice<UInt8>) -> Bool {
        var last: UInt8 = 0
        for byte in path {
            if last == UInt8(ascii: "/"), byte == UInt8(ascii: ".") || byte == UInt8(ascii: "%") { return true }
            last = byte
        }
        return false
    }

    /// RFC 3986, 5.2.4; `%2e` is a dot too.
    private static func withoutDots(_ path: [UInt8]) -> String {
        var kept: [ArraySlice<UInt8>] = []
        var endsInFolder = true
        let body = path.first == UInt8(ascii: "/") ? path.dropFirst() : path[...]
        for segment in body.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            switch dots(segment) {
            case 1: endsInFolder = true
            case 2:
                if !kept.isEmpty { kept.removeLast() }
                endsInFolder = true
            default:
                kept.append(segment)
                endsInFolder = false
            }
        }
        if endsInFolder { kept.append([]) }
        return "/" + String(decoding: Array(kept.joined(separator: [UInt8(ascii: "/")])), as: UTF8.self)
    }

    /// 1 or 2 for a segment of so many dots, else 0.
    private static func dots(_ segment: ArraySlice<UInt8>) -> Int {
        var count = 0
        var rest = segment
        while let byte = rest.first {
            if byte == UInt8(ascii: ".") {
                rest = rest.dropFirst()
            } else if rest.count >= 3, byte == UInt8(ascii: "%"), rest[rest.startIndex + 1] == UInt8(ascii: "2"),
                rest[rest.startIndex + 2] | 0x20 == UInt8(ascii: "e")
            {
                rest = rest.dropFirst(3)
            } else {
                return 0
            }
            count += 1
            if count > 2 { return 0 }
        }
        return count
    }

    // MARK: Bytes

    /// Without white space round it, nor tabs and line ends in it (WHATWG URL, 4.4).
    private static func clean(_ text: String) throws(HTTPError) -> [UInt8] {
        guard text.utf8.count <= maxBytes else {
            throw bad(String(text.prefix(80)), "is longer than \(maxBytes) bytes", "shorten it")
        }
        var bytes = Array(text.utf8)[...]
        // Tabs and line ends lie below all that most URLs hold.
        if bytes.allSatisfy({ $0 > 0x20 }) { return Array(bytes) }
        bytes.removeAll { $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return Array(bytes)
    }

    private static func schemeEnd(_ bytes: [UInt8]) -> Int? {
        for (place, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: ":") { return place > 0 ? place : nil }
            let isLetter = (byte | 0x20) &- 0x61 < 26
            let isInner =
                byte &- 0x30 < 10 || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            guard isLetter || (place > 0 && isInner) else { return nil }
        }
        return nil
    }

    private static func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }

    /// Percent-encodes what a URL must not hold as it is; what is encoded already stays.
    private static func encoded(_ bytes: ArraySlice<UInt8>, query: Bool) -> String {
        if isPlain(bytes, query: query) { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            switch byte {
            case 0...0x20, 0x7F...0xFF, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"):
                appendEncoded(byte, to: &result)
            case UInt8(ascii: "\\") where !query: result.append(UInt8(ascii: "/"))
            case UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "^"), UInt8(ascii: "|"):
                if query { result.append(byte) } else { appendEncoded(byte, to: &result) }
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func appendEncoded(_ byte: UInt8, to result: inout [UInt8]) {
        let digits: StaticString = "0123456789ABCDEF"
        result.append(UInt8(ascii: "%"))
        result.append(digits.utf8Start[Int(byte >> 4)])
        result.append(digits.utf8Start[Int(byte & 15)])
    }

    /// Percent-decoded; a `%` that begins no code stays.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "%")) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.endIndex, let high = hexDigit(bytes[at + 1]),
                let low = hexDigit(bytes[at + 2])
            {
                result.append(high << 4 | low)
                at += 3
            } else {
                result.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    private static func bad(_ text: String, _ problem: String, _ remedy: String) -> HTTPError {
        // What stands before an @ may be a password.
        let shown = text.utf8.lastIndex(of: UInt8(ascii: "@")).map { "..." + text[$0...] } ?? text
        return HTTPError(.badURL, url: String(shown.prefix(200)), detail: "the URL \(problem)", remedy: remedy)
    }
}
