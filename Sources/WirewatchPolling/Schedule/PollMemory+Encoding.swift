import WirewatchHTTP
import WirewatchKit

/// One `name value` a line: header values hold no line ends, and whoever looks into the state can read it.
///
/// Written and read at every poll of every source, so by bytes.
extension PollMemory {
    /// As it is stored.
    public var encoded: [UInt8] {
        var lines = Lines()
        lines.add("url", url)
        lines.add("moved_to", movedTo)
        lines.add("etag", validators.etag)
        lines.add("last_modified", validators.lastModified)
        lines.add("body", bodyDigest)
        lines.add("last_poll", lastPoll)
        lines.add("last_success", lastSuccess)
        lines.add("last_arrival", lastArrival)
        lines.add("last_whole", lastWhole)
        lines.add("not_before", notBefore)
        lines.add("gone", gone)
        lines.add("failures", failures)
        lines.add("failure", failure)
        lines.add("unmodified", unmodified)
        if let interval = hints.interval { lines.add("hint_interval", number: interval.milliseconds) }
        lines.add("skip_hours", Self.list(hints.skipHours))
        lines.add("skip_days", Self.list(hints.skipDays))
        lines.add("quiet", String(rhythm.time))
        lines.add("arrivals", String(rhythm.arrivals))
        lines.add("documents", Int(documents))
        lines.add("status", status)
        lines.add("polls", polls)
        lines.add("polls_304", polls304)
        lines.add("items", items)
        lines.add("bytes", bytes)
        return lines.bytes
    }

    private struct Lines {
        var bytes: [UInt8] = []

        init() { bytes.reserveCapacity(512) }

        mutating func add(_ name: StaticString, _ value: String?) {
            guard var value else { return }
            begin(name)
            let start = bytes.count
            value.withUTF8 { bytes.append(contentsOf: $0) }
            for place in start..<bytes.count where bytes[place] == 0x0A || bytes[place] == 0x0D {
                bytes.replaceSubrange(start..., with: bytes[start...].filter { $0 != 0x0A && $0 != 0x0D })
                break
            }
            bytes.append(0x0A)
        }

        mutating func add(_ name: StaticString, _ time: Timestamp?) {
            if let time { add(name, number: time.milliseconds) }
        }

        /// Nothing stands for zero.
        mutating func add(_ name: StaticString, _ count: Int) { if count != 0 { add(name, number: Int64(count)) } }

        mutating func add(_ name: StaticString, number: Int64) {
            begin(name)
            if number < 0 { bytes.append(0x2D) }
            var (start, rest) = (bytes.count, number.magnitude)
            repeat {
                bytes.append(0x30 &+ UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
            } while rest > 0
            // The last digit came first. In place: to reverse a slice would copy all that stands before it.
            var end = bytes.count - 1
            while start < end {
                bytes.swapAt(start, end)
                start += 1
                end -= 1
            }
            bytes.append(0x0A)
        }

        private mutating func begin(_ name: StaticString) {
            name.withUTF8Buffer { bytes.append(contentsOf: $0) }
            bytes.append(0x20)
        }
    }

    /// Reads what ``encoded`` writes; what is missing or damaged keeps its default.
    public init(encoded bytes: [UInt8]) {
        self.init(url: "")
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            while start < bytes.count {
                var space = start
                while space < bytes.count, bytes[space] > 0x20 { space &+= 1 }
                var end = space
                while end < bytes.count, bytes[end] != 0x0A { end &+= 1 }
                if space < end, bytes[space] == 0x20 {
                    take(
                        Piece(bytes: UnsafeBufferPointer(rebasing: bytes[start..<space])),
                        Piece(bytes: UnsafeBufferPointer(rebasing: bytes[(space + 1)..<end])))
                }
                start = end &+ 1
            }
        }
    }

    /// A name or a value as it stands in the state; no longer there than the bytes are.
    private struct Piece {
        let bytes: UnsafeBufferPointer<UInt8>

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// Nil for anything but a decimal number that fits.
        var number: Int64? {
            let isNegative = bytes.first == 0x2D
            guard bytes.count > (isNegative ? 1 : 0) else { return nil }
            var number: Int64 = 0
            for byte in bytes.dropFirst(isNegative ? 1 : 0) {
                guard byte &- 0x30 < 10 else { return nil }
                let (tens, isLarge) = number.multipliedReportingOverflow(by: 10)
                let (sum, isLarger) = tens.subtractingReportingOverflow(Int64(byte &- 0x30))
                if isLarge || isLarger { return nil }
                number = sum
            }
            // Kept negative on the way, for there is one more of those.
            return isNegative ? number : number == .min ? nil : -number
        }

        var time: Timestamp? {
            // Beyond the year 9999 either way is no time of ours.
            guard let number, number.magnitude < 253_402_300_800_000 else { return nil }
            return Timestamp(milliseconds: number)
        }

        var count: Int { number.map { Int(max(0, min($0, 1 << 60))) } ?? 0 }

        var weight: Double { Double(text).map { $0.isFinite ? min(max(0, $0), 1e12) : 0 } ?? 0 }

        func set(below limit: Int) -> Set<Int> {
            Set(text.split(separator: ",").compactMap { Int($0) }.filter { (0..<limit).contains($0) })
        }

        @inline(__always)
        static func ~= (name: StaticString, found: Piece) -> Bool {
            guard name.utf8CodeUnitCount == found.bytes.count else { return false }
            return name.withUTF8Buffer { wanted in
                var at = 0
                while at < wanted.count {
                    if wanted[at] != found.bytes[at] { return false }
                    at &+= 1
                }
                return true
            }
        }
    }

    private mutating func take(_ name: Piece, _ value: Piece) {
        switch name {
        case "url": url = value.text
        case "moved_to": movedTo = value.text
        case "etag": validators.etag = value.text
        case "last_modified": validators.lastModified = value.text
        case "body": bodyDigest = value.text
        case "last_poll": lastPoll = value.time
        case "last_success": lastSuccess = value.time
        case "last_arrival": lastArrival = value.time
        case "last_whole": lastWhole = value.time
        case "not_before": notBefore = value.time
        case "gone": gone = value.time
        case "failures": failures = min(value.count, 1 << 30)
        case "failure": failure = value.text
        case "unmodified": unmodified = value.count
        case "hint_interval": hints.interval = value.number.map { .milliseconds(min(max(0, $0), 1 << 40)) }
        case "skip_hours": hints.skipHours = value.set(below: 24)
        case "skip_days": hints.skipDays = value.set(below: 7)
        case "quiet": rhythm.time = value.weight
        case "arrivals": rhythm.arrivals = value.weight
        case "documents": documents = UInt32(clamping: value.count)
        case "status": status = value.count
        case "polls": polls = value.count
        case "polls_304": polls304 = value.count
        case "items": items = value.count
        case "bytes": bytes = value.count
        default: break
        }
    }

    private static func list(_ numbers: Set<Int>) -> String? {
        numbers.isEmpty ? nil : numbers.sorted().map(String.init).joined(separator: ",")
    }
}
