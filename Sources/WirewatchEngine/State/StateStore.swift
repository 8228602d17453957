import Glibc
import WirewatchKit
import WirewatchStore

/// The daemon's durable state: each component's keys, and the identities processed already.
///
/// Changes gather in memory and become durable together in ``commit()``, one SQLite transaction; a commit that fails
/// (full disk) keeps them and can be tried again. Used on the committer's thread only.
final class StateStore {
    private let database: Database
    private let selectValue: Statement
    private let selectSeen: Statement
    private let upsertValue: Statement
    private let deleteValue: Statement
    private let insertSeen: Statement
    private var changed: [Key: [UInt8]?] = [:]
    private var newlySeen: [SeenKey: Int64] = [:]
    /// Whether an identity may be in the database: not before the first checkpoint of a new state, which is when the most are
    /// asked for.
    private var hasSeen: Bool
    /// Told of each commit.
    var readers: CommittedState?

    struct Key: Hashable, Comparable {
        let component: String
        let name: String

        static func < (a: Key, b: Key) -> Bool {
            a.component == b.component ? a.name < b.name : a.component < b.component
        }
    }

    /// Opens the database, setting a damaged one aside first.
    init(path: String, log: Logger) throws {
        database = try Self.open(path, log: log)
        selectValue = try database.prepare("SELECT value FROM state WHERE component = ? AND key = ?")
        selectSeen = try database.prepare("SELECT 1 FROM seen WHERE id = ?")
        upsertValue = try database.prepare("INSERT OR REPLACE INTO state(component, key, value) VALUES(?, ?, ?)")
        deleteValue = try database.prepare("DELETE FROM state WHERE component = ? AND key = ?")
        insertSeen = try database.prepare("INSERT OR REPLACE INTO seen(id, time) VALUES(?, ?)")
        // A damaged page is found, and dealt with, by who reads it for its content.
        hasSeen = (try? database.prepare("SELECT 1 FROM seen LIMIT 1").step()) ?? true
    }

    /// The state of one component, with its uncommitted changes.
    func access(_ component: String) -> any StateAccess { ComponentState(store: self, component: component) }

    /// Whether a document of this identifier has been processed, committed or not.
    func isSeen(_ key: SeenKey) throws -> Bool {
        if newlySeen[key] != nil { return true }
        guard hasSeen else { return false }
        return try key.withBytes { key in try selectSeen.binding(1, key) { try selectSeen.step() } }
    }

    /// Runs queries that belong together in one transaction that reads, begun by the first of them.
    func reading(_ body: () throws -> Void) throws { try database.reading(body) }

    func markSeen(_ key: SeenKey, at time: Timestamp) { newlySeen[key] = time.seconds }

    func apply(_ changes: [StateChange], component: String) {
        for change in changes { changed[Key(component: component, name: change.key)] = .some(change.value) }
    }

    var hasChanges: Bool { !changed.isEmpty || !newlySeen.isEmpty }

    /// Makes all changes durable in one transaction, or none of them.
    ///
    /// In the order of the tables: each page is looked for, filled and written once, and need not stay in memory.
    func commit() throws {
        guard hasChanges else { return }
        readers?.refresh()
        defer { readers?.refresh() }
        try database.transaction {
            for (key, value) in changed.sorted(by: { $0.key < $1.key }) {
                if let value {
                    try upsertValue.bind(1, key.component)
                    try upsertValue.bind(2, key.name)
                    try upsertValue.bind(3, value)
                    try upsertValue.run()
                } else {
                    try deleteValue.bind(1, key.component)
                    try deleteValue.bind(2, key.name)
                    try deleteValue.run()
                }
            }
            for (key, time) in newlySeen.sorted(by: { $0.key < $1.key }) {
                try insertSeen.bind(2, time)
                try key.withBytes { key in try insertSeen.binding(1, key) { try insertSeen.run() } }
            }
        }
        if !newlySeen.isEmpty { hasSeen = true }
        changed.removeAll(keepingCapacity: changed.count < 4096)
        newlySeen.removeAll(keepingCapacity: newlySeen.count < 4096)
    }

    /// Forgets identities seen before `time`, at most `limit` of them, so that no checkpoint takes long.
    ///
    /// Looks through the whole table (0.7 s for a million), for an index by time would cost every article more.
    ///
    /// - Returns: how many were forgotten.
    func forget(before time: Timestamp, limit: Int) throws -> Int {
        let delete = try database.prepare(
            "DELETE FROM seen WHERE id IN (SELECT id FROM seen WHERE time < ? LIMIT ?)")
        try delete.bind(1, time.seconds)
        try delete.bind(2, Int64(limit))
        try delete.run()
        return database.changes
    }

    fileprivate func value(_ key: Key) throws -> [UInt8]? {
        if let pending = changed[key] { return pending }
        try selectValue.bind(1, key.component)
        try selectValue.bind(2, key.name)
        defer { selectValue.reset() }
        return try selectValue.step() ? selectValue.bytes(0) : nil
    }

    fileprivate func set(_ key: Key, _ value: [UInt8]?) { changed[key] = .some(value) }

    fileprivate func entries(_ component: String, prefix: String) throws -> [(key: String, value: [UInt8])] {
        var found = try StateQuery.entries(database, component: component, prefix: prefix)
        let pending = changed.filter { $0.key.component == component && $0.key.name.utf8.starts(with: prefix.utf8) }
        if !pending.isEmpty {
            found.removeAll { changed[Key(component: component, name: $0.key)] != nil }
            found += pending.compactMap { key, value in value.map { (key: key.name, value: $0) } }
            found.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        }
        return found
    }
}

/// One component's part of the store.
private final class ComponentState: StateAccess {
    private let store: StateStore
    private let component: String

    init(store: StateStore, component: String) {
        self.store = store
        self.component = component
    }

    func value(_ key: String) throws -> [UInt8]? { try store.value(.init(component: component, name: key)) }

    func entries(prefix: String) throws -> [(key: String, value: [UInt8])] {
        try store.entries(component, prefix: prefix)
    }

    func set(_ key: String, _ value: [UInt8]) { store.set(.init(component: component, name: key), value) }

    func remove(_ key: String) { store.set(.init(component: component, name: key), nil) }
}
