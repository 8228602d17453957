import WirewatchKit
import WirewatchTesting

@testable import WirewatchJSONLog

/// The state as the engine keeps it: changes become durable together, at a commit, or not at all.
final class CommittedState: StateAccess {
    var committed: [String: [UInt8]] = [:]
    /// How many records the engine knows to be done, in the same transaction.
    var done = 0
    private var pending: [String: [UInt8]?] = [:]

    func value(_ key: String) -> [UInt8]? { pending[key] ?? committed[key] }

    func entries(prefix: String) -> [(key: String, value: [UInt8])] {
        Set(committed.keys).union(pending.keys).filter { $0.hasPrefix(prefix) }.sorted()
            .compactMap { key in value(key).map { (key: key, value: $0) } }
    }

    func set(_ key: String, _ value: [UInt8]) { pending[key] = .some(value) }
    func remove(_ key: String) { pending[key] = .some(nil) }

    func commit(done: Int) {
        for (key, value) in pending { committed[key] = value }
        pending = [:]
        self.done = done
    }

    func rollBack() { pending = [:] }

    func lose() {
        committed = [:]
        done = 0
    }
}

/// What the engine does with a sink, as far as the sink can tell.
final class EngineModel {
    let folder: LogFolder
    let state = CommittedState()
    let clock = ManualClock()
    var options: OptionLiteral
    private(set) var log: JSONLog?
    private(set) var files = FaultyFileSystem()

    struct Death: Error {}

    init(_ folder: LogFolder = LogFolder(), rotate: OptionLiteral = [:], more: [(String, OptionLiteral)] = []) {
        self.folder = folder
        options = .map(
            [("path", .string(folder.live)), ("records", "alerts"), ("rotate", rotate)] + more)
    }

    /// Starts the process anew.
    @discardableResult
    func start(_ files: FaultyFileSystem = FaultyFileSystem()) throws -> JSONLog {
        die()
        self.files = files
        let log = JSONLog(
            try WirewatchTesting.options(JSONLogOptions.self, options), .test(clock: clock), files: files,
            compressesInline: true)
        self.log = log
        try log.open(state)
        return log
    }

    /// The process goes without a word.
    func die() {
        files.bury()
        log = nil
        state.rollBack()
    }

    func stop() throws {
        try checkpoint(done: state.done)
        try log?.close()
        die()
    }

    /// Writes the records from where the state stands up to a number, in groups, with a checkpoint after every second
    /// one, and time passing. Throws ``Death`` when the process died.
    func run(to last: Int, group: (Int) -> Int = { $0 % 4 + 1 }) throws {
        guard let log else { return }
        var next = state.done + 1
        var groups = 0
        while next <= last {
            let numbers = next...min(last, next + group(groups) - 1)
            try insist { try log.write(records(numbers)) }
            next = numbers.upperBound + 1
            groups += 1
            if groups % 2 == 0 || next > last { try checkpoint(done: next - 1) }
            clock.advance(by: .milliseconds(700))
            try insist { try log.tick(clock.now()) }
        }
    }

    func checkpoint(done: Int) throws {
        guard let log else { return }
        try insist { try log.checkpoint(state) }
        // The commit is a point of its own: the process may die before it.
        do { try files.change("commit") } catch {
            if files.isDead { throw Death() }
        }
        state.commit(done: done)
    }

    /// Tries again while the sink is blocked, as the engine does.
    func insist(_ body: () throws -> Void) throws {
        for _ in 0..<20 {
            do { return try body() } catch {
                if files.isDead { throw Death() }
                guard case SinkError.blocked = error else { throw error }
                clock.advance(by: .seconds(1))
            }
        }
        throw SinkError.blocked("still, after 20 attempts")
    }
}
