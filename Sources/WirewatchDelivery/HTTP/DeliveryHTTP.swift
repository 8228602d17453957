public import WirewatchHTTP
public import WirewatchKit

/// How delivering sinks reach servers: a client of their own, for the politeness of fetching is of no use to a receiver that
/// we were told to call.
///
/// The URL is the operator's own word and redirects are not followed, so that private and loopback addresses are allowed:
/// receivers on the same machine or network are the rule.
public enum DeliveryHTTP {
    /// The client of all delivering sinks of the process; its thread starts with the first request.
    public static let client = HTTPClient(HTTPClientOptions(version: wirewatchVersion))

    /// Makes one attempt, and says what its outcome means: 2xx is done; 408, 425, 429, 5xx and a network that fails come
    /// again; any other status would come again for ever.
    public static func deliver(_ request: HTTPRequest, now: Timestamp) async -> DeliveryResult {
        var request = request
        request.allowsPrivateAddresses = true
        request.limits.redirects = 0
        request.limits.bodyBytes = 64 << 10
        // A receiver takes its time with a reply of a few bytes.
        request.limits.lowSpeed = 0
        do throws(HTTPError) {
            return judge(try await client.fetch(request), now: now)
        } catch {
            return judge(error, origin: request.url.origin)
        }
    }

    static func judge(_ response: HTTPResponse, now: Timestamp) -> DeliveryResult {
        let status = response.status
        if (200...299).contains(status) { return .delivered }
        let text = "\(response.url.origin) answered \(status)\(excerpt(response.body))"
        let after = RetryAfter.delay(response.headers["retry-after"], now: now, bounds: .zero ... .seconds(86_400))
        switch status {
        case 408, 425, 429, 503: return .failed(text, after: after, blames: .receiver)
        case 500...599: return .failed(text, after: after, blames: .notice)
        case 300...399: return .refused("\(text); redirects are not followed: configure the address where it leads")
        default: return .refused(text)
        }
    }

    /// - Parameter origin: in place of the URL, whose path may be a secret.
    static func judge(_ error: HTTPError, origin: String) -> DeliveryResult {
        let text = "\(origin): \(error.detail)" + (error.remedy.isEmpty ? "" : "; \(error.remedy)")
        switch error.kind {
        case .badURL, .badRequest: return .refused(text)
        // The receiver took it, and its reply says 2xx or not; we cannot know, and so it comes again with the same key.
        default: return .failed(text, after: nil, blames: .receiver)
        }
    }

    /// The beginning of what the receiver said, on one line.
    private static func excerpt(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(200).map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
            .split(separator: " ").joined(separator: " ")
        return text.isEmpty ? "" : ": " + TerminalText.safe(text)
    }
}
