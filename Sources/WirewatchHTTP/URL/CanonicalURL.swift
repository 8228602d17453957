/// The form of a URL by which two of them are known to be one: no fragment, no tracking parameters, normal form.
///
/// Unreserved characters are not percent-encoded and codes are in upper case (RFC 3986, 6.2.2). A URL of another scheme
/// (`mailto:`) is kept as it is. The host of an internationalised name stays as written. Scheme, `www.` and trailing
/// slashes stay too: servers may give them meaning.
public struct CanonicalURL: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    public var description: String { text }

    /// An absolute URL that is in canonical form already, as nearly all are; nil where it takes more than a look to tell.
    public init?(canonical text: String) {
        guard Self.isCanonical(text) else { return nil }
        self.init(asWritten: text)
    }

    /// - Parameters:
    ///   - text: an absolute URL, or a reference if there is a base; nil is returned for what is no URL.
    ///   - ownHosts: hosts of the site and its feed: a `ref`, `source` or `via` that names one of them is tracking.
    ///   - keepsFragment: for pages whose parts are articles of their own. `#!` addresses are always kept.
    public init?(_ text: String, base: HTTPURL? = nil, ownHosts: [String] = [], keepsFragment: Bool = false) {
        // Most are, and reading one costs some forty allocations.
        if Self.isCanonical(text) {
            self.init(asWritten: text)
            return
        }
        do throws(HTTPError) {
            let url = if let base { try base.resolving(text) } else { try HTTPURL(text) }
            self.init(url, ownHosts: ownHosts, keepsFragment: keepsFragment)
        } catch {
            guard Self.hasOtherScheme(text) else { return nil }
            self.init(asWritten: text)
        }
    }

    private init(asWritten text: String) { self.text = text }

    public init(_ url: HTTPURL, ownHosts: [String] = [], keepsFragment: Bool = false) {
        var result = url.origin + Self.normalized(url.path)
        if let query = url.query {
            let kept = query.split(separator: "&", omittingEmptySubsequences: true)
                .filter { !TrackingParameters.contains($0, ownHosts: ownHosts) }
            if !kept.isEmpty { result += "?" + Self.normalized(kept.joined(separator: "&")) }
        }
        if let fragment = url.fragment, keepsFragment || fragment.hasPrefix("!") { result += "#" + fragment }
        text = result
    }

    /// Whether an absolute URL without query and fragment is in canonical form already. False where it takes more than a
    /// look to tell.
    private static func isCanonical(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            guard bytes.count <= URLParser.maxBytes else { return false }
            var at: Int
            if bytes.starts(with: "https://".utf8) {
                at = 8
            } else if bytes.starts(with: "http://".utf8) {
                at = 7
            } else {
                return false
            }
            let host = at
            var label = at
            while at < bytes.count, bytes[at] != UInt8(ascii: "/") {
                let byte = bytes[at]
                if byte == UInt8(ascii: ".") {
                    if at == label { return false }
                    label = at + 1
                } else if byte &- 0x61 >= 26, byte &- 0x30 >= 10, byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") {
                    return false
                }
                at += 1
            }
            // What ends in a number may be an address in another form.
            guard at < bytes.count, at > label, at - host <= 255, bytes[label] &- 0x30 >= 10 else { return false }
            while at < bytes.count {
                guard isPlainInPath[Int(bytes[at])] else { return false }
                if bytes[at] == UInt8(ascii: "/"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: ".") {
                    return false
                }
                at += 1
            }
            return true
        } ?? false
    }

    /// By byte: what stands in a path as it is, and ends it no more than it is encoded.
    private static let isPlainInPath = (0..<256).map { byte in
        (0x21...0x7E).contains(byte) && !"\"#%<>?\\^`{|}".utf8.contains(UInt8(byte))
    }

    private static func hasOtherScheme(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), let first = text.utf8.first, (first | 0x20) &- 0x61 < 26 else {
            return false
        }
        let name = text[..<colon].lowercased()
        return name != "http" && name != "https"
            && name.utf8.allSatisfy {
                $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
                    || $0 == UInt8(ascii: ".")
            }
    }

    private static func normalized(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        return String(decoding: PercentCoding.normalized(Array(text.utf8)), as: UTF8.self)
    }
}

/// Percent-encoding in its one normal form.
enum PercentCoding {
    /// Codes of unreserved characters decoded, all others in upper case.
    static func normalized(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        /// Where in the result a percent sign stands that begins no code, and must not begin one by what is decoded behind it.
        var sign = -3
        var at = 0
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count, let high = URLParser.hexDigit(bytes[at + 1]),
                let low = URLParser.hexDigit(bytes[at + 2])
            {
                let byte = high << 4 | low
                let wouldMakeCode = result.count - sign <= 2 && URLParser.hexDigit(byte) != nil
                if isUnreserved(byte), !wouldMakeCode {
                    result.append(byte)
                } else {
                    URLParser.appendEncoded(byte, to: &result)
                }
                at += 3
            } else {
                if bytes[at] == UInt8(ascii: "%") { sign = result.count }
                result.append(bytes[at])
                at += 1
            }
        }
        return result
    }

    static func isUnreserved(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
    }
}
