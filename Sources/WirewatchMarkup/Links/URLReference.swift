/// Resolves the references of documents against a base URL (RFC 3986, 5.2), as text and for any scheme.
///
/// What is resolved stays as its author wrote it, which is what records and identities want. Whoever means to fetch it
/// makes an `HTTPURL` of it, which brings it into normal form and refuses what is no http or https URL.
public enum URLReference {
    /// The reference as an absolute URL where that can be told, otherwise as it is. White space around it, and line
    /// ends and tabs inside it, are removed, as browsers do. Time is linear in the lengths of both.
    public static func resolve(_ reference: String, base: String?) -> String {
        if isClean(reference), isWeb(reference) { return reference }
        let text = clean(reference)
        guard let base, !text.isEmpty, scheme(text) == nil else { return text }
        let root = split(clean(base))
        guard let scheme = root.scheme else { return text }
        if text.hasPrefix("//") { return scheme + ":" + text }
        let prefix = scheme + ":" + (root.authority.map { "//" + $0 } ?? "")
        // A base that is no hierarchy (mailto:, tag:, urn:) resolves nothing.
        guard root.authority != nil || root.path.hasPrefix("/") else { return text }
        if text.hasPrefix("#") { return prefix + root.path + root.query + text }
        if text.hasPrefix("?") { return prefix + root.path + text }
        let (path, rest) = cut(text)
        if path.hasPrefix("/") { return prefix + removingDots(path) + rest }
        let folder = root.path.lastIndex(of: "/").map { String(root.path[...$0]) } ?? "/"
        return prefix + removingDots(folder + path) + rest
    }

    /// Whether a reference is an absolute URL of the Web.
    public static func isWeb(_ text: String) -> Bool {
        text.utf8.count > 8 && (begins(text, with: "http://") || begins(text, with: "https://"))
    }

    /// - Parameter prefix: in lower case; its marks are those of lower case too.
    private static func begins(_ text: String, with prefix: StaticString) -> Bool {
        let bytes = text.utf8.span
        guard bytes.count >= prefix.utf8CodeUnitCount else { return false }
        return prefix.withUTF8Buffer { wanted in
            for index in 0..<wanted.count where bytes[index] | 0x20 != wanted[index] | 0x20 { return false }
            return true
        }
    }

    /// Whether there is nothing to remove.
    private static func isClean(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in bytes.allSatisfy { $0 > 0x20 } } ?? false
    }

    /// The lower-case scheme of an absolute URL.
    public static func scheme(_ text: String) -> String? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = text.utf8[..<colon]
        guard let first = name.first, (first | 0x20) &- 0x61 < 26 else { return nil }
        let isName = name.allSatisfy {
            ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
                || $0 == UInt8(ascii: ".")
        }
        return isName ? String(text[..<colon]).lowercased() : nil
    }

    private static func clean(_ text: String) -> String {
        let bytes = text.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        var part = bytes[...]
        while part.first.map({ $0 <= 0x20 }) == true { part.removeFirst() }
        while part.last.map({ $0 <= 0x20 }) == true { part.removeLast() }
        return String(decoding: part, as: UTF8.self)
    }

    /// The parts of an absolute URL: its scheme in lower case, the authority (nil when there is none), the path (`/` when it is
    /// empty behind an authority) and the query with its `?`. Without a scheme all of it is path.
    public static func split(_ url: String) -> (scheme: String?, authority: String?, path: String, query: String) {
        guard let scheme = scheme(url) else { return (nil, nil, url, "") }
        var rest = url.dropFirst(scheme.utf8.count + 1)
        var authority: String?
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
            authority = String(rest[..<end])
            rest = rest[end...]
        }
        let (path, tail) = cut(String(rest))
        let query = tail.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        return (scheme, authority, path.isEmpty && authority != nil ? "/" : path, String(query))
    }

    /// The path, and the query and fragment with their marks.
    private static func cut(_ text: String) -> (path: String, rest: String) {
        let end = text.firstIndex { $0 == "?" || $0 == "#" } ?? text.endIndex
        return (String(text[..<end]), String(text[end...]))
    }

    private static func removingDots(_ path: String) -> String {
        var kept: [Substring] = []
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            switch part {
            case ".": if isLast { kept.append("") }
            case "..":
                if kept.count > 1 { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(part)
            }
        }
        return kept.joined(separator: "/")
    }
}
