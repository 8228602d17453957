/// Fetches over HTTP: one thread drives all transfers, over kept connections, within limits.
///
/// Cookies are off and the environment's proxies are ignored. Requests to one host take turns, hosts do too. Dropping the
/// last reference ends the thread.
public final class HTTPClient: Sendable {
    public let options: HTTPClientOptions

    public init(_ options: HTTPClientOptions) {
        self.options = options
    }

    /// Makes one exchange, following redirects. Any status is a response; an error means that there was no whole reply.
    ///
    /// Cancelling the task ends the transfer at once, with ``HTTPError/Kind/cancelled``.
    public func fetch(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        throw HTTPError(.cancelled, url: request.url.redacted, detail: "", remedy: "")
    }
}
