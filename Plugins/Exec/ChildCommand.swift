import Glibc
import Synchronization
import WirewatchKit

/// A command run once: input on its standard input, a time limit, and what it said on standard error.
struct ChildCommand: Sendable {
    enum Kind: Sendable, Hashable {
        case exited(Int32), killed(Int32), timedOut
        case notStarted(String)
    }

    struct Ending: Sendable, Hashable {
        var kind: Kind
        /// The beginning of what stood on standard error, on one line.
        var errorText = ""
    }

    var arguments: [String]
    /// Each `NAME=value`.
    var environment: [String]
    var input: [UInt8]
    var timeout: Duration

    /// What the process's own environment has of these.
    static func inherited(_ names: [String]) -> [(name: String, value: String)] {
        names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
    }

    /// Runs it on a thread of its own, for it is waited for. Cancelling the task ends the command.
    func run() async -> Ending {
        let isCancelled = Flag()
        return await withTaskCancellationHandler {
            await OwnThread.run { attend(isCancelled) } ?? Ending(kind: .notStarted("no thread is free"))
        } onCancel: {
            isCancelled.set()
        }
    }

    private final class Flag: Sendable {
        private let flag = Atomic<Bool>(false)
        func set() { flag.store(true, ordering: .relaxed) }
        var isSet: Bool { flag.load(ordering: .relaxed) }
    }

    // MARK: On the thread

    /// From the making of the pipes until the child has its ends nobody else may spawn: a child that inherited the other end
    /// would keep it open.
    private static let spawning = Mutex(())

    private func attend(_ isCancelled: Flag) -> Ending {
        var child: Child
        switch Self.spawning.withLock({ _ in start() }) {
        case .success(let started): child = started
        case .failure(let error): return Ending(kind: .notStarted(error.reason))
        }
        let deadline = ContinuousClock.now + timeout
        var killAt: ContinuousClock.Instant?
        var status: Int32 = 0
        while true {
            child.exchange(input)
            let ended = waitpid(child.process, &status, WNOHANG)
            if ended == child.process || (ended < 0 && errno != EINTR) { break }
            if killAt == nil, ContinuousClock.now >= deadline || isCancelled.isSet {
                kill(-child.process, SIGTERM)
                killAt = .now + .seconds(2)
            } else if let time = killAt, ContinuousClock.now >= time {
                kill(-child.process, SIGKILL)
                killAt = .now + .seconds(2)
            }
        }
        // What a command that took too long has started goes with it.
        if killAt != nil { kill(-child.process, SIGKILL) }
        child.exchange([])
        child.close()
        let text = String(decoding: child.errors.prefix(400), as: UTF8.self)
        let safe = TerminalText.safe(text).split(separator: " ").joined(separator: " ")
        if killAt != nil { return Ending(kind: .timedOut, errorText: safe) }
        // WIFEXITED and its kin are macros that are not imported.
        let signal = status & 0x7F
        return Ending(kind: signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal), errorText: safe)
    }

    private struct StartError: Error { var reason: String }

    private func start() -> Result<Child, StartError> {
        func failure(_ code: Int32) -> Result<Child, StartError> {
            .failure(StartError(reason: String(cString: strerror(code))))
        }
        var input: [Int32] = [-1, -1]
        var errors: [Int32] = [-1, -1]
        guard pipe(&input) == 0 else { return failure(errno) }
        guard pipe(&errors) == 0 else {
            let code = errno
            for file in input { close(file) }
            return failure(code)
        }
        for file in input + errors { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input[0], 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, errors[1], 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        // A group of its own, to be ended with all that it starts.
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))

        // Copies that the call reads and that are freed after it.
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for word in words + variables { free(word) } }
        var process = pid_t()
        let code = posix_spawnp(&process, arguments.first ?? "", &actions, &attributes, &words, &variables)
        close(input[0])
        close(errors[1])
        guard code == 0 else {
            close(input[1])
            close(errors[0])
            return failure(code)
        }
        for file in [input[1], errors[0]] { _ = fcntl(file, F_SETFL, O_NONBLOCK) }
        return .success(Child(process: process, input: input[1], output: errors[0]))
    }
}

/// A command at work: our ends of its pipes.
private struct Child {
    let process: pid_t
    /// -1 once all is written.
    var input: Int32
    /// -1 once it is at its end.
    var output: Int32
    var written = 0
    var errors: [UInt8] = []

    /// The most of standard error that is kept; the rest is read and let go, for a command must not wait for us.
    static let errorLimit = 4096

    /// Writes and reads what can be without waiting, and waits up to 20 ms for more.
    mutating func exchange(_ bytes: [UInt8]) {
        while input >= 0, written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { break }
            // A command that does not care for the rest has closed it.
            written = count < 0 ? bytes.count : written + count
        }
        if input >= 0, written >= bytes.count {
            Glibc.close(input)
            input = -1
        }
        var buffer = [UInt8](repeating: 0, count: 4096)
        while output >= 0 {
            let count = Glibc.read(output, &buffer, buffer.count)
            if count > 0 {
                errors += buffer[..<min(count, Self.errorLimit - errors.count)]
            } else if count < 0, errno == EINTR {
                continue
            } else {
                if count == 0 || errno != EAGAIN {
                    Glibc.close(output)
                    output = -1
                }
                break
            }
        }
        var pollers = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
        if input >= 0 { pollers.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
        poll(&pollers, nfds_t(pollers.count), 20)
    }

    mutating func close() {
        for file in [input, output] where file >= 0 { Glibc.close(file) }
        (input, output) = (-1, -1)
    }
}
