/// Finds the long numbered lists and tables of a page-text dump: rankings, calendars, lists of products.
///
/// Their lines are no sentences, and so many short lines look like a menu; but menus are not numbered.
enum NumberedRuns {
    /// Makes the short lines of runs of six and more numbers in sequence items; a line between two of them is one too.
    static func mark(_ lines: inout [PageLine]) {
        var run: [Int] = []
        var last = 0
        func end(_ lines: inout [PageLine]) {
            if run.count >= 6, let first = run.first, let final = run.last {
                for index in first...final where lines[index].role == .short || lines[index].role == .date {
                    lines[index].role = .item
                }
            }
            run = []
        }
        for index in lines.indices {
            guard let number = number(lines[index].text.bytes) else {
                // A line between two numbers: an address, the second half of an entry.
                if let previous = run.last, index - previous > 2 { end(&lines) }
                continue
            }
            if run.isEmpty ? number != 1 : number != last + 1 {
                end(&lines)
                guard number == 1 else { continue }
            }
            run.append(index)
            last = number
        }
        end(&lines)
    }

    /// The number that a line begins with, words after it; nil for none and for those over 999.
    private static func number(_ bytes: [UInt8]) -> Int? {
        let digits = bytes.prefix { $0 &- 0x30 < 10 }
        guard (1...3).contains(digits.count), bytes.count > digits.count + 2 else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
