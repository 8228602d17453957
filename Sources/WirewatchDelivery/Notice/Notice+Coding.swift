import WirewatchKit

/// A notice as the state holds it: a line of figures, a line of the group's labels, then a line of JSON for each alert.
extension Notice {
    var encoded: [UInt8] {
        var bytes = Array("1 \(kind.rawValue) \(created.milliseconds) \(repeats) \(id)\n".utf8)
        bytes += Self.line(group)
        for alert in alerts {
            bytes.append(0x0A)
            bytes += alert.line
        }
        return bytes
    }

    init?(encoded bytes: [UInt8]) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count >= 3 else { return nil }
        let words = String(decoding: lines[0], as: UTF8.self).split(separator: " ")
        guard words.count == 5, words[0] == "1", let kind = Kind(rawValue: String(words[1])),
            let created = Int64(words[2]), let repeats = Int(words[3])
        else { return nil }
        var alerts: [Alert] = []
        for line in lines[2...] {
            guard let alert = try? Alert(json: Array(line)) else { return nil }
            alerts.append(alert)
        }
        self.init(
            kind: kind, created: Timestamp(milliseconds: created), group: Self.labels(lines[1]), alerts: alerts,
            repeats: repeats)
        id = String(words[4])
    }

    /// Names and values, alternating, between tabs.
    static func line(_ labels: [(name: String, value: String)]) -> [UInt8] {
        var text: [UInt8] = []
        for (name, value) in labels {
            if !text.isEmpty { text.append(0x09) }
            text += name.utf8.map { $0 < 0x20 ? 0x20 : $0 }
            text.append(0x09)
            text += value.utf8.map { $0 < 0x20 ? 0x20 : $0 }
        }
        return text
    }

    static func labels(_ line: ArraySlice<UInt8>) -> [(name: String, value: String)] {
        let words = line.split(separator: 0x09, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        return stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
    }
}

extension Alert {
    /// The record without a line feed.
    var line: [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        write(to: &writer, seq: nil)
        return writer.take()
    }
}
