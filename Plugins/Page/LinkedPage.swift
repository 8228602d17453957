import WirewatchHTTP
import WirewatchKit
import WirewatchMarkup
import WirewatchPolling

/// The page of an article, and which article it is.
struct LinkedPage: Sendable {
    var content: Document.Content
    /// Where it was found, after redirects.
    var url: HTTPURL
    /// The one address of the article: what the page calls canonical, or where it was found.
    var canonical: String

    /// Refreshes of a page (`<meta http-equiv=refresh>`) that are followed.
    private static let mostRefreshes = 2
    /// A page that goes on after longer is read by people.
    private static let longestRefresh = 10

    /// Why a page cannot be had.
    struct Problem: Error {
        var reason: String
        /// Whether asking again is of no use.
        var isFinal: Bool
        /// One word, for counting.
        var word: String
        var retryAfter: Duration?
        /// Whether the server as a whole is in trouble or asks for patience, so that its other pages wait too.
        var isOfServer = false
    }

    /// Fetches a page where robots.txt allows it.
    /// - Parameters:
    ///   - index: the page that links to it.
    ///   - origin: of the configured URL.
    /// - Throws: ``Problem``, or `CancellationError`.
    static func fetch(
        _ url: HTTPURL, index: HTTPURL, origin: String, by connection: ConnectionOptions, _ fetcher: PollFetcher,
        now: Timestamp
    ) async throws -> LinkedPage {
        var target = url
        for _ in 0...mostRefreshes {
            let response = try await get(target, origin: origin, by: connection, fetcher, now: now)
            if response.redirects > 0, isStart(response.url) || response.url.text == index.text,
                target.text != index.text
            {
                throw Problem(
                    reason: "\(target.redacted): it leads to \(response.url.redacted), which is no article",
                    isFinal: false,
                    word: "content")
            }
            let type: ContentType
            do throws(PageMistake) {
                type = try PageContent.type(of: response)
            } catch {
                throw Problem(reason: "\(response.url.redacted): \(error)", isFinal: true, word: "content")
            }
            guard type.essence != "text/plain" else {
                return LinkedPage(
                    content: Document.Content(bytes: response.body, type: type), url: response.url,
                    canonical: CanonicalURL(response.url).text)
            }
            let links = PageLinks(html: response.body, charset: type.charset, url: response.url.text)
            if let refresh = links.refresh, refresh.seconds <= longestRefresh, let next = try? HTTPURL(refresh.url),
                next.text != response.url.text, next.text != target.text
            {
                target = next
                continue
            }
            return LinkedPage(
                content: Document.Content(bytes: response.body, type: type), url: response.url,
                canonical: canonical(links.canonical, of: response.url, index: index))
        }
        throw Problem(
            reason: "\(url.redacted): it leads from page to page and never arrives", isFinal: true, word: "content")
    }

    /// What a page calls its canonical address, if that can be true: an address of the site, neither its start page nor the
    /// list that links to the article, which careless templates name on every page.
    static func canonical(_ named: String?, of url: HTTPURL, index: HTTPURL) -> String {
        let own = CanonicalURL(url, ownHosts: [index.host]).text
        guard let named, let canonical = try? url.resolving(named), LinkFilter.isSameSite(canonical.host, url.host)
        else { return own }
        let text = CanonicalURL(canonical, ownHosts: [index.host]).text
        if isStart(canonical) || text == CanonicalURL(index, ownHosts: [index.host]).text { return own }
        return text
    }

    private static func isStart(_ url: HTTPURL) -> Bool { url.path == "/" && url.query == nil }

    private static func get(
        _ url: HTTPURL, origin: String, by connection: ConnectionOptions, _ fetcher: PollFetcher, now: Timestamp
    ) async throws -> HTTPResponse {
        let request = connection.request(url, linkedFrom: origin, accept: PageContent.accept)
        do {
            let response = try await fetcher.page(request, connection.agent)
            guard response.status == 200 || response.status == 203 else {
                let wait = RetryAfter.delay(response.headers["retry-after"], now: now)
                throw Problem(
                    reason: "\(url.redacted): the server says \(response.status)",
                    isFinal: response.status == 410 || response.status == 451, word: "status",
                    retryAfter: wait,
                    isOfServer: response.status == 429 || (response.status == 503 && wait != nil))
            }
            return response
        } catch let refusal as PageRefusal {
            throw Problem(reason: "\(refusal)", isFinal: true, word: "robots")
        } catch let error as HTTPError {
            if error.kind == .cancelled { throw CancellationError() }
            throw Problem(
                reason: "\(error)", isFinal: !error.isTransient, word: PageProblem.reason(error),
                isOfServer: error.kind == .resolve || error.kind == .connect)
        }
    }
}
