import WirewatchKit

/// What the fixed beginning of a record says: `{"schema":"wirewatch.alert/1","id":"...","seq":42`.
struct RecordPrefix: Sendable {
    var seq: Int
    var key: RecordKey
    /// Whether the record is of the kind that this log holds; ids are unique within a kind only.
    var isOwnKind: Bool

    /// Longer beginnings are not recognised; ours have about 100 bytes.
    static let limit = 1024

    /// Reads the beginning of a line; nil when the line is not a record of wirewatch.
    init?(_ line: Span<UInt8>, kind: RecordKind) {
        var at = 0
        func take(_ text: StaticString) -> Bool {
            guard line.count - at >= text.utf8CodeUnitCount else { return false }
            // A static string's bytes live as long as the program.
            for n in 0..<text.utf8CodeUnitCount where line[at + n] != text.utf8Start[n] { return false }
            at += text.utf8CodeUnitCount
            return true
        }
        guard take("{\"schema\":\"wirewatch.") else { return nil }
        let found: RecordKind
        if take("article/") {
            found = .articles
        } else if take("alert/") {
            found = .alerts
        } else if take("dead_letter/") {
            found = .deadLetters
        } else {
            return nil
        }
        while at < line.count, line[at] >= 0x30, line[at] <= 0x39 { at += 1 }
        guard take("\",\"id\":\"") else { return nil }
        let idStart = at
        while at < line.count, line[at] != UInt8(ascii: "\"") {
            at += line[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard at < line.count else { return nil }
        let id = idStart..<at
        guard take("\",\"seq\":") else { return nil }
        let digits = at
        var seq = 0
        while at < line.count, at - digits < 18, line[at] >= 0x30, line[at] <= 0x39 {
            seq = seq * 10 + Int(line[at] - 0x30)
            at += 1
        }
        guard at > digits, at < line.count, line[at] == UInt8(ascii: ",") || line[at] == UInt8(ascii: "}"), seq > 0
        else { return nil }
        self.seq = seq
        key = RecordKey(json: line.extracting(id))
        isOwnKind = found == kind
    }
}
