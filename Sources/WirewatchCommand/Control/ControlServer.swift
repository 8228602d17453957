import Dispatch
import Glibc
import Synchronization
import WirewatchKit

/// Serves the control socket on a thread of its own, so that a client that is slow or hostile delays nobody.
///
/// At most ``maximumClients`` at once, the oldest idle one gives way; a request is at most ``maximumRequest`` bytes and
/// must arrive, and its answer be read, within the time limits.
final class ControlServer: Sendable {
    /// Answers a request line, at once or later, from any thread; called on the server's thread, so it must not block.
    typealias Handler = @Sendable (_ request: String, _ answer: @escaping @Sendable ([UInt8]) -> Void) -> Void

    static let maximumClients = 16
    static let maximumRequest = 4096
    /// For a request to arrive, and again for its answer to be read.
    static let clientTimeout: Duration = .seconds(5)
    /// For the daemon to make an answer: a reload may have to load large files.
    static let answerTimeout: Duration = .seconds(120)

    private struct Shared {
        var answers: [(client: Int, bytes: [UInt8])] = []
        var isStopping = false
    }

    private let shared = Mutex(Shared())
    private let listener: Int32
    /// A pair of sockets; a byte written to the first wakes the thread, which polls the second.
    private let wake: (Int32, Int32)
    private let path: String
    private let handler: Handler
    private let finished = DispatchSemaphore(value: 0)

    init(state: String, handler: @escaping Handler) throws {
        var pair: [Int32] = [-1, -1]
        let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        guard socketpair(AF_UNIX, Int32(type), 0, &pair) == 0 else {
            throw Failure(.ioError, "cannot make a socket pair: \(errorText(errno))")
        }
        do {
            listener = try ControlSocket.listen(state: state)
        } catch {
            close(pair[0])
            close(pair[1])
            throw error
        }
        wake = (pair[0], pair[1])
        path = "\(state)/\(ControlSocket.fileName)"
        self.handler = handler
        // A queue of its own, and so a thread of its own, for as long as it runs.
        DispatchQueue(label: "wirewatch.control").async { [self] in
            var loop = ControlLoop(listener: listener, wake: wake.1)
            while let clock = next(&loop) { loop.expire(at: clock) }
            loop.closeAll()
            finished.signal()
        }
    }

    /// Stops serving and removes the socket. To be called once.
    func stop() {
        shared.withLock { shared in
            wakeUp()
            shared.isStopping = true
        }
        finished.wait()
        close(listener)
        close(wake.0)
        close(wake.1)
        unlink(path)
    }

    /// Only under the lock and before the stop: later the descriptor may be closed, or another file's.
    private func wakeUp() {
        var byte: UInt8 = 1
        // A full buffer means that the thread is about to wake anyhow.
        _ = write(wake.0, &byte, 1)
    }

    /// One turn of the loop; nil when it is time to end.
    private func next(_ loop: inout ControlLoop) -> ContinuousClock.Instant? {
        for (client, request) in loop.turn() {
            handler(request) { [self] bytes in
                shared.withLock { shared in
                    guard !shared.isStopping else { return }
                    shared.answers.append((client, bytes))
                    wakeUp()
                }
            }
        }
        let (answers, isStopping) = shared.withLock { shared in
            defer { shared.answers = [] }
            return (shared.answers, shared.isStopping)
        }
        for (client, bytes) in answers { loop.answer(client, bytes) }
        return isStopping ? nil : .now
    }
}
