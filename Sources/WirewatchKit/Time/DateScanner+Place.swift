internal import WirewatchText

/// Where a date stands.
extension DateScanner {
    /// Whether what was read from `start` to `at` is a dateline's, not a sentence's: nothing but a label, names or a mark
    /// before it, nothing but a mark or the end after it.
    func standsAlone(_ start: Int) -> Bool {
        var after = at
        while after < bytes.count, bytes[after] == 0x20 || bytes[after] == 0xC2 || bytes[after] == 0xA0 { after += 1 }
        if after < bytes.count {
            let byte = bytes[after]
            let isMark =
                byte < 0x20 || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ",")
                || byte == UInt8(ascii: "-") && after > at || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ";")
                || byte == 0xB7 || byte == 0xE2 || byte == 0xEF
                || byte == UInt8(ascii: ".") && after + 1 == bytes.count
            guard isMark else { return false }
        }
        guard start > 0 else { return true }
        // Names, labels and marks alone.
        guard start <= 120 else { return false }
        var place = 0
        while place < start {
            guard isAlphanumeric(place) else {
                place += 1
                continue
            }
            var stop = place
            while stop < start, isAlphanumeric(stop) { stop += 1 }
            if bytes[place] &- 0x61 < 26 {
                var name = ShortWord()
                for index in place..<stop { guard name.append(bytes[index] | 0x20) else { return false } }
                guard Self.labels[name] != nil else { return false }
            }
            place = stop
        }
        return true
    }

    /// What stands before a date in lower case, beside names.
    private static let labels = WordTable([
        (
            """
            published posted updated update modified date released on at by and last first am le el um vom von par de del \
            min mins minute minutes read
            """, 1
        )
    ])
}
