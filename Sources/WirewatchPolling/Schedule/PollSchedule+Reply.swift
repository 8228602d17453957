public import WirewatchHTTP
public import WirewatchKit

extension PollSchedule.Reply {
    /// What a reply means for the schedule.
    /// - Parameters:
    ///   - request: what was asked; a move from https to http is not remembered.
    ///   - url: the configured URL.
    ///   - validators: those sent, which a 304 leaves as they are.
    public init(
        _ response: HTTPResponse, to request: HTTPRequest, configured url: HTTPURL, validators: Validators,
        now: Timestamp
    ) {
        self.init(status: response.status)
        bytes = response.sizes.wire
        freshness = Freshness(response.headers, now: now).lifetime
        retryAfter = RetryAfter.delay(response.headers["retry-after"], now: now)
        if let moved = response.permanentURL, !(request.url.scheme == .https && moved.scheme == .http) {
            permanentURL = moved.text
            staysOnOrigin = moved.origin == url.origin
        }
        switch response.status {
        case 304: self.validators = response.validators(after: validators)
        case 200, 203, 226: self.validators = response.validators()
        default: break
        }
    }

    /// Whether there is a body to be read.
    public var hasContent: Bool { status == 200 || status == 203 || status == 226 }
}

extension PollSchedule.Outcome {
    /// No reply came.
    public init(_ error: HTTPError) {
        let isUnreachable =
            switch error.kind {
            case .resolve, .connect, .proxy, .unavailable: true
            case .timeout(let phase): phase == .resolve || phase == .connect
            default: false
            }
        self = .failed(error.description, isUnreachable: isUnreachable)
    }
}
