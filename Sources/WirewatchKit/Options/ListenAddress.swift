internal import Glibc

/// Where to listen: a numeric address and a port. Names are not looked up, for they may mean more than one address.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    public let host: String
    public let port: UInt16
    public let isIPv6: Bool

    /// Reads `9464` (on 127.0.0.1), `0.0.0.0:9464`, `[::1]:9464`; nil for anything else. Port 0 lets the system choose.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let last = parts.last, let port = UInt16(last) else { return nil }
        self.port = port
        if parts.count == 1 {
            host = "127.0.0.1"
            isIPv6 = false
            return
        }
        let named = text.dropLast(last.count + 1)
        isIPv6 = named.hasPrefix("[") && named.hasSuffix("]")
        host = isIPv6 ? String(named.dropFirst().dropLast()) : String(named)
        var buffer = [UInt8](repeating: 0, count: 16)
        guard inet_pton(isIPv6 ? AF_INET6 : AF_INET, host, &buffer) == 1 else { return nil }
    }

    /// A port on 127.0.0.1.
    public static func loopback(port: UInt16) -> ListenAddress { ListenAddress(host: "127.0.0.1", port: port) }

    private init(host: String, port: UInt16) {
        self.host = host
        self.port = port
        isIPv6 = false
    }

    /// Whether only this machine reaches it.
    public var isLoopback: Bool { isIPv6 ? host == "::1" : host.hasPrefix("127.") }

    public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
