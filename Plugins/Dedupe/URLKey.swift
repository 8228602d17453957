/// URLs reduced to what tells articles apart.
enum URLKey {
    /// Parameters that say where a reader came from. `utm_` parameters are left out too.
    private static let tracking: Set<String> = [
        "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "ref", "ref_src", "cmpid",
        "ncid", "guccounter", "spm", "_hsenc", "_hsmi",
    ]

    /// The URL without scheme, `www.`, fragment, tracking parameters and closing slash, its host in lower case and its
    /// parameters sorted.
    static func of(_ url: String) -> String {
        var rest = Substring(url)
        if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        let query = rest.firstIndex(of: "?")
        let address = rest[..<(query ?? rest.endIndex)]
        let slash = address.firstIndex(of: "/") ?? address.endIndex
        var host = address[..<slash].lowercased()
        if host.hasPrefix("www.") { host.removeFirst(4) }
        var path = String(address[slash...])
        while path.hasSuffix("/") { path.removeLast() }
        guard let query else { return host + path }
        let parameters = rest[rest.index(after: query)...].split(separator: "&").filter { parameter in
            let name = parameter.prefix { $0 != "=" }.lowercased()
            return !name.hasPrefix("utm_") && !tracking.contains(name)
        }
        return parameters.isEmpty ? host + path : host + path + "?" + parameters.sorted().joined(separator: "&")
    }
}
