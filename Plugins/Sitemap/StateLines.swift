import WirewatchKit

/// `name value` lines, the readable form in which small things are kept in the state.
struct StateLines {
    private(set) var text = ""

    /// Line ends in the value become spaces; nil and empty values are left out.
    mutating func add(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        let oneLine = String.UnicodeScalarView(value.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 })
        text += name + " " + String(oneLine) + "\n"
    }

    mutating func add(_ name: String, _ number: Int) { if number != 0 { add(name, String(number)) } }

    mutating func add(_ name: String, _ time: Timestamp?) { add(name, time.map { String($0.milliseconds) }) }

    var bytes: [UInt8] { Array(text.utf8) }

    /// What ``StateLines`` wrote; what is missing or damaged is nil or nothing.
    struct Reading {
        private var values: [Substring: [String]] = [:]

        init(_ bytes: [UInt8]) {
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                guard let space = line.firstIndex(of: " ") else { continue }
                values[line[..<space], default: []].append(String(line[line.index(after: space)...]))
            }
        }

        subscript(name: Substring) -> String? { values[name]?.first }

        func all(_ name: Substring) -> [String] { values[name] ?? [] }

        func count(_ name: Substring, upTo limit: Int = 1 << 30) -> Int {
            self[name].flatMap { Int($0) }.map { max(0, min($0, limit)) } ?? 0
        }

        func time(_ name: Substring) -> Timestamp? {
            // Beyond the year 9999 either way is no time of ours.
            self[name].flatMap { Int64($0) }.flatMap {
                abs($0) < 253_402_300_800_000 ? Timestamp(milliseconds: $0) : nil
            }
        }
    }
}
