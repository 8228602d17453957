internal import Glibc

/// An IPv4 or IPv6 address, and whether a fetcher may ask it for what strangers name.
struct IPAddress: Hashable {
    /// 4 or 16 bytes in network order.
    let bytes: [UInt8]

    var isIPv6: Bool { bytes.count == 16 }

    private init(_ address: in6_addr) { bytes = withUnsafeBytes(of: address) { Array($0) } }

    init(_ address: in_addr) { bytes = withUnsafeBytes(of: address) { Array($0) } }

    /// Reads the usual text forms, without brackets or zone.
    init?(text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(four)
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.init(six)
        } else {
            return nil
        }
    }

    /// The address of a socket address; nil for other families.
    /// - Parameter address: `length` readable bytes that begin with a `sockaddr`.
    init?(socketAddress address: UnsafeRawPointer, length: Int) {
        guard length >= MemoryLayout<sockaddr>.size else { return nil }
        // Every socket address begins with its family.
        switch Int32(address.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            self.init(address.loadUnaligned(as: sockaddr_in.self).sin_addr)
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            self.init(address.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default: return nil
        }
    }

    var text: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(isIPv6 ? AF_INET6 : AF_INET, bytes, &buffer, socklen_t(buffer.count))
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// What kind of special address this is; nil for one on the public internet.
    ///
    /// By the IANA registries of special-purpose addresses (RFC 6890), and by IPv4 addresses inside IPv6 ones: mapped
    /// (RFC 4291), NAT64 (RFC 6052), 6to4 (RFC 3056).
    var special: String? { isIPv6 ? specialIPv6 : Self.specialIPv4(bytes[...]) }

    private static func specialIPv4(_ b: ArraySlice<UInt8>) -> String? {
        let value = b.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        for (prefix, bits, name) in ipv4Ranges where (value ^ prefix) >> (32 - bits) == 0 { return name }
        return nil
    }

    private static let ipv4Ranges: [(prefix: UInt32, bits: UInt32, name: String)] = [
        (0x0000_0000, 8, "an unspecified"), (0x0A00_0000, 8, "a private"), (0x6440_0000, 10, "a carrier-internal"),
        (0x7F00_0000, 8, "a loopback"), (0xA9FE_0000, 16, "a link-local or metadata"), (0xAC10_0000, 12, "a private"),
        (0xC000_0000, 24, "a protocol"), (0xC000_0200, 24, "a documentation"), (0xC058_6300, 24, "a relay"),
        (0xC0A8_0000, 16, "a private"), (0xC612_0000, 15, "a benchmark"), (0xC633_6400, 24, "a documentation"),
        (0xCB00_7100, 24, "a documentation"), (0xE000_0000, 4, "a multicast"), (0xF000_0000, 4, "a reserved"),
        // Azure answers for a machine's metadata on a public address.
        (0xA83F_8110, 32, "a metadata"),
    ]

    private var specialIPv6: String? {
        if bytes.dropLast().allSatisfy({ $0 == 0 }) {
            return bytes[15] == 1 ? "a loopback" : bytes[15] == 0 ? "an unspecified" : "a reserved"
        }
        let first = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
        let second = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            return Self.specialIPv4(bytes[12...])
        }
        if first == 0x64, second == 0xFF9B {
            // The well-known prefix leads to the IPv4 internet, 64:ff9b:1::/48 into the local network (RFC 8215).
            return bytes[4..<12].allSatisfy { $0 == 0 } ? Self.specialIPv4(bytes[12...]) : "a translation"
        }
        if first == 0x2002 { return Self.specialIPv4(bytes[2..<6]) }
        switch first {
        case 0xFC00...0xFDFF: return "a private"
        case 0xFE80...0xFEBF: return "a link-local"
        case 0xFEC0...0xFEFF: return "a site-local"
        case 0xFF00...0xFFFF: return "a multicast"
        case 0x2001 where second < 0x200: return "a protocol"
        case 0x2001 where second == 0xDB8: return "a documentation"
        // 3fff::/20 (RFC 9637).
        case 0x3FFF where second < 0x1000: return "a documentation"
        case 0x2000...0x3FFF: return nil
        default: return "a reserved"
        }
    }
}
