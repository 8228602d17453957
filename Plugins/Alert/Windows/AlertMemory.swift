internal import WirewatchDigest
internal import WirewatchKit

/// What the stage remembers: durable values, each with when it may be forgotten.
///
/// Keys are a letter for what it is, the rule's id and the window's key; a rule that is no more is forgotten as its
/// values run out.
struct AlertMemory {
    let state: any StateAccess
    /// The arrival of the article at hand, in milliseconds: a replay decides as the first run did.
    let now: Int64

    enum Part: String {
        /// A story that a rule has raised an alert for.
        case notice = "n"
        /// How many sources such a story had when the rule last raised its alert for their number.
        case sources = "u"
        case count = "c"
        case newTerm = "t"
        /// The history of a spike, and what it counts now.
        case spike = "s"
        case spikeRunning = "r"
        case flatline = "f"
        case sequence = "q"
        /// When a rule saw its first article.
        case begin = "b"
    }

    private static let day: Int64 = 86_400_000

    static func name(_ part: Part, _ rule: String, _ key: String) -> String { "\(prefix(part, rule))\(key)" }

    /// Of all keys of a rule.
    static func prefix(_ part: Part, _ rule: String) -> String { "\(part.rawValue):\(rule)\u{1F}" }

    /// Nil when there is none, or it has run out.
    func read(_ name: String) throws -> StateReading? {
        guard let value = try state.value(name) else { return nil }
        var reading = StateReading(value)
        guard let expiry = reading.integer(), expiry >= now else { return nil }
        return reading
    }

    /// Every value of a rule, with its key.
    func entries(_ part: Part, _ rule: String) throws -> [(key: String, reading: StateReading)] {
        let prefix = Self.prefix(part, rule)
        return try state.entries(prefix: prefix).compactMap { name, value in
            var reading = StateReading(value)
            guard let expiry = reading.integer(), expiry >= now else { return nil }
            return (String(name.dropFirst(prefix.count)), reading)
        }
    }

    /// - Parameter keep: for how long, in milliseconds.
    func write(_ name: String, keep: Int64, _ fill: (inout StateWriter) -> Void) {
        var writer = StateWriter()
        writer.append(now + keep)
        fill(&writer)
        state.set(name, writer.bytes)
    }

    /// When a rule saw its first article: now, if it is this one.
    func begin(_ rule: String, keep: Int64) throws -> Int64 {
        let name = Self.name(.begin, rule, "")
        if var reading = try read(name), let first = reading.integer(), let until = reading.integer() {
            // Renewed rarely, for each write costs.
            if until &- now < keep { writeBegin(name, first, keep) }
            return first
        }
        writeBegin(name, now, keep)
        return now
    }

    private func writeBegin(_ name: String, _ first: Int64, _ keep: Int64) {
        write(name, keep: keep * 2) { writer in
            writer.append(first)
            writer.append(now + keep * 2)
        }
    }

    /// Once a day of arrivals, removes what has run out.
    func sweep() throws {
        let name = "swept"
        if let value = try state.value(name) {
            var reading = StateReading(value)
            if let last = reading.integer(), now &- last < Self.day { return }
            for (key, value) in try state.entries(prefix: "") where key != name {
                var reading = StateReading(value)
                if let expiry = reading.integer(), expiry >= now { continue }
                state.remove(key)
            }
        }
        var writer = StateWriter()
        writer.append(now)
        state.set(name, writer.bytes)
    }

    /// Tells members of a window apart.
    static func hash(_ text: String) -> UInt64 { SHA256.key(text) }
}
