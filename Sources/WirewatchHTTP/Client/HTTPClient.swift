/// Fetches over HTTP: one thread drives all transfers, over kept connections, within limits.
///
/// Cookies are off and the environment's proxies are ignored. Requests to one host take turns, hosts do too. Dropping the
/// last reference ends the thread.
public final class HTTPClient: Sendable {
    public let options: HTTPClientOptions
    let thread: TransferThread

    public init(_ options: HTTPClientOptions) {
        self.options = options
        thread = TransferThread(options)
        thread.start()
    }

    deinit { thread.stop() }

    /// Runs tasks on the client's own thread, between its transfers: for tasks that do little but fetch, and would
    /// otherwise wake another thread for every reply.
    ///
    /// All transfers wait while such a task is at work. What takes more than a millisecond, as reading a long reply does, is
    /// for a `@concurrent` function under `withTaskExecutorPreference(globalConcurrentExecutor)`: an actor's work may stay
    /// with the thread that began with it. Once the client is gone, the shared pool runs them.
    public var executor: any TaskExecutor { thread }

    /// Makes one exchange, following redirects. Any status is a response; an error means that there was no whole reply,
    /// or one without sense (a 304 to a request that named no version).
    ///
    /// Cancelling the task ends the transfer at once, with ``HTTPError/Kind/cancelled``.
    public nonisolated(nonsending) func fetch(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let transfer = Transfer(request)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.continuation = continuation
                thread.submit(transfer)
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled { thread.cancel(transfer) }
            }
        } onCancel: {
            thread.cancel(transfer)
        }
        return try outcome.get()
    }
}
