import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchText

/// What the contents of a sitemap mean for what is known: further sitemaps, pages that are new, pages that changed.
extension SitemapSession {
    /// Sitemaps of one site; of more the newest are read.
    private static let mostNodes = 5000
    /// Indexes above a sitemap, robots.txt counted. The protocol allows one.
    private static let mostDepth = 4

    func takeIn(_ sitemap: Sitemap, _ node: SitemapNode, _ fresh: inout FreshPages) {
        if sitemap.isTruncated { account.count("truncated_sitemaps") }
        if sitemap.kind == .index {
            list(sitemap.entries, under: node)
        } else {
            takeIn(sitemap.entries, node, &fresh)
        }
    }

    /// Notes what an index lists, and forgets what it lists no longer.
    /// - Parameter rootAnswers: whether the site itself vouches for sitemaps on other hosts, as its robots.txt does.
    func list(_ entries: [SitemapEntry], under parent: SitemapNode, rootAnswers: Bool = false) {
        guard parent.depth < Self.mostDepth else {
            account.count("too_deep_sitemaps", entries.count)
            return
        }
        let host = (try? HTTPURL(parent.url)).map(SiteMemory.host)
        var listed: Set<UInt64> = []
        var used = Set(nodes.values.map(\.id))
        var next = freeID()
        // The newest first, should there be too many.
        let byDate = entries.enumerated().sorted {
            let none = Timestamp(milliseconds: .min)
            return ($1.element.modified?.timestamp ?? none, $0.offset)
                < ($0.element.modified?.timestamp ?? none, $1.offset)
        }.map(\.element)
        for entry in byDate {
            guard let target = try? HTTPURL(entry.url) else { continue }
            guard rootAnswers || allows(target) || SiteMemory.host(target) == host else {
                account.count("foreign_urls")
                continue
            }
            let key = ItemIdentity.key(of: target.text)
            // What is read already under another index, or is this one, is not read twice: indexes may form a ring.
            if let other = nodes[key], other.parent != parent.key || key == parent.key { continue }
            guard listed.insert(key).inserted else { continue }
            if nodes[key] == nil {
                guard nodes.count < Self.mostNodes else {
                    account.count("sitemaps_left_out")
                    continue
                }
                while used.contains(next) { next &+= 1 }
                used.insert(next)
                nodes[key] = SitemapNode(url: target.text, id: next, parent: parent.key, depth: parent.depth + 1)
            }
            nodes[key]?.listed = entry.modified?.text
        }
        let children = Dictionary(grouping: nodes.keys) { nodes[$0]?.parent ?? 0 }
        var gone = (children[parent.key] ?? []).filter { $0 != rootKey && !listed.contains($0) }
        var ids: Set<UInt16> = []
        while let key = gone.popLast() {
            guard let node = nodes.removeValue(forKey: key) else { continue }
            ids.insert(node.id)
            gone += (children[key] ?? []).filter { $0 != rootKey }
        }
        known.orphan(ids, day: Self.day(context.clock.now()))
    }

    private func takeIn(_ entries: [SitemapEntry], _ node: SitemapNode, _ fresh: inout FreshPages) {
        var listed: Set<UInt64> = []
        listed.reserveCapacity(entries.count)
        for entry in entries {
            guard let target = try? HTTPURL(entry.url) else {
                account.count("unusable_urls")
                continue
            }
            guard allows(target) else {
                account.count("foreign_urls")
                continue
            }
            let canonical = CanonicalURL(target, ownHosts: [target.host]).text
            let key = ItemIdentity.key(of: canonical)
            guard listed.insert(key).inserted else { continue }
            takeIn(entry, target, canonical, key, node, &fresh)
        }
        known.orphan([node.id], except: listed, day: Self.day(context.clock.now()))
    }

    private func takeIn(
        _ entry: SitemapEntry, _ target: HTTPURL, _ canonical: String, _ key: UInt64, _ node: SitemapNode,
        _ fresh: inout FreshPages
    ) {
        let now = context.clock.now()
        let modified = entry.modified.map { UInt32(clamping: $0.timestamp.seconds) } ?? 0
        var page: PendingPage? {
            guard options.takes(target) else { return nil }
            let date = entry.date?.timestamp
            // A date in the future is none, or it would stay the newest.
            return PendingPage(
                entry, key: key, canonicalURL: canonical, date: date.flatMap { $0 <= now + .seconds(3600) ? $0 : nil })
        }
        guard var old = known[key] else {
            known[key] = KnownURLs.Entry(owner: node.id, modified: modified)
            if site.isOld(entry.date, in: node) {
                account.count("old_urls")
            } else if let page {
                fresh.add(page)
            }
            return
        }
        let isChanged = modified != 0 && old.modified != 0 && modified > old.modified
        if modified != 0 { old.modified = modified }
        // News sitemaps list a page for two days; another that lists it keeps it.
        if entry.news == nil || old.orphaned != 0 { old.owner = node.id }
        old.orphaned = 0
        known[key] = old
        guard isChanged, old.versions > 0, options.updates, options.fullText else { return }
        guard old.versions < KnownURLs.mostVersions else {
            account.count("restless_items")
            return
        }
        if var page {
            page.isUpdate = true
            fresh.add(page)
        }
    }

    private func allows(_ url: HTTPURL) -> Bool {
        site.contains(url) || options.hosts.contains { $0.matches(url.host) }
    }
}
