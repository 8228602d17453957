import Glibc
import WirewatchKit

/// The clients of the control socket and what each waits for. Used on one thread.
struct ControlLoop {
    private struct Client {
        enum Phase {
            case reading([UInt8])
            case waiting
            case writing(ArraySlice<UInt8>)
        }

        let id: Int
        let descriptor: Int32
        var phase = Phase.reading([])
        var deadline = ContinuousClock.now + ControlServer.clientTimeout
    }

    private let listener: Int32
    private let wake: Int32
    private var clients: [Client] = []
    private var lastID = 0

    init(listener: Int32, wake: Int32) {
        self.listener = listener
        self.wake = wake
    }

    /// Waits for something to happen, at most a second, and returns the requests that are complete.
    mutating func turn() -> [(client: Int, request: String)] {
        var pollers = [
            pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
            pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
        ]
        pollers += clients.map { client in
            let events: Int32 =
                switch client.phase {
                case .reading: POLLIN
                // Only its hanging up matters now.
                case .waiting: 0
                case .writing: POLLOUT
                }
            return pollfd(fd: client.descriptor, events: Int16(events), revents: 0)
        }
        guard poll(&pollers, nfds_t(pollers.count), 1000) > 0 else { return [] }
        if pollers[0].revents != 0 { drainWake() }

        var requests: [(client: Int, request: String)] = []
        var finished: Set<Int> = []
        for at in clients.indices where pollers[at + 2].revents != 0 {
            switch clients[at].phase {
            case .reading:
                switch read(&clients[at]) {
                case .unfinished: break
                case .complete(let request): requests.append((clients[at].id, request))
                case .gone: finished.insert(clients[at].id)
                }
            case .waiting: finished.insert(clients[at].id)
            case .writing:
                if write(&clients[at]) { finished.insert(clients[at].id) }
            }
        }
        remove { finished.contains($0.id) }
        if pollers[1].revents != 0 { accept() }
        return requests
    }

    /// Sends an answer, as far as the client takes it now; the rest follows. A client that has gone is no error.
    mutating func answer(_ id: Int, _ bytes: [UInt8]) {
        guard let at = clients.firstIndex(where: { $0.id == id }) else { return }
        clients[at].phase = .writing(bytes[...])
        clients[at].deadline = .now + ControlServer.clientTimeout
        if write(&clients[at]) { remove { $0.id == id } }
    }

    mutating func expire(at now: ContinuousClock.Instant) { remove { $0.deadline <= now } }

    mutating func closeAll() { remove { _ in true } }

    private mutating func remove(where condition: (Client) -> Bool) {
        clients.removeAll { client in
            guard condition(client) else { return false }
            close(client.descriptor)
            return true
        }
    }

    private func drainWake() {
        var buffer = [UInt8](repeating: 0, count: 64)
        while Glibc.read(wake, &buffer, buffer.count) > 0 {}
    }

    private mutating func accept() {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        if clients.count >= ControlServer.maximumClients {
            // The one whose time runs out first is the one that has idled longest.
            let oldest = clients.min { $0.deadline < $1.deadline }?.id
            remove { $0.id == oldest }
        }
        lastID += 1
        clients.append(Client(id: lastID, descriptor: descriptor))
    }

    private enum Input {
        case unfinished, gone
        case complete(String)
    }

    private func read(_ client: inout Client) -> Input {
        guard case .reading(var bytes) = client.phase else { return .gone }
        var buffer = [UInt8](repeating: 0, count: ControlServer.maximumRequest)
        let count = Glibc.read(client.descriptor, &buffer, buffer.count)
        if count < 0 { return errno == EAGAIN || errno == EINTR ? .unfinished : .gone }
        bytes.append(contentsOf: buffer[..<count])
        if let end = bytes.firstIndex(of: 0x0A), end < ControlServer.maximumRequest {
            client.phase = .waiting
            client.deadline = .now + ControlServer.answerTimeout
            return .complete(String(decoding: bytes[..<end], as: UTF8.self))
        }
        if count == 0 || bytes.count >= ControlServer.maximumRequest { return .gone }
        client.phase = .reading(bytes)
        return .unfinished
    }

    /// True when the answer is out, or cannot get out.
    private func write(_ client: inout Client) -> Bool {
        guard case .writing(var rest) = client.phase else { return true }
        while !rest.isEmpty {
            // Not write(2): a client that hung up is no reason for a SIGPIPE.
            let count = rest.withUnsafeBytes {
                send(client.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                client.phase = .writing(rest)
                return errno != EAGAIN
            }
        }
        return true
    }
}
