/// The links of a `Link` header field (RFC 8288).
enum LinkField {
    /// Reads one field's value; what is no link is passed over.
    static func links(_ value: String) -> [PageLinks.Link] {
        let bytes = Array(value.utf8)
        var links: [PageLinks.Link] = []
        var at = 0
        while at < bytes.count, links.count < FeedDiscovery.limit {
            guard let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")),
                let close = bytes[open...].firstIndex(of: UInt8(ascii: ">"))
            else { break }
            var link = PageLinks.Link(href: String(decoding: bytes[(open + 1)..<close], as: UTF8.self))
            var hasOtherContext = false
            at = close + 1
            while let (name, value) = parameter(bytes, &at) {
                switch name {
                // Of two the first counts (RFC 8288, 3.3).
                case "rel": if link.rel.isEmpty { link.rel = value }
                case "type": link.type = link.type ?? value
                case "title": link.title = link.title ?? value
                case "title*": link.title = extended(value) ?? link.title
                case "hreflang": link.language = link.language ?? value
                // The link is then another resource's.
                case "anchor": hasOtherContext = true
                default: break
                }
            }
            if !hasOtherContext { links.append(link) }
        }
        return links
    }

    /// The next `; name=value`, the name in lower case; nil at the end of a link, with `at` behind its comma.
    private static func parameter(_ bytes: [UInt8], _ at: inout Int) -> (name: String, value: String)? {
        func skipSpace() { while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 } }
        while at < bytes.count, bytes[at] != UInt8(ascii: ";") {
            if bytes[at] == UInt8(ascii: ",") {
                at += 1
                return nil
            }
            at += 1
        }
        guard at < bytes.count else { return nil }
        at += 1
        skipSpace()
        let start = at
        while at < bytes.count, !";,= \t".utf8.contains(bytes[at]) { at += 1 }
        let name = String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { return (name, "") }
        at += 1
        skipSpace()
        var value: [UInt8] = []
        if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
            at += 1
            while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
                if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
                value.append(bytes[at])
                at += 1
            }
            at = min(at + 1, bytes.count)
        } else {
            while at < bytes.count, bytes[at] != UInt8(ascii: ";"), bytes[at] != UInt8(ascii: ",") {
                value.append(bytes[at])
                at += 1
            }
        }
        return (name, String(decoding: value, as: UTF8.self))
    }

    /// `UTF-8'en'%e2%82%ac` (RFC 8187); nil in another charset.
    private static func extended(_ value: String) -> String? {
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
        let bytes = Array(parts[2].utf8)
        var decoded: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count,
                let byte = UInt8(String(decoding: bytes[(at + 1)...(at + 2)], as: UTF8.self), radix: 16)
            {
                decoded.append(byte)
                at += 3
            } else {
                decoded.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
