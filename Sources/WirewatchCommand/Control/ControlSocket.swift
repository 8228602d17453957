import Glibc
import WirewatchKit

/// The Unix socket through which `status`, `reload` and `rotate` reach a running daemon: `STATE/control.sock`.
///
/// A client sends one line, the daemon answers with one line of JSON and closes. The file's mode, 0600, is what admits
/// a client: the daemon's own user and root.
enum ControlSocket {
    static let fileName = "control.sock"

    /// Opens a listening socket, non-blocking, in the place of whatever was there.
    ///
    /// A socket left behind is stale for certain: the caller has started the daemon, which holds the lock on the state.
    static func listen(state: String) throws -> Int32 {
        try withAddress(state: state) { address in
            let descriptor = try makeSocket()
            // On Linux the mode set before bind is the mode of the file, so it is never open to others for a moment.
            fchmod(descriptor, 0o600)
            unlink("\(state)/\(fileName)")
            guard address.withPointer({ Glibc.bind(descriptor, $0, $1) }) == 0,
                Glibc.listen(descriptor, 16) == 0
            else {
                let error = errno
                close(descriptor)
                throw Failure(
                    .cannotCreate, "cannot listen on \(state)/\(fileName): \(errorText(error))")
            }
            return descriptor
        }
    }

    /// Sends a request to the daemon of a state folder and returns its answer.
    ///
    /// - Throws: ``Failure`` with code 69 when no daemon listens there, 75 when it does not answer in time, 74 otherwise.
    static func request(_ line: String, state: String, timeout: Duration) throws -> [UInt8] {
        let descriptor = try withAddress(state: state) { address in
            let descriptor = try makeSocket()
            guard address.withPointer({ connect(descriptor, $0, $1) }) == 0 else {
                let error = errno
                close(descriptor)
                throw Failure(.unavailable, refusal(error, state: state))
            }
            return descriptor
        }
        defer { close(descriptor) }
        if let error = StandardOutput.writeAll(Array((line + "\n").utf8), to: descriptor) {
            throw Failure(.ioError, "the daemon hung up: \(errorText(error))")
        }
        return try readAll(descriptor, until: ContinuousClock.now + timeout)
    }

    private static func refusal(_ error: Int32, state: String) -> String {
        switch error {
        case ENOENT, ECONNREFUSED:
            "no wirewatch daemon runs with the state in \(state); start one with `wirewatch run`"
        case EACCES, EPERM:
            "not allowed to speak to the daemon of \(state); ask as its user or as root"
        default: "cannot reach the daemon of \(state): \(errorText(error))"
        }
    }

    private static func readAll(_ descriptor: Int32, until deadline: ContinuousClock.Instant) throws -> [UInt8] {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let left = (deadline - .now).milliseconds
            guard left > 0 else { throw Failure(.temporary, "the daemon did not answer in time") }
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&poller, 1, Int32(clamping: left)) > 0 else { continue }
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                answer.append(contentsOf: buffer[..<count])
            } else if count == 0 {
                if answer.isEmpty { throw Failure(.ioError, "the daemon hung up without an answer") }
                return answer
            } else if errno != EINTR && errno != EAGAIN {
                throw Failure(.ioError, "cannot read the daemon's answer: \(errorText(errno))")
            }
        }
    }

    private static func makeSocket() throws -> Int32 {
        let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = socket(AF_UNIX, Int32(type), 0)
        guard descriptor >= 0 else { throw Failure(.ioError, "cannot make a socket: \(errorText(errno))") }
        return descriptor
    }

    /// The socket's address; by way of the open folder when its path is longer than a socket address can hold.
    private static func withAddress<Result>(
        state: String, _ body: (UnixAddress) throws -> Result
    ) throws -> Result {
        if let address = UnixAddress("\(state)/\(fileName)") { return try body(address) }
        let folder = open(state, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0, let address = UnixAddress("/proc/self/fd/\(folder)/\(fileName)") else {
            throw Failure(.unavailable, "cannot open the state folder \(state): \(errorText(errno))")
        }
        defer { close(folder) }
        return try body(address)
    }
}
