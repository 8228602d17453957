import WirewatchDigest
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// Reading of the sitemap that is polled, and of those that it leads to.
extension SitemapSession {
    /// All sitemaps that one poll reads may have so many times `max_size` together.
    private static let totalSizes = 8
    private static let accept = "application/xml, text/xml, application/gzip;q=0.9, text/plain;q=0.8, */*;q=0.5"

    private var isRobots: Bool { url.path == "/" && url.query == nil || url.path == "/robots.txt" }

    /// Reads what changed; what is new is added to `fresh`.
    func read(_ fresh: inout FreshPages) async throws -> PollSchedule.Outcome {
        var left = options.connection.limits.bodyBytes * Self.totalSizes
        let outcome: PollSchedule.Outcome
        do throws(HTTPError) {
            outcome = try await readRoot(&fresh, &left)
        } catch {
            if error.kind == .cancelled { throw CancellationError() }
            return PollSchedule.Outcome(error)
        }
        switch outcome {
        case .refused, .failed: return outcome
        case .content, .unmodified: break
        }
        let (read, failure) = try await readChildren(&fresh, &left)
        if let failure, read == 0 { return .failed(failure, isUnreachable: false) }
        if site.started == nil { start() }
        return outcome
    }

    /// From now on what comes is new. What was listed and not read was there before.
    private func start() {
        let now = context.clock.now()
        site.started = now
        for (key, node) in nodes where !node.hasBeenRead && key != rootKey {
            nodes[key]?.since = now
            nodes[key]?.readAt = node.listed
        }
    }

    // MARK: The one that is polled

    private func readRoot(
        _ fresh: inout FreshPages, _ left: inout Int
    ) async throws(HTTPError) -> PollSchedule.Outcome {
        let now = context.clock.now()
        let configured = isRobots ? try url.resolving("/robots.txt") : url
        let target = memory.movedTo.flatMap { try? HTTPURL($0) } ?? configured
        var request = options.connection.request(target, accept: isRobots ? "text/plain, */*;q=0.5" : Self.accept)
        // What was not worked in is wanted whole.
        request.validators = site.started == nil ? Validators() : schedule.validators(memory, now: now)
        let response = try await fetcher.document(request)
        var reply = PollSchedule.Reply(
            response, to: request, configured: configured, validators: memory.validators, now: now)
        // How long robots.txt is good for says nothing of the sitemaps.
        if isRobots { reply.freshness = nil }
        if response.status == 304 { return .unmodified(reply) }
        // A site without robots.txt names no sitemaps.
        let isMissing = isRobots && (400..<500).contains(response.status) && response.status != 429
        guard reply.hasContent || isMissing else { return .refused(reply) }
        if isMissing { reply.validators = Validators() }
        let digest = SHA256.identifier(of: response.body)
        if digest == memory.bodyDigest, site.started != nil { return .content(reply, arrivals: 0, hints: nil) }
        var node = nodes[rootKey] ?? SitemapNode(url: url.text, id: freeID(), parent: 0, depth: 0)
        node.asked = now
        nodes[rootKey] = node
        if isRobots {
            site.takeIn(response.url)
            let lines = isMissing ? [] : RobotsTXT(response.body).sitemaps
            let entries = (lines.isEmpty ? ["/sitemap.xml"] : lines).compactMap { line in
                (try? response.url.resolving(line)).map { SitemapEntry(url: $0.text) }
            }
            list(entries, under: node, rootAnswers: true)
        } else {
            do {
                let sitemap = try sitemap(response, &left)
                site.takeIn(response.url)
                takeIn(sitemap, node, &fresh)
                nodes[rootKey]?.hasBeenRead = true
            } catch {
                return .failed(Self.explanation(error, response), isUnreachable: false)
            }
        }
        memory.bodyDigest = digest
        return .content(reply, arrivals: 0, hints: PollHints())
    }

    private func sitemap(_ response: HTTPResponse, _ left: inout Int) throws -> Sitemap {
        left -= response.body.count
        let bytes = try SitemapBody.decompressed(response.body, limit: options.connection.limits.bodyBytes)
        left -= bytes.count - response.body.count
        return try SitemapReader.read(
            bytes,
            options: SitemapReaderOptions(
                url: response.url.text, contentType: response.headers["content-type"]))
    }

    private static func explanation(_ error: any Error, _ response: HTTPResponse) -> String {
        let type = response.headers["content-type"].map { ContentType(header: $0).essence } ?? "no content type"
        return
            "\(response.url.redacted): the reply (\(type), \(response.body.count) bytes) is no sitemap: \(error); open the URL to see what it sends"
    }

    // MARK: Those that are listed

    /// Reads what is due, indexes before what they list. Returns how many could be read or had not changed, and why the
    /// first of the others could not.
    private func readChildren(
        _ fresh: inout FreshPages, _ left: inout Int
    ) async throws -> (read: Int, failure: String?) {
        var asked: Set<UInt64> = []
        var read = 0
        var failure: String?
        while asked.count < options.maxSitemaps, left > 0 {
            let wave = due(except: asked).prefix(options.maxSitemaps - asked.count)
            guard !wave.isEmpty else { break }
            for key in wave where left > 0 {
                asked.insert(key)
                guard let node = nodes[key] else { continue }
                if let problem = try await readChild(node, &fresh, &left) {
                    failure = failure ?? problem
                    account.count("sitemap_failures")
                    nodes[key]?.failures += 1
                    context.log.warning(
                        "a sitemap could not be read: \(problem)", metadata: ["source": "\(context.name)"])
                } else {
                    read += 1
                }
            }
        }
        return (read, failure)
    }

    /// Keys of the sitemaps to be asked for, the most urgent first.
    private func due(except asked: Set<UInt64>) -> [UInt64] {
        let now = context.clock.now()
        let none = Timestamp(milliseconds: .min)
        return nodes.compactMap { key, node in
            guard key != rootKey, !asked.contains(key), let urgency = node.urgency(now: now) else { return nil }
            let date = node.listed.flatMap { DateReader.readWhole($0) }?.timestamp
            return (key, urgency, date ?? none, node.asked ?? none, node.id)
        }.sorted { (a: (UInt64, SitemapNode.Urgency, Timestamp, Timestamp, UInt16), b) in
            if a.1 != b.1 { return a.1 < b.1 }
            if a.2 != b.2 { return a.2 > b.2 }
            return (a.3, a.4) < (b.3, b.4)
        }.map(\.0)
    }

    /// Returns why it could not be read, or nil.
    private func readChild(_ node: SitemapNode, _ fresh: inout FreshPages, _ left: inout Int) async throws -> String? {
        let now = context.clock.now()
        nodes[node.key]?.asked = now
        let response: HTTPResponse
        do throws(HTTPError) {
            let target = try HTTPURL(node.url)
            var request = options.connection.request(target, linkedFrom: url.origin, accept: Self.accept)
            request.limits.bodyBytes = min(request.limits.bodyBytes, max(1024, left))
            if node.hasBeenRead { request.validators = node.validators }
            response = try await fetcher.document(request)
        } catch {
            if error.kind == .cancelled { throw CancellationError() }
            return error.description
        }
        memory.bytes += response.sizes.wire
        guard response.status == 304 || response.status == 200 || response.status == 203 else {
            return "\(response.url.redacted): the server says \(response.status)"
        }
        var read = node
        read.asked = now
        read.validators = response.validators(after: node.validators)
        if response.status != 304 {
            let digest = SHA256.identifier(of: response.body)
            if digest != node.bodyDigest || !node.hasBeenRead {
                do {
                    takeIn(try sitemap(response, &left), node, &fresh)
                } catch {
                    return Self.explanation(error, response)
                }
            }
            read.bodyDigest = digest
        }
        read.readAt = read.listed
        read.hasBeenRead = true
        read.since = nil
        read.failures = 0
        nodes[node.key] = read
        return nil
    }

    func freeID() -> UInt16 {
        var id: UInt16 = 0
        let used = Set(nodes.values.map(\.id))
        while used.contains(id) { id &+= 1 }
        return id
    }
}
