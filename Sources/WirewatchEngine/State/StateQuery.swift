import WirewatchStore

/// Queries that both the committer's connection and the sources' read-only one use.
enum StateQuery {
    static func entries(
        _ database: Database, component: String, prefix: String
    ) throws -> [(key: String, value: [UInt8])] {
        // `key >= prefix` walks the primary key from there on; the loop ends where the prefix does.
        let select = try database.prepare(
            "SELECT key, value FROM state WHERE component = ? AND key >= ? ORDER BY key")
        try select.bind(1, component)
        try select.bind(2, prefix)
        var found: [(key: String, value: [UInt8])] = []
        while try select.step() {
            let key = select.text(0)
            guard key.utf8.starts(with: prefix.utf8) else { break }
            found.append((key, select.bytes(1)))
        }
        return found
    }
}
