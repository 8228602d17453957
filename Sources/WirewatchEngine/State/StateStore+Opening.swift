import Glibc
import WirewatchKit
import WirewatchStore

extension StateStore {
    /// Opens the database; one that is damaged is moved aside under a name with the time, and a new one begun.
    ///
    /// Nothing is lost by that: the sources yield what they hold again, and the sinks know from their logs which
    /// records are written already.
    static func open(_ path: String, log: Logger) throws -> Database {
        do {
            return try openChecked(path)
        } catch let error as StoreError where error.kind == .corrupt {
            let aside = path + ".corrupt-" + SystemClock().now().rfc3339.replacing(":", with: "")
            unlink(path + doubt)
            for suffix in ["", "-wal", "-shm"] where Glibc.access(path + suffix, F_OK) == 0 {
                guard rename(path + suffix, aside + suffix) == 0 else {
                    throw EngineError(
                        "\(path) is damaged (\(error.message)) and cannot be moved aside: "
                            + String(cString: strerror(errno)))
                }
            }
            log.error(
                """
                state \(path) is damaged (\(error.message)); it was moved to \(aside) and a new one begun. The logs \
                say what was written, so nothing is written twice; old documents are read once more.
                """)
            return try openChecked(path)
        }
    }

    /// Beside the database while it is known to be damaged.
    private static let doubt = "-damaged"

    /// Has the next start look at the whole file, because a page that was read is damaged.
    static func distrust(_ path: String) {
        let file = Glibc.open(path + doubt, O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)
        if file >= 0 { close(file) }
    }

    private static func openChecked(_ path: String) throws -> Database {
        let isDoubtful = Glibc.access(path + "-wal", F_OK) == 0 || Glibc.access(path + doubt, F_OK) == 0
        try refuseTruncated(path)
        let database = try Database(path: path)
        // After an orderly stop the write-ahead log is gone. A look at every page takes the longer the more there is.
        if isDoubtful {
            let check = try database.prepare("PRAGMA quick_check(1)")
            while try check.step() {
                let finding = check.text(0)
                if finding != "ok" { throw StoreError.corrupt(finding, path: path) }
            }
            unlink(path + doubt)
        }
        if try version(database) == 1 { return database }
        try database.transaction {
            try database.execute(
                """
                CREATE TABLE IF NOT EXISTS state(
                    component TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
                    PRIMARY KEY(component, key)) WITHOUT ROWID
                """)
            try database.execute(
                "CREATE TABLE IF NOT EXISTS seen(id BLOB PRIMARY KEY, time INTEGER NOT NULL) WITHOUT ROWID")
            try database.execute("PRAGMA user_version = 1")
        }
        return database
    }

    private static func version(_ database: Database) throws -> Int64 {
        let query = try database.prepare("PRAGMA user_version")
        return try query.step() ? query.integer(0) : 0
    }

    /// SQLite takes a file that was cut off at a page boundary for a smaller database; its header says better
    /// (https://www.sqlite.org/fileformat.html, offsets 16 and 28).
    private static func refuseTruncated(_ path: String) throws {
        guard Glibc.access(path + "-wal", F_OK) != 0, let file = fopen(path, "r") else { return }
        defer { fclose(file) }
        var header = [UInt8](repeating: 0, count: 100)
        let read = fread(&header, 1, 100, file)
        guard read > 0 else { return }
        guard read == 100 else { throw StoreError.corrupt("the file ends within its header", path: path) }
        let pageSize = Int(header[16]) << 8 | Int(header[17])
        let pages = header[28..<32].reduce(0) { $0 << 8 | Int($1) }
        fseek(file, 0, SEEK_END)
        if ftell(file) < pages * (pageSize == 1 ? 65_536 : pageSize) {
            throw StoreError.corrupt("the file is shorter than its header says", path: path)
        }
    }
}
