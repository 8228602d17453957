import Glibc
import Testing
import WirewatchEngine
import WirewatchKit
import WirewatchStore

@Suite struct StateTests {
    static let yaml = DaemonTests.pipeline("[{type: count}]", source: "count: 200")

    @Test("a state file cut off at any of many lengths is set aside, and the daemon starts")
    func truncated() async throws {
        let harness = Harness()
        try await harness.drain(Self.yaml)
        let path = harness.directory + "/state/state.db"
        let whole = try bytes(of: path)
        var lengths = Array(stride(from: 0, to: whole.count, by: 4096)) + [1, 17, 99, 100, 101, 5000]
        lengths.append(whole.count - 1)
        for length in lengths {
            try write(Array(whole.prefix(length)), to: path)
            unlink(path + "-wal")
            unlink(path + "-shm")
            #expect(try await harness.drain(Self.yaml), "cut to \(length) of \(whole.count) bytes")
        }
    }

    @Test("a state file full of noise is set aside under a name that says so")
    func noise() async throws {
        let harness = Harness()
        try await harness.drain(Self.yaml)
        let path = harness.directory + "/state/state.db"
        unlink(path + "-wal")
        try write((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 7919) }, to: path)
        #expect(try await harness.drain(Self.yaml))
        #expect(names(in: harness.directory + "/state").contains { $0.hasPrefix("state.db.corrupt-") })
    }

    @Test("after an orderly end the state is one file, without SQLite's log")
    func orderly() async throws {
        let harness = Harness()
        try await harness.drain(Self.yaml)
        let files = names(in: harness.directory + "/state").filter { $0.hasPrefix("state.db") }
        #expect(files == ["state.db"])
    }

    @Test("a page damaged while the daemon was down is found when it is read, and the next start mends it")
    func damagedPage() async throws {
        let harness = Harness()
        try await harness.drain(Self.yaml)
        let path = harness.directory + "/state/state.db"
        let whole = try bytes(of: path)
        #expect(whole.count >= 3 * 4096)
        var restarts = 0
        for page in 1..<whole.count / 4096 {
            var damaged = whole
            for place in (page * 4096)..<((page + 1) * 4096) { damaged[place] = UInt8(truncatingIfNeeded: place &* 31) }
            try write(damaged, to: path)
            unlink(path + "-wal")
            unlink(path + "-shm")
            let first = (try? await harness.drain(Self.yaml)) ?? false
            if !first {
                restarts += 1
                #expect(try await harness.drain(Self.yaml), "page \(page)")
            }
            #expect(access(path + "-damaged", F_OK) != 0, "page \(page)")
        }
        #expect(restarts > 0)
        #expect(names(in: harness.directory + "/state").contains { $0.hasPrefix("state.db.corrupt-") })
    }

    @Test("rows come back as they were bound, the empty and the large too")
    func store() throws {
        let harness = Harness()
        let database = try Database(path: harness.directory + "/x.db")
        try database.execute("CREATE TABLE t(k TEXT PRIMARY KEY, v BLOB NOT NULL)")
        let insert = try database.prepare("INSERT INTO t VALUES(?, ?)")
        let values: [[UInt8]] = [[], [0], Array(repeating: 7, count: 100_000)]
        for (index, value) in values.enumerated() {
            try insert.bind(1, "k\(index)")
            try insert.bind(2, value)
            try insert.run()
        }
        let select = try database.prepare("SELECT v FROM t ORDER BY k")
        var found: [[UInt8]] = []
        while try select.step() { found.append(select.bytes(0)) }
        #expect(found == values)
        #expect(throws: StoreError.self) { try insert.bind(3, "no such parameter") }
        #expect(throws: StoreError.self) { try database.prepare("SELEKT 1") }
    }

    @Test("a transaction that fails takes all of it back")
    func rollback() throws {
        let harness = Harness()
        let database = try Database(path: harness.directory + "/x.db")
        try database.execute("CREATE TABLE t(k INTEGER PRIMARY KEY)")
        #expect(throws: StoreError.self) {
            try database.transaction {
                try database.execute("INSERT INTO t VALUES(1)")
                try database.execute("INSERT INTO t VALUES(1)")
            }
        }
        let select = try database.prepare("SELECT count(*) FROM t")
        #expect(try select.step())
        #expect(select.integer(0) == 0)
    }
}

private func bytes(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw EngineError("cannot read \(path)") }
    defer { fclose(file) }
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&block, 1, block.count, file), count > 0 { all += block[..<count] }
    return all
}

private func write(_ bytes: [UInt8], to path: String) throws {
    guard let file = fopen(path, "w") else { throw EngineError("cannot write \(path)") }
    defer { fclose(file) }
    fwrite(bytes, 1, bytes.count, file)
}

private func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
        names.append(
            withUnsafePointer(to: &entry.pointee.d_name) {
                // d_name is NUL-terminated within its 256 bytes (readdir(3)).
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            })
    }
    return names
}
