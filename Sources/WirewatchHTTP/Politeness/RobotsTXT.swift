/// The rules of a site for crawlers (RFC 9309).
///
/// Reads what the reference parser reads: rules before any group do nothing, several groups for one crawler are one,
/// common misspellings of the two rule names and a missing colon are understood.
public struct RobotsTXT: Sendable {
    /// What is read at most; the rest of a longer file is ignored (RFC 9309, 2.5).
    public static let maxBytes = 500 << 10
    /// Rules beyond this number are left out, so that a check stays quick whatever a site writes.
    static let maxRules = 10_000

    /// Everything is allowed.
    public static let allowAll = RobotsTXT([])
    /// Nothing is.
    public static let disallowAll = RobotsTXT(Array("user-agent: *\ndisallow: /".utf8))

    /// The values of `Sitemap` lines.
    public private(set) var sitemaps: [String] = []
    private var groups: [String: Group] = [:]

    private struct Group {
        var rules: [RobotsRule] = []
        var crawlDelay: Duration?
    }

    public init(_ bytes: [UInt8]) {
        var agents: [String] = []
        var agentsAreComplete = false
        var ruleCount = 0
        var text = bytes.prefix(Self.maxBytes)
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard let (key, value) = Self.keyAndValue(line) else { continue }
            switch key {
            case .agent:
                if agentsAreComplete {
                    agents = []
                    agentsAreComplete = false
                }
                let agent = Self.agentName(value)
                agents.append(agent)
                if groups[agent] == nil { groups[agent] = Group() }
            case .rule(let isAllowed):
                agentsAreComplete = true
                // An empty pattern matches nothing; one longer than URLs are can match none.
                guard !agents.isEmpty, !value.isEmpty, value.count <= 1024, ruleCount < Self.maxRules else { continue }
                for agent in agents {
                    ruleCount += 1
                    groups[agent]?.rules.append(RobotsRule(pattern: Array(value), isAllowed: isAllowed))
                }
            case .crawlDelay:
                guard let delay = Self.seconds(value) else { continue }
                for agent in agents where groups[agent]?.crawlDelay == nil { groups[agent]?.crawlDelay = delay }
            case .sitemap:
                if sitemaps.count < 1000, !value.isEmpty { sitemaps.append(String(decoding: value, as: UTF8.self)) }
            }
        }
    }

    /// The rules that a reply to `/robots.txt` stands for: 2xx its text, 3xx (too many redirects) and 4xx all allowed,
    /// 5xx and 429 nothing allowed (RFC 9309, 2.3.1).
    public init(status: Int, body: [UInt8]) {
        switch status {
        case 200..<300: self.init(body)
        // A site that is asked too often is not asked for more.
        case 429: self = .disallowAll
        case 300..<500: self = .allowAll
        default: self = .disallowAll
        }
    }

    /// Whether a crawler may fetch a URL.
    /// - Parameter agent: the product token, `wirewatch`; whatever its case.
    public func allows(_ url: HTTPURL, agent: String) -> Bool { allows(target: url.target, agent: agent) }

    /// The same for path and query, percent-encoded.
    func allows(target: String, agent: String) -> Bool {
        // robots.txt itself is always allowed (RFC 9309, 2.2.2).
        guard let group = group(agent), target != "/robots.txt" else { return true }
        let path = Array(PercentCoding.normalized(Array(target.utf8)).prefix(2048))
        var best = (length: -1, isAllowed: true)
        for rule in group.rules {
            guard let length = rule.match(path) else { continue }
            if length > best.length || (length == best.length && rule.isAllowed) { best = (length, rule.isAllowed) }
        }
        return best.isAllowed
    }

    /// The `Crawl-delay` of the crawler's group; not in the RFC, but widely written. At most an hour.
    public func crawlDelay(agent: String) -> Duration? { group(agent)?.crawlDelay }

    private func group(_ agent: String) -> Group? { groups[agent.lowercased()] ?? groups["*"] }

    // MARK: Lines

    private enum Key {
        case agent, sitemap, crawlDelay
        case rule(isAllowed: Bool)
    }

    private static func keyAndValue(_ line: ArraySlice<UInt8>) -> (Key, ArraySlice<UInt8>)? {
        let line = trimmed(line.prefix { $0 != UInt8(ascii: "#") })
        var name: ArraySlice<UInt8>
        var value: ArraySlice<UInt8>
        if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            name = trimmed(line[..<colon])
            value = trimmed(line[(colon + 1)...])
        } else {
            // `Disallow /private`: two words and no more.
            let words = line.split(whereSeparator: isSpace)
            guard words.count == 2 else { return nil }
            name = words[0]
            value = words[1]
        }
        guard name.count <= 24 else { return nil }
        switch String(decoding: name.map(lowercased), as: UTF8.self) {
        case "user-agent", "useragent", "user agent": return (.agent, value)
        case "allow": return (.rule(isAllowed: true), value)
        case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw", "disaallow":
            return (.rule(isAllowed: false), value)
        case "crawl-delay": return (.crawlDelay, value)
        case "sitemap", "site-map": return (.sitemap, value)
        default: return nil
        }
    }

    /// The product token that a line names, in lower case: what stands before the first other character.
    private static func agentName(_ value: ArraySlice<UInt8>) -> String {
        if value.first == UInt8(ascii: "*"), value.count == 1 || isSpace(value[value.startIndex + 1]) { return "*" }
        let token = value.prefix {
            ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
        return String(decoding: token.map(lowercased), as: UTF8.self)
    }

    private static func seconds(_ value: ArraySlice<UInt8>) -> Duration? {
        guard value.count <= 12, let number = Double(String(decoding: value, as: UTF8.self)), number >= 0 else {
            return nil
        }
        return .milliseconds(Int64(min(number, 3600) * 1000))
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return bytes
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0B || byte == 0x0C }
}
