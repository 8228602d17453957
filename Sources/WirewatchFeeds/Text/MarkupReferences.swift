import WirewatchMarkup

/// The references (links, pictures) in a piece of HTML.
enum MarkupReferences {
    /// The attributes that hold one URL each.
    private static let names: [[UInt8]] = [
        "href", "src", "cite", "action", "data", "poster", "longdesc", "background", "usemap", "codebase", "classid",
        "profile",
    ].map { Array($0.utf8) }

    /// The HTML with its relative references made absolute; nil when none is relative.
    static func resolved(_ html: [UInt8], base: String) -> [UInt8]? {
        guard mayHoldRelative(html) else { return nil }
        var out: [UInt8] = []
        var done = 0
        var attributes = Attributes(html)
        while let attribute = attributes.next() {
            guard let absolute = absolute(html, attribute.name, attribute.value, base: base) else { continue }
            out.append(contentsOf: html[done..<attribute.value.lowerBound])
            out.append(contentsOf: absolute.utf8)
            done = attribute.value.upperBound
        }
        guard done > 0 else { return nil }
        out.append(contentsOf: html[done...])
        return out
    }

    /// Whether an equals sign stands between a name of those above and what may begin a relative reference. A look at each
    /// equals sign, of which text has few, spares most HTML the walk through its tags.
    private static func mayHoldRelative(_ html: [UInt8]) -> Bool {
        var at = 0
        while let equals = ByteSearch.first(UInt8(ascii: "="), in: html, at..<html.count) {
            at = equals &+ 1
            var start = at
            while start < html.count, html[start] <= 0x20 { start &+= 1 }
            if start < html.count, html[start] == UInt8(ascii: "\"") || html[start] == UInt8(ascii: "'") { start &+= 1 }
            // What ends a value is no part of a scheme, so that the end of the text does for its end.
            guard isRelative(html, start..<html.count) else { continue }
            var end = equals
            while end > 0, html[end &- 1] <= 0x20 { end &-= 1 }
            if names.contains(where: { end >= $0.count && isName(html, end &- $0.count..<end, $0) }) { return true }
        }
        return false
    }

    /// What the value of an attribute becomes, when it is a relative reference that `base` changes; otherwise nil.
    static func absolute(_ bytes: [UInt8], _ name: Range<Int>, _ value: Range<Int>, base: String?) -> String? {
        guard let base, isReference(bytes, name), isRelative(bytes, value) else { return nil }
        let written = String(decoding: bytes[value], as: UTF8.self)
        let absolute = URLReference.resolve(written, base: base)
        return absolute == written ? nil : absolute
    }

    private static func isReference(_ bytes: [UInt8], _ name: Range<Int>) -> Bool {
        guard name.count >= 3, name.count <= 10 else { return false }
        return names.contains { isName(bytes, name, $0) }
    }

    private static func isName(_ bytes: [UInt8], _ range: Range<Int>, _ name: [UInt8]) -> Bool {
        guard range.count == name.count else { return false }
        var index = 0
        for place in range {
            if bytes[place] | 0x20 != name[index] { return false }
            index &+= 1
        }
        return true
    }

    /// The source of the first picture.
    static func firstImage(in bytes: [UInt8]) -> String? {
        var attributes = Attributes(bytes)
        let source = Array("src".utf8)
        while let attribute = attributes.next() {
            guard attributes.isTag("img"), attributes.isName(attribute.name, source), !attribute.value.isEmpty else {
                continue
            }
            let url = PlainText.decoded(String(decoding: bytes[attribute.value], as: UTF8.self))
            if !url.hasPrefix("data:") { return url }
        }
        return nil
    }

    /// Whether a reference has no scheme; white space before it counts for nothing.
    private static func isRelative(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        var at = range.lowerBound
        while at < range.upperBound, bytes[at] <= 0x20 { at &+= 1 }
        guard at < range.upperBound else { return false }
        let start = at
        while at < range.upperBound {
            let byte = bytes[at]
            if byte == UInt8(ascii: ":") { return at == start }
            let isName =
                (byte | 0x20) &- 0x61 < 26
                || (at > start && (byte &- 0x30 < 10 || byte == 0x2B || byte == 0x2D || byte == 0x2E))
            if !isName { return true }
            at &+= 1
        }
        return true
    }

    /// Walks the attributes of all start tags in one pass.
    private struct Attributes {
        let bytes: [UInt8]
        private var at = 0
        private var isInside = false
        private var tag = 0..<0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func next() -> (name: Range<Int>, value: Range<Int>)? {
            while true {
                if isInside {
                    if let found = attribute() { return found }
                    isInside = false
                } else {
                    guard enter() else { return nil }
                }
            }
        }

        func isTag(_ name: String) -> Bool { isName(tag, Array(name.utf8)) }

        func isName(_ range: Range<Int>, _ name: [UInt8]) -> Bool { MarkupReferences.isName(bytes, range, name) }

        /// Moves behind the name of the next start tag.
        private mutating func enter() -> Bool {
            while let found = ByteSearch.first(UInt8(ascii: "<"), in: bytes, at..<bytes.count) {
                at = found
                if at &+ 1 < bytes.count, (bytes[at &+ 1] | 0x20) &- 0x61 < 26 {
                    let start = at &+ 1
                    at = start
                    while at < bytes.count, bytes[at] > 0x20, bytes[at] != UInt8(ascii: ">"),
                        bytes[at] != UInt8(ascii: "/")
                    {
                        at &+= 1
                    }
                    tag = start..<at
                    // Most tags have no attributes.
                    if at < bytes.count, bytes[at] == UInt8(ascii: ">") { continue }
                    isInside = true
                    return true
                }
                at &+= 1
            }
            return false
        }

        private mutating func attribute() -> (name: Range<Int>, value: Range<Int>)? {
            while at < bytes.count {
                while at < bytes.count, bytes[at] <= 0x20 || bytes[at] == UInt8(ascii: "/") { at &+= 1 }
                guard at < bytes.count, bytes[at] != UInt8(ascii: ">") else { return nil }
                let start = at
                at &+= 1
                while at < bytes.count, bytes[at] > 0x20, bytes[at] != UInt8(ascii: "="),
                    bytes[at] != UInt8(ascii: ">"),
                    bytes[at] != UInt8(ascii: "/")
                {
                    at &+= 1
                }
                let name = start..<at
                var mark = at
                while mark < bytes.count, bytes[mark] <= 0x20 { mark &+= 1 }
                guard mark < bytes.count, bytes[mark] == UInt8(ascii: "=") else { continue }
                mark &+= 1
                while mark < bytes.count, bytes[mark] <= 0x20 { mark &+= 1 }
                guard mark < bytes.count else {
                    at = mark
                    return nil
                }
                let quote = bytes[mark]
                at = mark
                if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                    at &+= 1
                    let value = at
                    while at < bytes.count, bytes[at] != quote { at &+= 1 }
                    let range = value..<at
                    at = min(at &+ 1, bytes.count)
                    return (name, range)
                }
                while at < bytes.count, bytes[at] > 0x20, bytes[at] != UInt8(ascii: ">") { at &+= 1 }
                return (name, mark..<at)
            }
            return nil
        }
    }
}
