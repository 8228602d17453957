import WirewatchKit

/// An article's page that is still to be read; one entry each in the source's state.
struct WaitingPage: Sendable, Equatable {
    var url: String
    /// ``CanonicalURL`` of the link.
    var address: String
    /// The link's text, for the dead letter.
    var text: String
    /// How often it was asked for in vain, and not to be asked for before.
    var attempts = 0
    var notBefore: Timestamp?
    /// Its place in the order of reading; the key in the state comes from it.
    var number: UInt64

    /// A page that cannot be had is asked for so often.
    static let mostAttempts = 5
    static let prefix = "page/"

    /// Sixteen digits, so that keys sort as numbers do.
    var key: String {
        let digits = String(number, radix: 16)
        return Self.prefix + String(repeating: "0", count: 16 - digits.count) + digits
    }

    init(url: String, address: String, text: String, number: UInt64) {
        self.url = url
        self.address = address
        self.text = text
        self.number = number
    }

    /// A line each: URL, address, attempts, time, text. URLs hold no line ends, and a link's text was collapsed.
    var encoded: [UInt8] {
        let time = notBefore.map { String($0.milliseconds) } ?? "-"
        return Array("\(url)\n\(address)\n\(attempts)\n\(time)\n\(text)".utf8)
    }

    init?(key: String, encoded bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", maxSplits: 4, omittingEmptySubsequences: false)
        guard lines.count == 5, let number = UInt64(key.dropFirst(Self.prefix.count), radix: 16),
            let attempts = Int(lines[2]), (0...1000).contains(attempts)
        else { return nil }
        self.init(url: String(lines[0]), address: String(lines[1]), text: String(lines[4]), number: number)
        self.attempts = attempts
        // Beyond the year 9999 either way is no time of ours.
        notBefore = Int64(lines[3]).flatMap { abs($0) < 253_402_300_800_000 ? Timestamp(milliseconds: $0) : nil }
    }
}
