internal import Glibc
internal import WirewatchKit

/// How far a place's clocks are from UTC, at each instant.
enum TimeZone: Sendable {
    case fixed(seconds: Int)
    /// The machine's.
    case local
    /// By the file of the system's time zone database (TZif, RFC 9636): transitions, ascending, and the offset after each.
    case table(first: Int, transitions: [(time: Int64, offset: Int)])

    /// `local`, `UTC`, `+01:00`, `Europe/Berlin`; nil for anything else.
    init?(_ name: String) {
        switch name {
        case "local": self = .local
        case "UTC", "Z": self = .fixed(seconds: 0)
        default:
            if let sign = name.first, sign == "+" || sign == "-" {
                guard let minutes = ReleaseTimes.minutes(String(name.dropFirst())), minutes <= 18 * 60 else {
                    return nil
                }
                self = .fixed(seconds: (sign == "-" ? -60 : 60) * minutes)
                return
            }
            let isName = name.utf8.allSatisfy {
                ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || "/_+-".utf8.contains($0)
            }
            guard isName, name.utf8.count < 64, !name.hasPrefix("/"), let zone = Self.read(name) else { return nil }
            self = zone
        }
    }

    /// Seconds east of UTC.
    func offset(at time: Timestamp) -> Int {
        switch self {
        case .fixed(let seconds): return seconds
        case .local:
            var seconds = time_t(time.seconds)
            var fields = tm()
            localtime_r(&seconds, &fields)
            return Int(fields.tm_gmtoff)
        case .table(let first, let transitions):
            var low = 0
            var high = transitions.count
            while low < high {
                let middle = (low + high) / 2
                if transitions[middle].time <= time.seconds { low = middle + 1 } else { high = middle }
            }
            return low == 0 ? first : transitions[low - 1].offset
        }
    }

    private static func read(_ name: String) -> TimeZone? {
        let file = open("/usr/share/zoneinfo/" + name, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256 << 10)
        let count = Glibc.read(file, &bytes, bytes.count)
        return count > 0 ? parse(Array(bytes[..<count])) : nil
    }

    /// Reads a file of version 2 or later; nil for anything else. Every access is within bounds, whatever the bytes say.
    static func parse(_ bytes: [UInt8]) -> TimeZone? {
        func number(_ at: Int, _ size: Int) -> Int64? {
            guard at >= 0, at + size <= bytes.count else { return nil }
            var value: UInt64 = bytes[at] & 0x80 == 0 ? 0 : .max
            for byte in bytes[at..<at + size] { value = value << 8 | UInt64(byte) }
            return Int64(bitPattern: value)
        }
        /// The counts of a header: isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt.
        func counts(_ at: Int) -> [Int]? {
            guard at + 44 <= bytes.count, bytes[at...].starts(with: "TZif".utf8), bytes[at + 4] >= 0x32 else {
                return nil
            }
            let counts = (0..<6).compactMap { number(at + 20 + 4 * $0, 4).map { Int($0) } }
            return counts.count == 6 && counts.allSatisfy({ 0...100_000 ~= $0 }) ? counts : nil
        }
        // The first block has times of 32 bits and is passed over.
        guard let old = counts(0) else { return nil }
        let second = 44 + old[3] * 5 + old[4] * 6 + old[5] + old[2] * 8 + old[1] + old[0]
        guard let new = counts(second) else { return nil }
        let times = second + 44
        let kinds = times + new[3] * 8
        let types = kinds + new[3]
        func offset(_ kind: Int) -> Int? { number(types + kind * 6, 4).map { Int($0) } }
        guard let first = offset(0) else { return nil }
        var transitions: [(time: Int64, offset: Int)] = []
        for place in 0..<new[3] {
            guard let time = number(times + place * 8, 8), kinds + place < bytes.count,
                let offset = offset(Int(bytes[kinds + place]))
            else { return nil }
            transitions.append((time, offset))
        }
        return .table(first: first, transitions: transitions)
    }
}
