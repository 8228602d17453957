import Glibc
import Synchronization
import WirewatchCompression

/// Compresses archives, one at a time, on a thread of low priority that lives as long as there is something to do.
///
/// `start` and `stop` are called by the log's thread alone; the job runs on its own.
final class Compressor: Sendable {
    /// What became of a job.
    enum Outcome: Sendable { case done(from: Int, to: Int), failed(String) }

    private struct State {
        var thread: pthread_t?
        var outcome: Outcome?
    }

    private let state = Mutex(State())
    private let isCancelled = Atomic(false)
    private let files: any FileSystem
    private let mode: UInt32
    /// For tests, which want to know where they are: the job runs within `start`.
    private let runsInline: Bool

    init(files: any FileSystem, mode: UInt32, runsInline: Bool = false) {
        self.files = files
        self.mode = mode
        self.runsInline = runsInline
    }

    var isBusy: Bool { state.withLock { $0.thread != nil } }

    /// Begins to compress a file of a folder, unless a job is still running.
    func start(_ name: String, in names: LogNames) {
        guard !isBusy else { return }
        let job = Job(compressor: self, source: names.path(name), folder: names.folder)
        if runsInline {
            let outcome = run(job)
            state.withLock { $0.outcome = outcome }
            return
        }
        var thread = pthread_t()
        // The thread takes the reference back.
        let code = pthread_create(&thread, nil, runCompressionJob, Unmanaged.passRetained(job).toOpaque())
        if code == 0 {
            state.withLock { $0.thread = thread }
        } else {
            Unmanaged.passUnretained(job).release()
            state.withLock { $0.outcome = .failed("cannot start a thread: \(String(cString: strerror(code)))") }
        }
    }

    /// What the last job came to, once, when it has ended.
    func collect() -> Outcome? {
        let (outcome, thread) = state.withLock { state -> (Outcome?, pthread_t?) in
            guard let outcome = state.outcome else { return (nil, nil) }
            let thread = state.thread
            state = State()
            return (outcome, thread)
        }
        if let thread { pthread_join(thread, nil) }
        return outcome
    }

    /// Ends a running job early; its archive stays plain and is compressed after the next start.
    func stop() {
        isCancelled.store(true, ordering: .relaxed)
        if let thread = state.withLock({ $0.thread }) { pthread_join(thread, nil) }
        state.withLock { $0 = State() }
    }

    fileprivate final class Job: Sendable {
        let compressor: Compressor
        let source: String
        let folder: String

        init(compressor: Compressor, source: String, folder: String) {
            self.compressor = compressor
            self.source = source
            self.folder = folder
        }

        func run() {
            let outcome = compressor.run(self)
            compressor.state.withLock { $0.outcome = outcome }
        }
    }

    /// source -> source.gz.tmp -> sync -> source.gz -> unlink source -> sync folder: a complete name is a complete file.
    private func run(_ job: Job) -> Outcome {
        let temporary = job.source + ".gz.tmp"
        do {
            let input = try files.open(job.source, O_RDONLY, mode: 0)
            defer { files.close(input) }
            try files.unlinkIfPresent(temporary)
            let output = try files.open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
            defer { files.close(output) }
            let sizes: (from: Int, to: Int)
            do {
                sizes = try compress(input, output)
                try files.sync(output)
                try files.rename(temporary, to: job.source + ".gz")
            } catch {
                try? files.unlink(temporary)
                throw error
            }
            do {
                // The name must be durable before the only other copy goes.
                try files.syncFolder(job.folder)
                try files.unlinkIfPresent(job.source)
            } catch {
                // One of the two has to go, so that no reader meets the records twice.
                try? files.unlink(job.source + ".gz")
                throw error
            }
            // When this fails and the power too, both names are back, and the next start deletes one.
            try? files.syncFolder(job.folder)
            return .done(from: sizes.from, to: sizes.to)
        } catch {
            return .failed("\(error)")
        }
    }

    private func compress(_ input: Int32, _ output: Int32) throws -> (from: Int, to: Int) {
        let stream = try GzipStream()
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        var compressed: [UInt8] = []
        var (from, to) = (0, 0)
        while true {
            if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
            let count = try files.read(input, into: &buffer, at: from)
            if count == 0 { break }
            try stream.append(buffer.span.bytes.extracting(0..<count), to: &compressed)
            to += try write(compressed, output)
            compressed.removeAll(keepingCapacity: true)
            from += count
        }
        try stream.finish(to: &compressed)
        to += try write(compressed, output)
        return (from, to)
    }

    private func write(_ bytes: [UInt8], _ output: Int32) throws -> Int {
        var done = 0
        while done < bytes.count { done += try files.write(output, bytes.span.bytes.extracting(done..<bytes.count)) }
        return done
    }
}

/// A thread's entry: global, so that it belongs to no actor.
private func runCompressionJob(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // On Linux a priority of "process 0" is that of the calling thread (sched(7)); lower is always allowed.
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
    // The pointer is the job that `start` retained for this thread.
    if let argument { Unmanaged<Compressor.Job>.fromOpaque(argument).takeRetainedValue().run() }
    return nil
}
