import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// One source's polls: the sitemaps of a site are read where they changed, new pages are put on a list in the state, and
/// the list is worked off.
///
/// Keeps in the state `poll` and `site`, `map/...` for each sitemap, `known/...` for URLs, `todo/...` for pages that wait,
/// `text/...` for digests of pages that were yielded.
actor SitemapSession: PollingSession {
    nonisolated let schedule: PollSchedule
    var memory: PollMemory
    let url: HTTPURL
    /// Of the node of `url`.
    let rootKey: UInt64
    let options: SitemapOptions
    let context: SourceContext
    let fetcher: PollFetcher
    var account: PollAccount
    var site: SiteMemory
    /// By ``SitemapNode/key``.
    var nodes: [UInt64: SitemapNode] = [:]
    /// Nodes as they are stored.
    private var storedNodes: [UInt64: SitemapNode] = [:]
    var known: KnownURLs
    private var pending: [UInt64: PendingPage] = [:]

    /// Pages that wait at once.
    private static let mostPending = 10_000
    /// Time for the list at each poll, if the interval is shorter.
    private static let leastWork = Duration.seconds(300)
    static let textPrefix = "text/"

    init(_ url: HTTPURL, _ options: SitemapOptions, _ context: SourceContext, _ fetcher: PollFetcher) throws {
        self.url = url
        rootKey = ItemIdentity.key(of: url.text)
        self.options = options
        self.context = context
        self.fetcher = fetcher
        schedule = options.intervals.schedule(
            name: context.name, subject: "sitemap",
            followsToOtherOrigins: !options.connection.carriesSecrets(to: url))
        memory = try PollMemory(url: url, context.state)
        account = PollAccount(context, subject: "sitemap")
        for (_, value) in try context.state.entries(prefix: SitemapNode.prefix) {
            if let node = SitemapNode(encoded: value) { storedNodes[node.key] = node }
        }
        let stored = try context.state.value(SiteMemory.key).flatMap { SiteMemory(encoded: $0, url) }
        site = stored ?? SiteMemory(url)
        known = try KnownURLs(context.state)
        if stored != nil {
            nodes = storedNodes
        } else {
            // Another URL is another set of sitemaps; its pages may be the same.
            known.orphan(Set(storedNodes.values.map(\.id)), day: Self.day(context.clock.now()))
        }
        for (_, value) in try context.state.entries(prefix: PendingPage.prefix) {
            if let page = PendingPage(encoded: value) { pending[page.key] = page }
        }
    }

    /// What is found becomes durable with the list of pages, before any of them is fetched; each page leaves the list with
    /// its document. So a crash in between costs nothing but the fetch of one page.
    func poll(_ output: any SourceOutput) async throws -> String? {
        let isFirst = site.started == nil
        var fresh = FreshPages(
            first: isFirst ? options.first : nil, limit: options.maxItems, now: context.clock.now())
        var outcome = try await read(&fresh)
        let now = context.clock.now()
        let pages = take(fresh, now: now)
        if isFirst { memory.items += pages.count } else { outcome = outcome.with(arrivals: pages.count) }
        let movedBefore = memory.movedTo
        let stop = schedule.note(outcome, in: &memory, now: now)
        account.tell(memory, movedBefore: movedBefore, isEnd: stop != nil, now: now)
        try await output.advance(changes(pages, now: now))
        try await workOff(output)
        return stop
    }

    func report(next: Timestamp?) {
        account.report(
            memory, schedule, next: next,
            more: [
                ("sitemaps", String(nodes.count)), ("known_urls", String(known.count)),
                ("waiting_pages", String(pending.count)),
            ])
    }

    // MARK: Pages

    /// Puts the newest pages on the list.
    private func take(_ fresh: FreshPages, now: Timestamp) -> [PendingPage] {
        var fresh = fresh
        var taken = fresh.taken()
        if !options.fullText {
            account.count("untitled", taken.count { $0.news?.title.isEmpty ?? true })
            taken.removeAll { $0.news?.title.isEmpty ?? true }
        }
        let room = max(0, Self.mostPending - pending.count)
        if site.started != nil { account.count("left_out", fresh.leftOut + max(0, taken.count - room)) }
        let pages = taken.suffix(room).map { page in
            // A page that changes while it waits is still the first version.
            guard let waiting = pending[page.key], !waiting.isUpdate else { return page }
            var page = page
            page.isUpdate = false
            page.attempts = waiting.attempts
            return page
        }
        for page in pages {
            pending[page.key] = page
            if var entry = known[page.key] {
                entry.versions += 1
                known[page.key] = entry
            }
        }
        return pages
    }

    /// What a poll changed in the state.
    private func changes(_ pages: [PendingPage], now: Timestamp) -> [StateChange] {
        let (forgotten, newest) = known.prune(day: Self.day(now))
        site.forgottenUpTo = max(site.forgottenUpTo, newest)
        var changes = forgotten.map {
            StateChange(key: Self.textPrefix + String($0, radix: 16), value: nil)
        }
        for (key, node) in nodes where storedNodes[key] != node {
            changes.append(StateChange(key: Self.nodeKey(key), value: node.encoded))
        }
        for key in storedNodes.keys where nodes[key] == nil {
            changes.append(StateChange(key: Self.nodeKey(key), value: nil))
        }
        storedNodes = nodes
        changes += known.changes()
        changes += pages.map { StateChange(key: $0.stateKey, value: $0.encoded) }
        changes.append(StateChange(key: SiteMemory.key, value: site.encoded))
        changes.append(StateChange(key: PollMemory.key, value: memory.encoded))
        return changes
    }

    /// Tries each page of the list once, the oldest first; those that there is no time for wait for the next poll, or a
    /// site with a long crawl-delay would not be polled for hours.
    private func workOff(_ output: any SourceOutput) async throws {
        if !pending.isEmpty { report(next: nil) }
        let end = context.clock.now() + max(schedule.interval(memory), Self.leastWork)
        let none = Timestamp(milliseconds: .min)
        let pages = pending.values.sorted { ($0.date ?? none, $0.key) < ($1.date ?? none, $1.key) }
        for page in pages {
            try Task.checkCancellation()
            if !context.drain, context.clock.now() >= end { break }
            guard options.fullText else {
                try await emit(page.document(now: context.clock.now()), of: page, output)
                continue
            }
            do {
                let target = try HTTPURL(page.url)
                let found = try await ArticlePage.fetch(
                    target, linkedFrom: url.origin, by: options.connection, fetcher)
                try await emit(found, of: page, output)
            } catch let error as HTTPError where error.kind == .cancelled {
                throw CancellationError()
            } catch let error where error is HTTPError || error is PageProblem || error is PageRefusal {
                try await retryLater(page, error, output)
            }
        }
    }

    private func emit(_ found: ArticlePage, of page: PendingPage, _ output: any SourceOutput) async throws {
        var document = page.document(now: context.clock.now())
        found.put(into: &document)
        let textKey = Self.textPrefix + String(page.key, radix: 16)
        guard options.updates else { return try await emit(document, of: page, output) }
        let digest = PageText.digest(found.content)
        if page.isUpdate {
            if try context.state.value(textKey) == Array(digest.utf8) {
                account.count("unchanged_updates")
                return try await drop(page, output)
            }
            document.identity += " " + digest
        }
        document.cursor.append(StateChange(key: textKey, value: Array(digest.utf8)))
        try await emit(document, of: page, output)
    }

    private func emit(_ document: Document, of page: PendingPage, _ output: any SourceOutput) async throws {
        var document = document
        document.cursor.append(StateChange(key: page.stateKey, value: nil))
        pending[page.key] = nil
        try await output.emit(document)
    }

    private func drop(_ page: PendingPage, _ output: any SourceOutput) async throws {
        pending[page.key] = nil
        try await output.advance([StateChange(key: page.stateKey, value: nil)])
    }

    /// Leaves a page on the list, unless it was tried often enough or the answer will stay the same.
    private func retryLater(_ page: PendingPage, _ error: any Error, _ output: any SourceOutput) async throws {
        account.count("page_" + PageProblem.reason(error))
        var page = page
        page.attempts += 1
        let isFinal =
            switch error {
            case is PageRefusal, PageProblem.type: true
            default: page.attempts >= PendingPage.mostAttempts
            }
        context.log.info(
            "a page could not be had\(isFinal ? "" : "; it is tried again at the next poll")",
            metadata: ["source": "\(context.name)", "url": "\(page.url)", "reason": "\(error)"])
        guard isFinal else {
            pending[page.key] = page
            return try await output.advance([StateChange(key: page.stateKey, value: page.encoded)])
        }
        account.count("pages_given_up")
        if page.isUpdate { return try await drop(page, output) }
        if page.news?.title.isEmpty == false {
            return try await emit(page.document(now: context.clock.now()), of: page, output)
        }
        pending[page.key] = nil
        try await output.reject(
            identity: page.identity, url: page.url,
            reason: page.attempts < PendingPage.mostAttempts
                ? "its page cannot be had: \(error)" : "its page could not be had at \(page.attempts) polls: \(error)",
            excerpt: page.url, cursor: [StateChange(key: page.stateKey, value: nil)])
    }

    static func day(_ time: Timestamp) -> UInt16 { UInt16(clamping: time.seconds / 86_400) }

    private static func nodeKey(_ key: UInt64) -> String { SitemapNode.prefix + String(key, radix: 16) }
}

extension PollSchedule.Outcome {
    /// The same with so many new pages.
    fileprivate func with(arrivals: Int) -> PollSchedule.Outcome {
        switch self {
        case .content(let reply, _, let hints): .content(reply, arrivals: arrivals, hints: hints)
        case .unmodified(let reply, _): .unmodified(reply, arrivals: arrivals)
        case .refused, .failed: self
        }
    }
}
