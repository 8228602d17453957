import WirewatchDigest
import WirewatchHTTP
import WirewatchKit
import WirewatchMarkup
import WirewatchPolling

/// The polls of a list of articles: finds its new links, and reads the pages behind them.
///
/// What a poll finds becomes durable before the first page is read, each page with its document: a restart goes on where it
/// was, and reads no page twice that was yielded.
actor LinksSession: PollingSession {
    nonisolated let schedule: PollSchedule
    private(set) var memory: PollMemory
    private let url: HTTPURL
    private let options: PageOptions
    private let context: SourceContext
    private let fetcher: PollFetcher
    /// As it is stored; nil before the page was first read. Kept in this form because it is small.
    private var known: [UInt8]?
    /// Still to be read, in order.
    private var waiting: [WaitingPage]
    private var account: PollAccount

    init(_ url: HTTPURL, _ options: PageOptions, _ context: SourceContext, _ fetcher: PollFetcher) throws {
        self.url = url
        self.options = options
        self.context = context
        self.fetcher = fetcher
        schedule = options.intervals.schedule(
            name: context.name, subject: "page", followsToOtherOrigins: !options.connection.carriesSecrets(to: url))
        memory = try PollMemory(url: url, context.state)
        known = try context.state.value(KnownItems.key)
        waiting = try context.state.entries(prefix: WaitingPage.prefix).compactMap {
            WaitingPage(key: $0.key, encoded: $0.value)
        }
        account = PollAccount(context, subject: "page")
        account.count("pages_waiting", waiting.count)
    }

    func poll(_ output: any SourceOutput) async throws -> String? {
        let moved = memory.movedTo.flatMap { try? HTTPURL($0) }
        var request = options.connection.request(moved ?? url, accept: PageContent.accept)
        request.validators = schedule.validators(memory, now: context.clock.now())
        let (outcome, findings) = try await ask(request)
        let now = context.clock.now()
        let movedBefore = memory.movedTo
        let stop = schedule.note(outcome, in: &memory, now: now)
        account.tell(memory, movedBefore: movedBefore, isEnd: stop != nil, now: now)
        var changes = [StateChange(key: PollMemory.key, value: memory.encoded)]
        if let findings { changes += take(findings) }
        try await output.advance(changes)
        if stop == nil { try await readPages(linkedFrom: request.url, output) }
        return stop
    }

    func report(next: Timestamp?) { account.report(memory, schedule, next: next) }

    // MARK: The list

    private func ask(_ request: HTTPRequest) async throws -> (PollSchedule.Outcome, LinkFindings?) {
        do {
            let response = try await fetcher.page(request, options.connection.agent)
            return try await read(response, to: request)
        } catch let error as HTTPError {
            if error.kind == .cancelled { throw CancellationError() }
            return (PollSchedule.Outcome(error), nil)
        } catch let error as PageRefusal {
            return (.failed("\(error); the site does not want it polled", isUnreachable: false), nil)
        }
    }

    private func read(
        _ response: HTTPResponse, to request: HTTPRequest
    ) async throws -> (PollSchedule.Outcome, LinkFindings?) {
        let reply = PollSchedule.Reply(
            response, to: request, configured: url, validators: memory.validators, now: context.clock.now())
        if response.status == 304 { return (.unmodified(reply), nil) }
        guard reply.hasContent else { return (.refused(reply), nil) }
        let digest = SHA256.identifier(of: response.body)
        if digest == memory.bodyDigest, known != nil { return (.content(reply, arrivals: 0, hints: nil), nil) }
        do {
            let page = try ListPage(response, options)
            let before = known.flatMap { KnownItems(encoded: $0) }
            let (candidates, pages) = before == nil ? try await furtherPages(page) : (page.candidates, [])
            let filter = LinkFilter(options.links, page: response.url, pages: pages.union([CanonicalURL(url).text]))
            let findings = LinkFindings(
                candidates, filter: filter, known: before, document: memory.documents, first: options.first,
                limit: options.maxItems)
            try check(findings, page)
            memory.bodyDigest = digest
            if !findings.articles.isEmpty { memory.documents &+= 1 }
            let arrivals = before == nil ? 0 : findings.articles.count
            memory.items += findings.articles.count - arrivals
            return (.content(reply, arrivals: arrivals, hints: PollHints()), findings)
        } catch let error as PageMistake {
            return (.failed("\(response.url.redacted): \(error)", isUnreachable: false), nil)
        }
    }

    /// A list without a single link is no list; one without articles at its first poll may need other options.
    private func check(_ findings: LinkFindings, _ page: ListPage) throws(PageMistake) {
        if page.candidates.isEmpty {
            let part = options.select.map { " in what matches 'select' (\($0))" } ?? ""
            throw PageMistake("the page has no links\(part); it was rebuilt, or needs JavaScript")
        }
        if known == nil, options.first > 0, findings.articles.isEmpty {
            context.log.warning(
                "none of the page's links looks like an article; say which are by 'links.include'",
                metadata: ["source": "\(context.name)", "links": "\(findings.links)"])
        }
    }

    /// The links of the list's further pages besides those of the first, and the addresses of all its pages.
    private func furtherPages(_ first: ListPage) async throws -> ([LinkCandidate], Set<String>) {
        var candidates = first.candidates
        var seen = Set(candidates.map(\.address))
        var pages: Set<String> = [CanonicalURL(first.url).text]
        var next = first.next
        for _ in 0..<options.nextPages {
            guard let target = next, LinkFilter.isSameSite(target.host, first.url.host),
                pages.insert(CanonicalURL(target).text).inserted
            else { break }
            let request = options.connection.request(target, linkedFrom: url.origin, accept: PageContent.accept)
            do {
                let response = try await fetcher.page(request, options.connection.agent)
                guard response.status == 200 else { throw PageMistake("the server says \(response.status)") }
                let page = try ListPage(response, options)
                candidates += page.candidates.filter { seen.insert($0.address).inserted }
                next = page.next
            } catch {
                try Task.checkCancellation()
                context.log.notice(
                    "a further page of the list could not be read; its links are left out",
                    metadata: ["source": "\(context.name)", "url": "\(target.redacted)", "reason": "\(error)"])
                break
            }
        }
        return (candidates, pages)
    }

    /// Puts the articles found behind those that wait already.
    private func take(_ findings: LinkFindings) -> [StateChange] {
        var changes: [StateChange] = []
        let encoded = findings.known.encoded
        if encoded != known {
            known = encoded
            changes.append(StateChange(key: KnownItems.key, value: encoded))
        }
        var number = (waiting.last?.number ?? 0) &+ 1
        for article in findings.articles {
            let page = WaitingPage(url: article.url, address: article.address, text: article.text, number: number)
            waiting.append(page)
            changes.append(StateChange(key: page.key, value: page.encoded))
            number &+= 1
        }
        account.count("pages_waiting", findings.articles.count)
        account.count("links_left_out", findings.leftOut)
        return changes
    }

    // MARK: Articles

    private func readPages(linkedFrom index: HTTPURL, _ output: any SourceOutput) async throws {
        guard !waiting.isEmpty else { return }
        var items = known.flatMap { KnownItems(encoded: $0) } ?? KnownItems()
        let due = waiting.filter { page in page.notBefore.map { $0 <= context.clock.now() } ?? true }
        /// Hosts that are left alone until the next poll.
        var closed: Set<String> = []
        for page in due {
            try Task.checkCancellation()
            let host = (try? HTTPURL(page.url))?.hostKey
            if let host, closed.contains(host) { continue }
            let key = ItemIdentity.key(of: page.address)
            if items.find(url: key) != nil {
                try await leaveOut(page, output)
                continue
            }
            do {
                guard let target = try? HTTPURL(page.url) else {
                    throw LinkedPage.Problem(reason: "\(page.url): is no URL", isFinal: true, word: "url")
                }
                let found = try await LinkedPage.fetch(
                    target, index: index, origin: url.origin, by: options.connection, fetcher, now: context.clock.now())
                let canonicalKey = ItemIdentity.key(of: found.canonical)
                let isWaiting = waiting.contains { $0.address == found.canonical && $0.number != page.number }
                let isKnown =
                    items.find(url: canonicalKey) != nil
                    || (canonicalKey != key && items[canonicalKey] != nil && !isWaiting)
                var entry = items[key] ?? KnownItems.Entry(url: 0, content: 0, seen: memory.documents, versions: 0)
                entry.url = canonicalKey
                if !isKnown { entry.versions = 1 }
                items[key] = entry
                known = items.encoded
                let itemsChange = StateChange(key: KnownItems.key, value: known)
                if isKnown {
                    try await leaveOut(page, output, [itemsChange])
                } else {
                    try await output.emit(document(page, found, [itemsChange, remove(page)]))
                }
            } catch let problem as LinkedPage.Problem {
                try await fail(page, problem, output)
                if problem.isOfServer, let host { closed.insert(host) }
            }
        }
    }

    private func document(_ page: WaitingPage, _ found: LinkedPage, _ cursor: [StateChange]) -> Document {
        var article = Article()
        article.url = found.url.text
        article.canonicalURL = found.canonical
        article.received = context.clock.now()
        return Document(identity: "page:" + found.canonical, article: article, content: found.content, cursor: cursor)
    }

    /// An article that was yielded under another address.
    private func leaveOut(_ page: WaitingPage, _ output: any SourceOutput, _ more: [StateChange] = []) async throws {
        account.count("duplicate_links")
        try await output.advance(more + [remove(page)])
    }

    /// Asks again later, ever less often; in the end the article is a dead letter.
    private func fail(_ page: WaitingPage, _ problem: LinkedPage.Problem, _ output: any SourceOutput) async throws {
        var page = page
        page.attempts += 1
        account.count("page_" + problem.word)
        context.log.info(
            "a page could not be read", metadata: ["source": "\(context.name)", "reason": "\(problem.reason)"])
        if problem.isFinal || page.attempts >= WaitingPage.mostAttempts {
            let times = page.attempts > 1 ? " (asked \(page.attempts) times)" : ""
            try await output.reject(
                identity: "page:" + page.address, url: page.url, reason: problem.reason + times, excerpt: page.text,
                cursor: [remove(page)])
            return
        }
        let now = context.clock.now()
        // A little less than the interval, so that the next poll is not just too early.
        let base = options.intervals.every * 0.9
        let wait = Backoff(base: base, limit: max(base, .seconds(86_400)), jitter: 0).delay(
            failures: page.attempts, seed: schedule.seed)
        page.notBefore = now + max(wait, min(problem.retryAfter ?? .zero, PollSchedule.longestRetryAfter))
        if let place = waiting.firstIndex(where: { $0.number == page.number }) { waiting[place] = page }
        try await output.advance([StateChange(key: page.key, value: page.encoded)])
    }

    private func remove(_ page: WaitingPage) -> StateChange {
        waiting.removeAll { $0.number == page.number }
        account.count("pages_waiting", -1)
        return StateChange(key: page.key, value: nil)
    }
}
