import Glibc

/// A POSIX thread that runs one closure to its end.
///
/// Workers and the committer block: on locks, on fsync, on full disks. The threads of Swift's concurrency pool must
/// not, so these have their own.
final class EngineThread: Sendable {
    private let finished = Monitor(false)

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// - Parameter name: at most 15 bytes, shown by `ps -L` and debuggers.
    init(_ name: String, _ body: @escaping @Sendable () -> Void) throws {
        let finished = finished
        let start = Start(name: name) {
            body()
            finished.update { $0 = true }
        }
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        // Stages may be deep in C libraries; the default of 8 MiB is address space, not memory.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(start)
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                // Balances the retain of pthread_create's caller; never null, for it is passed below.
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                nameThisThread(start.name)
                start.body()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            throw EngineError("cannot start thread '\(name)': \(String(cString: strerror(code)))")
        }
    }

    /// Blocks until the closure has returned; false when that takes longer than `timeout`.
    func join(timeout: Duration = .seconds(86_400)) -> Bool {
        finished.wait(timeout: timeout) { $0 ? true : nil } ?? false
    }
}

/// Why the engine cannot start or go on: what, where and what to do.
public struct EngineError: Error, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// Names the calling thread by procfs, for the Glibc module has no `pthread_setname_np`. A thread without a name does
/// its work as well, so a failure is let go.
private func nameThisThread(_ name: String) {
    guard let file = fopen("/proc/thread-self/comm", "w") else { return }
    fputs(String(name.prefix(15)), file)
    fclose(file)
}
