public import WirewatchHTTP
public import WirewatchKit
internal import WirewatchPolling

/// How a sink reaches a receiver over HTTP: `url`, `headers`, `auth`, `proxy`, `client_certificate` and `timeout`.
public struct ReceiverOptions: Sendable {
    /// Nil when it is no URL, which is reported.
    public let url: HTTPURL?
    private let connection: ConnectionOptions

    public init(_ options: OptionReader) {
        url = ConnectionOptions.url(options)
        connection = ConnectionOptions(options)
    }

    /// - Parameters:
    ///   - url: what the URL is, in a sentence.
    ///   - example: one.
    public static func specs(url: String, example: String) -> [OptionSpec] {
        let kept: Set = ["headers", "auth", "proxy", "client_certificate"]
        return [
            OptionSpec("url", .string(), required: true, example: example, url)
        ] + ConnectionOptions.specs(of: "receiver", linked: "").filter { kept.contains($0.name) } + [
            OptionSpec(
                "timeout", .duration(.seconds(1)...(.seconds(600))), default: "30s",
                "The longest time for one attempt; one that takes longer is made again.")
        ]
    }

    /// A request with the receiver's credentials and limits.
    public func request(_ url: HTTPURL, _ method: HTTPRequest.Method, body: [UInt8], contentType: String) -> HTTPRequest
    {
        var request = connection.request(url, accept: "*/*")
        request.method = method
        request.body = body
        if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            request.headers.append(("Content-Type", contentType))
        }
        return request
    }
}
