#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A thread for work that blocks, which the pool of Swift's tasks must never do.
public enum OwnThread {
    /// Runs the work on a thread of its own, with all signals blocked (they are for the daemon's threads, and writing to
    /// whoever has gone raises SIGPIPE), and suspends until it is done.
    ///
    /// - Returns: nil when no thread can be had; the work was not begun then.
    public static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
        await withCheckedContinuation { continuation in
            let box = Box { continuation.resume(returning: work()) }
            if !box.start() { continuation.resume(returning: nil) }
        }
    }

    private final class Box: Sendable {
        private let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }

        func start() -> Bool {
            var thread = pthread_t()
            // Taken back by the thread, or here when there is none.
            let held = Unmanaged.passRetained(self)
            let code = pthread_create(
                &thread, nil,
                { context in
                    guard let context else { return nil }
                    var signals = sigset_t()
                    sigfillset(&signals)
                    pthread_sigmask(SIG_BLOCK, &signals, nil)
                    Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
                    return nil
                }, held.toOpaque())
            if code != 0 { held.release() } else { pthread_detach(thread) }
            return code == 0
        }
    }
}
