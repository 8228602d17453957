import Glibc
import Synchronization

@testable import WirewatchJSONLog

/// The real file system, with an accident at a chosen call: the process dies there (nothing reaches the disk any more),
/// or the call fails.
final class FaultyFileSystem: FileSystem {
    enum Accident: Sendable {
        case none
        /// The process dies before the n-th change, or in the middle of it if it is a write.
        case death(at: Int, halfWritten: Bool)
        /// The n-th change fails once; a write takes half of its bytes first.
        case failure(at: Int, code: Int32)
    }

    private struct State {
        var accident: Accident
        var changes = 0
        var isDead = false
        var open: Set<Int32> = []
        var calls: [String] = []
        /// Calls of these kinds fail as long as they stand here.
        var broken: [String: Int32] = [:]
        /// Bytes that may be written until the disk is full.
        var room = Int.max
        var free = Int.max
    }

    private let state: Mutex<State>
    private let system = SystemFileSystem()

    init(_ accident: Accident = .none) { state = Mutex(State(accident: accident)) }

    var isDead: Bool { state.withLock { $0.isDead } }
    var changes: Int { state.withLock { $0.changes } }
    var calls: [String] { state.withLock { $0.calls } }
    var happened: Bool {
        state.withLock { state in
            switch state.accident {
            case .none: false
            case .death: state.isDead
            case .failure(let at, _): state.changes >= at
            }
        }
    }

    func set(room: Int) { state.withLock { $0.room = room } }
    func set(free: Int) { state.withLock { $0.free = free } }
    func breakCall(_ call: String, _ code: Int32?) { state.withLock { $0.broken[call] = code } }
    func forgetCalls() { state.withLock { $0.calls = [] } }

    /// What the kernel does for a dead process. Also a change of its own, for the commit of the state.
    func bury() {
        let open = state.withLock { state in
            state.isDead = true
            defer { state.open = [] }
            return state.open
        }
        for file in open { system.close(file) }
    }

    /// Counts a change; throws when the accident is here. True: a write takes half.
    @discardableResult
    func change(_ call: String) throws(SystemCallError) -> Bool {
        let (code, half) = state.withLock { state -> (Int32?, Bool) in
            if state.isDead { return (ECANCELED, false) }
            state.changes += 1
            state.calls.append(call)
            if let code = state.broken[call] { return (code, false) }
            switch state.accident {
            case .death(let at, let half) where state.changes == at:
                state.isDead = true
                return half && call == "write" ? (nil, true) : (ECANCELED, false)
            case .failure(let at, let code) where state.changes == at:
                return (code, false)
            default: return (nil, false)
            }
        }
        if let code { throw SystemCallError(action: call, code: code) }
        return half
    }

    private func look() throws(SystemCallError) {
        if isDead { throw SystemCallError(action: "go on", code: ECANCELED) }
    }

    func open(_ path: String, _ flags: Int32, mode: UInt32) throws(SystemCallError) -> Int32 {
        if flags & O_CREAT != 0 { try change("create") } else { try look() }
        let file = try system.open(path, flags, mode: mode)
        state.withLock { _ = $0.open.insert(file) }
        return file
    }

    func close(_ file: Int32) {
        let isOurs = state.withLock { !$0.isDead && $0.open.remove(file) != nil }
        if isOurs { system.close(file) }
    }

    func write(_ file: Int32, _ bytes: borrowing RawSpan) throws(SystemCallError) -> Int {
        let count = bytes.byteCount
        if try change("write") {
            return try system.write(file, bytes.extracting(0..<max(1, count / 2)))
        }
        let room = state.withLock { state in
            defer { if state.room != .max { state.room -= min(state.room, count) } }
            return state.room
        }
        if room == 0 { throw SystemCallError(action: "write", code: ENOSPC) }
        return try system.write(file, bytes.extracting(0..<min(count, room)))
    }

    func read(_ file: Int32, into buffer: inout [UInt8], at offset: Int) throws(SystemCallError) -> Int {
        try look()
        return try system.read(file, into: &buffer, at: offset)
    }

    func sync(_ file: Int32) throws(SystemCallError) {
        try change("sync")
        // The kernel's own sync only costs the tests time: a process that dies takes no page cache with it.
    }

    func syncFolder(_ path: String) throws(SystemCallError) { try change("syncFolder") }

    func truncate(_ file: Int32, to size: Int) throws(SystemCallError) {
        try change("truncate")
        try system.truncate(file, to: size)
    }

    func link(_ path: String, to new: String) throws(SystemCallError) {
        try change("link")
        try system.link(path, to: new)
    }

    func rename(_ path: String, to new: String) throws(SystemCallError) {
        try change("rename")
        try system.rename(path, to: new)
    }

    func unlink(_ path: String) throws(SystemCallError) {
        try change("unlink")
        try system.unlink(path)
    }

    func makeFolder(_ path: String) throws(SystemCallError) {
        try change("makeFolder")
        try system.makeFolder(path)
    }

    func status(_ path: String) throws(SystemCallError) -> FileStatus? {
        try look()
        return try system.status(path)
    }

    func status(_ file: Int32) throws(SystemCallError) -> FileStatus {
        try look()
        return try system.status(file)
    }

    func names(in folder: String) throws(SystemCallError) -> [String] {
        try look()
        return try system.names(in: folder)
    }

    func lock(_ file: Int32) throws(SystemCallError) -> Bool {
        try look()
        return try system.lock(file)
    }

    func freeBytes(_ folder: String) throws(SystemCallError) -> Int { state.withLock { $0.free } }
}
