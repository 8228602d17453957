internal import WirewatchKit

/// The robots.txt of each site, fetched once a day at most (RFC 9309, 2.4), however many ask for it at once.
actor RobotsCache {
    private struct Entry {
        var rules: Task<Answer, Never>
        /// Nil while it is being fetched.
        var expires: Timestamp?
    }

    private struct Answer: Sendable {
        var rules: RobotsTXT
        var lifetime: Duration
    }

    /// Sites remembered; beyond that those that expire first go.
    static let maxSites = 4096

    private let clock: any WirewatchClock
    private var entries: [String: Entry] = [:]

    init(clock: any WirewatchClock) { self.clock = clock }

    /// The rules of the site of a page that is to be fetched.
    func rules(
        for page: HTTPRequest, fetch: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async -> RobotsTXT {
        let origin = page.url.origin
        let time = clock.now()
        if let entry = entries[origin], entry.expires.map({ time < $0 }) ?? true {
            return await entry.rules.value.rules
        }
        makeRoom()
        // Not a child of whoever asks first: the others wait for it too.
        let task = Task { await Self.load(page, fetch) }
        entries[origin] = Entry(rules: task)
        let answer = await task.value
        entries[origin]?.expires = clock.now() + answer.lifetime
        return answer.rules
    }

    private static func load(
        _ page: HTTPRequest, _ fetch: @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) async -> Answer {
        // A failure is asked about again soon; what is known is kept for a day.
        let unreachable = Answer(rules: .disallowAll, lifetime: .seconds(600))
        guard let url = try? page.url.resolving("/robots.txt") else { return unreachable }
        var request = HTTPRequest(url)
        request.limits = page.limits
        request.limits.bodyBytes = 4 << 20
        request.limits.redirects = 5
        request.tls = page.tls
        request.proxy = page.proxy
        request.allowsPrivateAddresses = page.allowsPrivateAddresses
        request.userAgent = page.userAgent
        do {
            let response = try await fetch(request)
            let isFailure = response.status == 429 || response.status >= 500
            return Answer(
                rules: RobotsTXT(status: response.status, body: response.body),
                lifetime: .seconds(isFailure ? 600 : 86_400))
        } catch let error as HTTPError where error.kind == .tooManyRedirects || error.kind == .redirectLoop {
            return Answer(rules: .allowAll, lifetime: .seconds(86_400))
        } catch {
            return unreachable
        }
    }

    private func makeRoom() {
        guard entries.count >= Self.maxSites else { return }
        let byAge = entries.compactMap { key, entry in entry.expires.map { (key, $0) } }.sorted { $0.1 < $1.1 }
        for (key, _) in byAge.prefix(Self.maxSites / 4) { entries[key] = nil }
    }
}
