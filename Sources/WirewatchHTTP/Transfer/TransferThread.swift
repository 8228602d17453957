internal import CWirewatchCurl
internal import Glibc
internal import WirewatchKit

/// The thread that drives all transfers of a client by libcurl's multi interface, and between them runs the tasks that
/// prefer it.
///
/// Others reach it through `inbox` only; `multi` is used by them for curl_multi_wakeup alone, which libcurl allows from
/// any thread, and under the inbox's lock, so that it is not closed at that moment. The rest belongs to the thread.
final class TransferThread: TaskExecutor, @unchecked Sendable {
    private let options: HTTPClientOptions
    private let multi: UnsafeMutableRawPointer?
    private let inbox = Lock(Inbox())
    private var queue: HostQueue<Transfer>
    /// What libcurl works on, by easy handle.
    private var active: [UnsafeMutableRawPointer: Transfer] = [:]
    /// Handles at rest.
    private var spare: [EasyHandle] = []
    /// What has ended, until it is told.
    private var finished: [(transfer: Transfer, outcome: Transfer.Outcome)] = []

    private struct Inbox {
        var submitted: [Transfer] = []
        var cancelled: [Transfer] = []
        var jobs: [UnownedJob] = []
        var isStopped = false
        /// Whether the thread waits, and is to be woken.
        var isAsleep = false

        var isEmpty: Bool { submitted.isEmpty && cancelled.isEmpty && jobs.isEmpty && !isStopped }
    }

    /// libcurl's own set-up, once for the process (thread-safe since 7.84).
    static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    init(_ options: HTTPClientOptions) {
        self.options = options
        queue = HostQueue(maxActive: options.maxConnections, maxActivePerHost: options.maxConnectionsPerHost)
        multi = Self.isReady ? curl_multi_init() : nil
    }

    /// Starts the thread, which holds this object until ``stop()``.
    func start() {
        guard let multi else { return inbox.withLock { $0.isStopped = true } }
        _ = ww_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(1, options.idleConnections))
        // The queue keeps to the limits already; this closes idle connections of a host where more would be opened.
        _ = ww_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, max(1, options.maxConnectionsPerHost))
        var thread = pthread_t()
        let held = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil, transferThreadMain, held.toOpaque())
        guard code == 0 else {
            held.release()
            return inbox.withLock { $0.isStopped = true }
        }
        pthread_detach(thread)
    }

    /// Ends the thread; what is still at work is cancelled.
    func stop() {
        inbox.withLock { inbox in
            guard !inbox.isStopped else { return }
            inbox.isStopped = true
            wake(&inbox)
        }
    }

    private func wake(_ inbox: inout Inbox) {
        guard inbox.isAsleep else { return }
        inbox.isAsleep = false
        curl_multi_wakeup(multi)
    }

    func submit(_ transfer: Transfer) {
        let isTaken = inbox.withLock { inbox in
            guard !inbox.isStopped else { return false }
            inbox.submitted.append(transfer)
            wake(&inbox)
            return true
        }
        if isTaken { return }
        transfer.finish(
            .failure(
                transfer.fail(
                    .unavailable, "the HTTP client cannot start its thread", "see the limits on memory and threads")))
    }

    func cancel(_ transfer: Transfer) {
        inbox.withLock { inbox in
            guard !inbox.isStopped else { return }
            inbox.cancelled.append(transfer)
            wake(&inbox)
        }
    }

    /// Takes a part of a task; once the thread ends, the shared pool does.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isTaken = inbox.withLock { inbox in
            guard !inbox.isStopped else { return false }
            inbox.jobs.append(job)
            wake(&inbox)
            return true
        }
        if !isTaken { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
    }

    // MARK: On the thread

    fileprivate func run() {
        // Signals are for the daemon's own threads; and OpenSSL would raise SIGPIPE where a peer has gone.
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        // libcurl converts internationalised names from the thread's character set.
        let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
        if let locale { uselocale(locale) }
        defer { if let locale { freeLocale(locale) } }
        while true {
            runJobs()
            guard takeInbox() else { break }
            startWaiting()
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            readMessages()
            // What ended makes room for others, which libcurl starts at once: it does not wait while something is due.
            startWaiting()
            tellFinished()
            guard fallAsleep() else { continue }
            let code = curl_multi_poll(multi, nil, 0, active.isEmpty ? 60_000 : 1_000, nil)
            // Out of memory: no reason to spin until there is some.
            if code != CURLM_OK { usleep(20_000) }
        }
        shutDown()
    }

    /// Rounds of jobs before transfers get their turn again: most jobs make further ones, whose requests then go out together.
    private static let jobRounds = 8

    private func runJobs() {
        let executor = asUnownedTaskExecutor()
        for _ in 0..<Self.jobRounds {
            let jobs = inbox.withLock { inbox -> [UnownedJob] in
                inbox.isAsleep = false
                guard !inbox.isStopped else { return [] }
                defer { inbox.jobs = [] }
                return inbox.jobs
            }
            if jobs.isEmpty { return }
            for job in jobs { job.runSynchronously(on: executor) }
        }
    }

    /// False when something came meanwhile.
    private func fallAsleep() -> Bool {
        inbox.withLock { inbox in
            inbox.isAsleep = inbox.isEmpty
            return inbox.isAsleep
        }
    }

    /// False when the thread is to end.
    private func takeInbox() -> Bool {
        let taken = inbox.withLock { inbox in
            let taken = inbox
            inbox.submitted = []
            inbox.cancelled = []
            if inbox.isStopped { inbox.jobs = [] }
            return taken
        }
        if taken.isStopped { for job in taken.jobs { globalConcurrentExecutor.enqueue(ExecutorJob(job)) } }
        for transfer in taken.submitted {
            transfer.isSubmitted = true
            queue.add(transfer, host: transfer.hop.hostKey)
        }
        // One that is cancelled before it is submitted is cancelled again after that.
        for transfer in taken.cancelled where transfer.isSubmitted && !transfer.isDone { cancelNow(transfer) }
        return !taken.isStopped
    }

    private func cancelNow(_ transfer: Transfer) {
        if let easy = transfer.easy { release(easy, of: transfer) }
        transfer.finish(.failure(Self.cancelled(transfer)))
    }

    private static func cancelled(_ transfer: Transfer) -> HTTPError {
        HTTPError(.cancelled, url: transfer.hop.url.redacted, detail: "cancelled", remedy: "")
    }

    private func startWaiting() {
        while let transfer = queue.next() {
            // A transfer cancelled while it waited is only passed over now.
            if transfer.isDone || !begin(transfer) { queue.finished(host: transfer.hop.hostKey) }
        }
    }

    /// Starts the hop of a transfer that has its turn; false when the transfer is over instead.
    private func begin(_ transfer: Transfer) -> Bool {
        transfer.queued = ContinuousClock.now - transfer.created - transfer.elapsed
        transfer.prepareHop()
        do throws(HTTPError) {
            try transfer.checkAddress()
            guard let easy = spare.popLast() ?? EasyHandle(options) else {
                throw transfer.fail(.unavailable, "no memory for a transfer", "give the process more memory")
            }
            do throws(HTTPError) { try transfer.configure(easy, options: options) } catch {
                keep(easy)
                throw error
            }
            guard curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else {
                throw transfer.fail(.unavailable, "libcurl takes no further transfer", "lower max_connections")
            }
            transfer.easy = easy
            active[easy.pointer] = transfer
            return true
        } catch {
            if let onHop = transfer.request.onHop {
                var hop = HTTPHop(transfer.hop.url)
                hop.error = error
                onHop(hop)
            }
            transfer.finish(.failure(error))
            return false
        }
    }

    /// Takes in all transfers that ended.
    private func readMessages() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle,
                let transfer = active[pointer], let easy = transfer.easy
            else { continue }
            // The message does not outlive the handle's removal.
            let result = ww_message_result(message)
            let host = transfer.hop.hostKey
            let step = transfer.conclude(result, easy, now: SystemClock().now())
            release(easy, of: transfer, host: host)
            switch step {
            case .done(let outcome): finished.append((transfer, outcome))
            case .redirected: queue.add(transfer, host: transfer.hop.hostKey)
            }
        }
    }

    /// Tells those who wait, all of a round in one go: each by itself would wake a thread, which then finds no work.
    private func tellFinished() {
        for (transfer, outcome) in finished { transfer.finish(outcome) }
        finished.removeAll(keepingCapacity: true)
    }

    /// Takes a transfer off libcurl.
    private func release(_ easy: EasyHandle, of transfer: Transfer, host: String? = nil) {
        curl_multi_remove_handle(multi, easy.pointer)
        active[easy.pointer] = nil
        transfer.easy = nil
        queue.finished(host: host ?? transfer.hop.hostKey)
        keep(easy)
    }

    private func keep(_ easy: EasyHandle) {
        // Forgets secrets and the transfer, whether it is kept or not.
        if easy.reset(options), spare.count < options.maxConnections { spare.append(easy) }
    }

    private func shutDown() {
        for transfer in Array(active.values) { cancelNow(transfer) }
        for transfer in queue.removeWaiting() { cancelNow(transfer) }
        spare = []
        curl_multi_cleanup(multi)
    }
}

private func transferThreadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // Balances the retain in start().
    guard let context else { return nil }
    Unmanaged<TransferThread>.fromOpaque(context).takeRetainedValue().run()
    return nil
}

/// A locale may not be freed while the thread uses it.
private func freeLocale(_ locale: locale_t) {
    // LC_GLOBAL_LOCALE, a cast macro that is not imported: ((locale_t) -1L).
    uselocale(OpaquePointer(bitPattern: -1).map { unsafeBitCast($0, to: locale_t.self) })
    freelocale(locale)
}
