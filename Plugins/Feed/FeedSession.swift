import WirewatchDigest
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit

/// One source's polls: what it remembers, and what each poll does.
actor FeedSession {
    nonisolated let schedule: PollSchedule
    private(set) var memory: PollMemory
    private let url: HTTPURL
    private let options: FeedOptions
    private let context: SourceContext
    private let fetcher: FeedFetcher
    /// What is known of items, as it is stored; nil before the first feed was read. Kept in this form because it is small.
    private var known: [UInt8]?
    private var pageFailures: [String: Int] = [:]
    private var restless = 0

    init(_ url: HTTPURL, _ options: FeedOptions, _ context: SourceContext, _ fetcher: FeedFetcher) throws {
        self.url = url
        self.options = options
        self.context = context
        self.fetcher = fetcher
        schedule = PollSchedule(
            every: options.every, bounds: options.minEvery...max(options.minEvery, options.maxEvery),
            adaptive: options.adaptive, seed: Backoff.seed(context.name),
            followsToOtherOrigins: options.authentication == nil && options.headers.isEmpty && url.user == nil
                && options.tls.certificateFile == nil)
        let stored = try context.state.value(PollMemory.key).map { PollMemory(encoded: $0) }
        known = try context.state.value(KnownItems.key)
        memory = PollMemory(url: url.text)
        if var stored {
            if stored.url != url.text {
                // Another address: what is known of items stays, for a feed that moved keeps its items.
                let documents = stored.documents
                stored = PollMemory(url: url.text)
                stored.documents = documents
            }
            memory = stored
        }
    }

    func firstPoll(now: Timestamp) -> Timestamp { schedule.firstPoll(memory, now: now) }

    func due(now: Timestamp) -> Timestamp { schedule.due(memory, now: now) }

    /// Polls once. Returns why the source is to stop, or nil.
    ///
    /// Items are handed over oldest first; the state that says they are done goes with the last one, so that a crash before
    /// brings them all again, and the engine drops those that it has.
    func poll(_ output: any SourceOutput) async throws -> String? {
        let request = request(now: context.clock.now())
        let outcome: PollSchedule.Outcome
        var documents: (feed: Feed, selection: ItemSelection)?
        do throws(HTTPError) {
            let response = try await fetcher.feed(request)
            (outcome, documents) = read(response, to: request)
        } catch {
            if error.kind == .cancelled { throw CancellationError() }
            outcome = .failed(error.description, isUnreachable: Self.isUnreachable(error))
        }
        let now = context.clock.now()
        let movedBefore = memory.movedTo
        let stop = schedule.note(outcome, in: &memory, now: now)
        tell(movedBefore: movedBefore, isEnd: stop != nil, now: now)
        var changes: [StateChange] = []
        if let documents {
            let encoded = documents.selection.known.encoded
            if encoded != known {
                known = encoded
                changes.append(StateChange(key: KnownItems.key, value: encoded))
            }
        }
        changes.append(StateChange(key: PollMemory.key, value: memory.encoded))
        guard let documents, !documents.selection.chosen.isEmpty else {
            try await output.advance(changes)
            return stop
        }
        let chosen = documents.selection.chosen
        for (place, item) in chosen.enumerated() {
            var document = FeedDocument.make(item, feed: documents.feed, options: options, now: context.clock.now())
            if options.fullText { await takePage(of: item, base: request.url, into: &document) }
            try Task.checkCancellation()
            if place == chosen.count - 1 { document.cursor = changes }
            try await output.emit(document)
        }
        return stop
    }

    // MARK: Request and reply

    private func request(now: Timestamp) -> HTTPRequest {
        let moved = memory.movedTo.flatMap { try? HTTPURL($0) }
        var request = HTTPRequest(moved ?? url)
        request.headers = [
            (
                "Accept",
                """
                application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, \
                application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5
                """
            )
        ]
        request.headers.removeAll { mine in options.headers.contains { $0.name.lowercased() == mine.name.lowercased() }
        }
        request.headers += options.headers
        request.validators = schedule.validators(memory, now: now)
        request.authentication = options.authentication
        connect(&request)
        return request
    }

    private func connect(_ request: inout HTTPRequest) {
        request.limits = options.limits
        request.tls = options.tls
        request.proxy = options.proxy
        request.allowsPrivateAddresses = options.allowsPrivateAddresses
        request.userAgent = options.userAgent
    }

    private func read(
        _ response: HTTPResponse, to request: HTTPRequest
    ) -> (PollSchedule.Outcome, (feed: Feed, selection: ItemSelection)?) {
        let now = context.clock.now()
        var reply = PollSchedule.Reply(status: response.status)
        reply.bytes = response.sizes.wire
        reply.freshness = Freshness(response.headers, now: now).lifetime
        reply.retryAfter = RetryAfter.delay(response.headers["retry-after"], now: now)
        if let moved = response.permanentURL, !(request.url.scheme == .https && moved.scheme == .http) {
            reply.permanentURL = moved.text
            reply.staysOnOrigin = moved.origin == url.origin
        }
        if response.status == 304 {
            reply.validators = response.validators(after: memory.validators)
            return (.unmodified(reply), nil)
        }
        guard response.status == 200 || response.status == 203 || response.status == 226 else {
            return (.refused(reply), nil)
        }
        reply.validators = response.validators()
        let digest = SHA256.identifier(of: response.body)
        if digest == memory.bodyDigest, known != nil { return (.feed(reply, arrivals: 0, hints: nil), nil) }
        do {
            let feed = try FeedReader.read(
                response.body,
                options: FeedReaderOptions(
                    url: response.url.text, contentType: response.headers["content-type"],
                    language: response.headers["content-language"]))
            let before = known.flatMap { KnownItems(encoded: $0) }
            var selection = ItemSelection(
                feed, known: before, document: memory.documents, base: response.url, options: options, now: now)
            if !options.fullText { selection.chosen.removeAll { !Self.hasText($0.item) } }
            if !selection.chosen.isEmpty { memory.documents &+= 1 }
            memory.bodyDigest = digest
            restless += selection.restless
            let arrivals = before == nil ? 0 : selection.chosen.count
            if before == nil { memory.items += selection.chosen.count }
            return (.feed(reply, arrivals: arrivals, hints: FeedHints(feed.schedule)), (feed, selection))
        } catch {
            return (.failed(Self.notAFeed(response, error), isUnreachable: false), nil)
        }
    }

    private static func hasText(_ item: FeedItem) -> Bool {
        !item.title.isEmpty || !((item.content ?? item.summary)?.text.isEmpty ?? true)
    }

    private static func notAFeed(_ response: HTTPResponse, _ error: any Error) -> String {
        let type = response.headers["content-type"].map { ContentType(header: $0).essence } ?? "no content type"
        let advice =
            type == "text/html"
            ? "; it is a web page: look there for a link to the feed" : "; open the URL to see what it sends"
        return
            "\(response.url.redacted): the reply (\(type), \(response.body.count) bytes) is no feed: \(error)\(advice)"
    }

    private static func isUnreachable(_ error: HTTPError) -> Bool {
        switch error.kind {
        case .resolve, .connect, .proxy, .unavailable: true
        case .timeout(let phase): phase == .resolve || phase == .connect
        default: false
        }
    }

    // MARK: Pages

    /// Replaces the item's text by its page, if that can be had.
    private func takePage(of chosen: ItemSelection.Chosen, base: HTTPURL, into document: inout Document) async {
        guard let link = chosen.item.url, let target = try? base.resolving(link) else {
            pageFailures["no_url", default: 0] += 1
            return
        }
        var request = HTTPRequest(target)
        request.headers = [("Accept", "text/html, application/xhtml+xml;q=0.9, */*;q=0.1")]
        connect(&request)
        // Certificates and credentials are for the feed's server alone.
        if target.origin == url.origin {
            request.headers += options.headers
            request.authentication = options.authentication
        } else {
            request.tls = TLSOptions(authoritiesFile: options.tls.authoritiesFile)
        }
        do {
            let response = try await fetcher.page(request, agent)
            let type = response.headers["content-type"].map { ContentType(header: $0) } ?? .html
            guard response.status == 200 else { throw PageProblem.status(response.status) }
            guard ["text/html", "application/xhtml+xml"].contains(type.essence) else { throw PageProblem.type }
            guard !response.body.isEmpty else { throw PageProblem.empty }
            document.content = Document.Content(bytes: response.body, type: type)
            document.article.body = ""
            document.article.canonicalURL = CanonicalURL(response.url).text
        } catch {
            let reason = PageProblem.reason(error)
            pageFailures[reason, default: 0] += 1
            context.log.info(
                "no full text, the item's own is used",
                metadata: ["source": "\(context.name)", "url": "\(target.redacted)", "reason": "\(error)"])
        }
    }

    private var agent: String {
        guard let name = options.userAgent?.split(whereSeparator: { $0 == "/" || $0 == " " }).first else {
            return "wirewatch"
        }
        return String(name)
    }

    // MARK: Telling

    /// An end is told by throwing it.
    private func tell(movedBefore: String?, isEnd: Bool, now: Timestamp) {
        if let failure = memory.failure, !isEnd {
            context.report.fail(failure, at: now)
            context.log.warning(
                "poll failed: \(failure)",
                metadata: ["source": "\(context.name)", "failures": "\(memory.failures)"])
        }
        if let moved = memory.movedTo, moved != movedBefore {
            context.log.notice(
                "the feed has moved for good and is polled there from now on; correct 'url'",
                metadata: ["source": "\(context.name)", "from": "\(url.redacted)", "to": "\(moved)"])
        }
    }

    /// Shows the state of things in `wirewatch status`.
    func report(next: Timestamp?) {
        var figures: [(name: String, value: String)] = [
            ("polls", String(memory.polls)), ("items", String(memory.items)), ("bytes_received", String(memory.bytes)),
        ]
        if memory.status != 0 { figures.append(("http_status", String(memory.status))) }
        if memory.polls304 > 0 { figures.append(("unmodified", "\(memory.polls304 * 100 / max(1, memory.polls)) %")) }
        if let time = memory.lastSuccess { figures.append(("last_success", time.rfc3339)) }
        if let time = memory.lastArrival { figures.append(("last_item", time.rfc3339)) }
        if let next { figures.append(("next_poll", next.rfc3339)) }
        figures.append(("interval", HumanUnits.text(.seconds(schedule.interval(memory).milliseconds / 1000))))
        figures.append(("failures_in_a_row", String(memory.failures)))
        if let moved = memory.movedTo { figures.append(("moved_to", moved)) }
        if restless > 0 { figures.append(("restless_items", String(restless))) }
        for (reason, count) in pageFailures.sorted(by: { $0.key < $1.key }) {
            figures.append(("page_\(reason)", String(count)))
        }
        context.report.update(figures)
    }
}
