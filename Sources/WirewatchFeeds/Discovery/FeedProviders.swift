import WirewatchMarkup

/// The rules by which well-known sites make the address of a feed from that of a page, as each documents them.
enum FeedProviders {
    static func candidates(for url: String) -> [FeedCandidate] {
        let (scheme, authority, path, query) = URLReference.split(url)
        guard scheme == "http" || scheme == "https", let authority else { return [] }
        var host = authority.split(separator: "@").last.map { $0.lowercased() } ?? ""
        for prefix in ["www.", "m.", "old.", "new."] where host.hasPrefix(prefix) {
            host.removeFirst(prefix.count)
            break
        }
        let page = Page(
            host: host, segments: path.split(separator: "/").map(String.init),
            query: query.dropFirst().split(separator: "&").map(String.init))
        for rule in rules {
            let found = rule(page)
            if !found.isEmpty { return found }
        }
        return []
    }

    private struct Page {
        /// In lower case, without `www.`.
        var host: String
        var segments: [String]
        var query: [String]

        func parameter(_ name: String) -> String? {
            query.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
        }

        /// The name before a domain: `example` of `example.substack.com`.
        func name(below domain: String) -> String? {
            host.hasSuffix("." + domain) ? String(host.dropLast(domain.count + 1)) : nil
        }
    }

    private static let rules: [@Sendable (Page) -> [FeedCandidate]] = [
        youTube, reddit, gitHub, medium, blogs, research, mastodon,
    ]

    private static func feed(_ url: String, _ kind: FeedCandidate.Kind, _ title: String) -> FeedCandidate {
        FeedCandidate(url: url, title: title, kind: kind, origin: .provider)
    }

    @Sendable private static func youTube(_ page: Page) -> [FeedCandidate] {
        guard page.host == "youtube.com" else { return [] }
        let base = "https://www.youtube.com/feeds/videos.xml"
        let first = page.segments.first ?? ""
        let second = page.segments.dropFirst().first ?? ""
        if first == "channel", second.hasPrefix("UC") {
            return [feed("\(base)?channel_id=\(second)", .atom, "Videos of the channel")]
        }
        if first == "user", !second.isEmpty { return [feed("\(base)?user=\(second)", .atom, "Videos of \(second)")] }
        if first == "playlist" || first == "watch", let list = page.parameter("list"), !list.isEmpty {
            return [feed("\(base)?playlist_id=\(list)", .atom, "Videos of the playlist")]
        }
        return []
    }

    @Sendable private static func reddit(_ page: Page) -> [FeedCandidate] {
        guard page.host == "reddit.com" else { return [] }
        if page.segments.last == ".rss" { return [] }
        let path = page.segments.map { "/" + $0 }.joined()
        let title = page.segments.prefix(2).joined(separator: "/")
        return [feed("https://www.reddit.com\(path)/.rss", .atom, title.isEmpty ? "Reddit" : title)]
    }

    @Sendable private static func gitHub(_ page: Page) -> [FeedCandidate] {
        guard page.host == "github.com", let owner = page.segments.first, !owner.hasSuffix(".atom") else { return [] }
        guard page.segments.count > 1 else {
            let isOwner = !["about", "features", "topics", "trending", "explore", "login", "search"].contains(owner)
            return isOwner ? [feed("https://github.com/\(owner).atom", .atom, "Activity of \(owner)")] : []
        }
        let name = "\(owner)/\(page.segments[1])"
        let base = "https://github.com/\(name)"
        let branch = page.segments.dropFirst(3).joined(separator: "/")
        switch page.segments.dropFirst(2).first {
        case "commits" where !branch.isEmpty && !branch.hasSuffix(".atom"):
            return [feed("\(base)/commits/\(branch).atom", .atom, "Commits of \(name) on \(branch)")]
        case "tags": return [feed("\(base)/tags.atom", .atom, "Tags of \(name)")]
        case "commits": return [feed("\(base)/commits.atom", .atom, "Commits of \(name)")]
        case nil, "releases", "tree", "blob":
            return [
                feed("\(base)/releases.atom", .atom, "Releases of \(name)"),
                feed("\(base)/commits.atom", .atom, "Commits of \(name)"),
                feed("\(base)/tags.atom", .atom, "Tags of \(name)"),
            ]
        default: return []
        }
    }

    @Sendable private static func medium(_ page: Page) -> [FeedCandidate] {
        if page.host == "medium.com", let first = page.segments.first, first != "feed" {
            return [feed("https://medium.com/feed/\(first)", .rss, "\(first) on Medium")]
        }
        guard let name = page.name(below: "medium.com") else { return [] }
        return [feed("https://\(page.host)/feed", .rss, "\(name) on Medium")]
    }

    /// Sites that give each of their users a host.
    @Sendable private static func blogs(_ page: Page) -> [FeedCandidate] {
        let domains: [(domain: String, path: String, kind: FeedCandidate.Kind)] = [
            ("substack.com", "/feed", .rss), ("wordpress.com", "/feed/", .rss), ("tumblr.com", "/rss", .rss),
            ("blogspot.com", "/feeds/posts/default", .atom), ("ghost.io", "/rss/", .rss),
        ]
        for (domain, path, kind) in domains {
            if let name = page.name(below: domain) { return [feed("https://\(page.host)\(path)", kind, name)] }
        }
        return []
    }

    @Sendable private static func research(_ page: Page) -> [FeedCandidate] {
        let segments = page.segments
        switch page.host {
        case "arxiv.org" where segments.count >= 2 && segments[0] == "list":
            return [feed("https://rss.arxiv.org/atom/\(segments[1])", .atom, "arXiv \(segments[1])")]
        case "pypi.org" where segments.count >= 2 && segments[0] == "project":
            return [
                feed("https://pypi.org/rss/project/\(segments[1])/releases.xml", .rss, "Releases of \(segments[1])")
            ]
        case "stackoverflow.com" where segments.count >= 3 && segments[0] == "questions" && segments[1] == "tagged":
            return [feed("https://stackoverflow.com/feeds/tag/\(segments[2])", .atom, "Questions on \(segments[2])")]
        case "bsky.app" where segments.count == 2 && segments[0] == "profile":
            return [feed("https://bsky.app/profile/\(segments[1])/rss", .rss, segments[1])]
        default: return []
        }
    }

    /// `/@name` on any host, which is Mastodon's form and that of its kin.
    @Sendable private static func mastodon(_ page: Page) -> [FeedCandidate] {
        guard page.segments.count == 1, let name = page.segments.first, name.hasPrefix("@"), name.utf8.count > 1,
            name.dropFirst().utf8.allSatisfy({
                ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }), !["youtube.com", "medium.com", "threads.net", "threads.com", "tiktok.com"].contains(page.host)
        else { return [] }
        return [feed("https://\(page.host)/\(name).rss", .rss, "\(name)@\(page.host)")]
    }
}
