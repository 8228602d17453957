/// A host, or all hosts below one.
public struct HostPattern: Sendable, Hashable {
    private let host: String
    private let isBelow: Bool

    /// Nil for what is neither `example.org` nor `*.example.org`.
    public init?(_ text: String) {
        isBelow = text.hasPrefix("*.")
        host = (isBelow ? String(text.dropFirst(2)) : text).lowercased()
        let isHost = host.utf8.allSatisfy {
            $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 >= 0x80 || "-._:[]".utf8.contains($0)
        }
        // A whole top-level domain is no site.
        guard !host.isEmpty, isHost, !host.hasPrefix("."), !isBelow || host.contains(".") else { return nil }
    }

    /// - Parameter name: in lower case.
    public func matches(_ name: String) -> Bool { isBelow ? name.hasSuffix("." + host) : name == host }
}
