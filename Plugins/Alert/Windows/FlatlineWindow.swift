internal import WirewatchKit

/// Keys of which nothing has come for too long; noticed within about a second, or with the next article.
struct FlatlineWindow {
    let rule: Rule
    let window: Window
    let memory: AlertMemory

    /// What is remembered of a key: its last article.
    struct Last {
        var time: Int64
        var count: Int64
        var isTold = false
        var article: String
        var title: String
        var url: String
        var source: String
    }

    /// How many articles a key must have had before its silence says anything.
    private func isKnown(_ last: Last) -> Bool { window.count?.holds(Double(last.count)) ?? true }

    private var over: Int64 { window.over.milliseconds }

    /// Notes an article of a key.
    func note(_ key: String, _ article: Article) throws {
        let name = AlertMemory.name(.flatline, rule.id, key)
        let before = try memory.read(name).flatMap(Self.read)
        store(
            key,
            Last(
                time: memory.now, count: min(before?.count ?? 0, 999_999) + 1, article: article.id,
                title: article.title, url: article.canonicalURL ?? article.url ?? "", source: article.source))
    }

    /// The keys that are silent now, told once each, and when the next may be.
    func silent() throws -> (keys: [(key: String, last: Last)], next: Int64) {
        var found: [(key: String, last: Last)] = []
        var next = Int64.max
        for (key, reading) in try memory.entries(.flatline, rule.id) {
            guard var last = Self.read(reading), !last.isTold else { continue }
            if memory.now &- last.time < over {
                next = min(next, last.time &+ over)
                continue
            }
            last.isTold = true
            store(key, last)
            if isKnown(last) { found.append((key, last)) }
        }
        return (found, next)
    }

    private static func read(_ reading: StateReading) -> Last? {
        var reading = reading
        guard let time = reading.integer(), let count = reading.integer(), let told = reading.integer(),
            let article = reading.text(), let title = reading.text(), let url = reading.text(),
            let source = reading.text()
        else { return nil }
        return Last(
            time: time, count: count, isTold: told != 0, article: article, title: title, url: url, source: source)
    }

    private func store(_ key: String, _ last: Last) {
        // Longer than any silence that is to be told: a daemon may rest for weeks.
        let keep = Swift.max(over * 4, 90 * 86_400_000)
        memory.write(AlertMemory.name(.flatline, rule.id, key), keep: keep) { writer in
            writer.append(last.time)
            writer.append(last.count)
            writer.append(Int64(last.isTold ? 1 : 0))
            writer.append(last.article)
            writer.append(last.title)
            writer.append(last.url)
            writer.append(last.source)
        }
    }
}
