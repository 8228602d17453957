import Glibc
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit

/// Fetches for a command, with the client of the daemon and its manners, and shows the exchange when asked to.
struct WebFetcher {
    let connection: SourceConnection
    let isVerbose: Bool

    init(_ connection: SourceConnection, isVerbose: Bool) {
        self.connection = connection
        self.isVerbose = isVerbose
    }

    /// Whether an argument is an address and not a file.
    static func isAddress(_ text: String) -> Bool {
        let start = text.prefix(8).lowercased()
        return start.hasPrefix("http://") || start == "https://"
    }

    /// - Throws: ``WebError`` when there is no reply, or one that is an error.
    func fetch(_ address: String) throws(WebError) -> HTTPResponse {
        let url: HTTPURL
        do throws(HTTPError) { url = try HTTPURL(address) } catch { throw WebError(error) }
        var request = connection.request(url)
        if isVerbose {
            let text = ExchangeText(Terminal.text(for: STDERR_FILENO))
            request.onHop = { hop in _ = StandardOutput.writeAll(Array(text.lines(hop).utf8), to: STDERR_FILENO) }
        }
        let prepared = request
        let result = waiting { () async -> Result<HTTPResponse, HTTPError> in
            do throws(HTTPError) { return .success(try await PoliteClient.shared.fetch(prepared)) } catch {
                return .failure(error)
            }
        }
        switch result {
        case .failure(let error): throw WebError(error)
        case .success(let response):
            guard [200, 203, 226].contains(response.status) else { throw WebError(response) }
            return response
        }
    }

    /// What the site's robots.txt says of an address.
    func robots(_ url: HTTPURL) -> RobotsTXT {
        let request = connection.request(url)
        return waiting { await PoliteClient.shared.robots(for: request) }
    }

    /// Shows what a reply means for polling.
    func explain(_ response: HTTPResponse, schedule: FeedSchedule?) {
        guard isVerbose else { return }
        let verdict = PollVerdict(response, schedule: schedule, connection: connection, robots: robots(response.url))
        let text = ExchangeText(Terminal.text(for: STDERR_FILENO))
        _ = StandardOutput.writeAll(Array(text.remarks(verdict.lines).utf8), to: STDERR_FILENO)
    }
}

/// Why something could not be fetched, with the exit code that says so.
struct WebError: Error, CustomStringConvertible {
    let code: Failure.Code
    let description: String

    init(_ error: HTTPError) {
        var error = error
        if case .forbiddenAddress = error.kind {
            error.remedy =
                "if that is meant, add --allow-private-addresses (in a configuration, allow_private_addresses)"
        }
        description = error.description
        code =
            switch error.kind {
            case .badURL, .badRequest: .usage
            case .timeout, .interrupted, .unavailable, .cancelled: .temporary
            case .resolve, .connect, .proxy, .tls, .forbiddenAddress: .unavailable
            case .tooLarge, .tooManyRedirects, .redirectLoop, .badRedirect, .protocolViolation: .dataError
            }
    }

    /// A reply that is an error.
    init(_ response: HTTPResponse) {
        let now = SystemClock().now()
        var text = "\(response.url.redacted): the server says \(response.status)"
        switch response.status {
        case 401: text += " Unauthorized; it wants credentials (option 'auth' of the source)"
        case 403: text += " Forbidden; it may block readers without 'contact', or want 'auth'"
        case 404: text += " Not Found; see whether the address is right"
        case 410: text += " Gone; it is no more"
        case 429: text += " Too Many Requests; ask it less often"
        case 500...: text += "; its operator has a problem"
        default: text += ", which is neither a feed nor a page"
        }
        if let delay = RetryAfter.delay(response.headers["retry-after"], now: now) {
            text += " (it asks to wait \(HumanUnits.text(delay)))"
        }
        description = text
        code = response.status == 429 || response.status >= 500 ? .temporary : .unavailable
    }
}
