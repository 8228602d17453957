import Testing
import WirewatchKit
import WirewatchTesting

@Suite struct UsualDateTests {
    /// By the whole grammar, and by the places where it may be read so.
    private static func expectSame(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(DateReader.readWhole(bytes.span) == DateReader.readWhole(bytes), "\(text)")
    }

    @Test(
        "the forms that nearly all feeds have are read as the grammar has them",
        arguments: [
            ("Sun, 04 Jan 2026 12:00:00 +0000", "2026-01-04T12:00:00Z"),
            ("Sun, 04 Jan 2026 12:00:00 GMT", "2026-01-04T12:00:00Z"),
            ("Thu, 29 Feb 2024 23:59:60 -0930", "2024-02-29T23:59:60-09:30"),
            ("2026-01-04T12:00:00Z", "2026-01-04T12:00:00Z"),
            ("2026-01-04T12:00:00+05:45", "2026-01-04T12:00:00+05:45"),
        ])
    func forms(text: String, expected: String) {
        let bytes = Array(text.utf8)
        #expect(DateReader.readWhole(bytes.span)?.text == expected)
        Self.expectSame(text)
    }

    @Test func `days of all months, hours and zones are read as the grammar has them`() {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        var random = SeededGenerator(seed: 1)
        for _ in 0..<5000 {
            let month = random.below(14)
            let day = two(random.below(34))
            let year = [1899, 1900, 1999, 2000, 2023, 2024, 2026, 2199, 2200][random.below(9)]
            let time = "\(two(random.below(26))):\(two(random.below(62))):\(two(random.below(63)))"
            let sign = ["+", "-", " "][random.below(3)]
            let (hours, minutes) = (two(random.below(17)), two(random.below(62)))
            let name = month < 12 ? months[month] : ["Mai", "jan"][month - 12]
            Self.expectSame("\(days[random.below(7)]), \(day) \(name) \(year) \(time) \(sign)\(hours)\(minutes)")
            Self.expectSame("\(days[random.below(7)]), \(day) \(name) \(year) \(time) GMT")
            Self.expectSame("\(year)-\(two(month))-\(day)T\(time)\(sign)\(hours):\(minutes)")
            Self.expectSame("\(year)-\(two(month))-\(day)T\(time)Z")
        }
    }

    @Test func `what is nearly of these forms is read as the grammar has it`() {
        var random = SeededGenerator(seed: 2)
        let marks = Array("0129 ,:-+TtZzGMTUCSunAPMx\u{0}.".utf8)
        for form in [
            "Sun, 04 Jan 2026 12:00:00 +0100", "Sun, 04 Jan 2026 12:00:00 GMT", "2026-01-04T12:00:00Z",
            "2026-01-04T12:00:00-08:00",
        ] {
            for _ in 0..<5000 {
                var bytes = Array(form.utf8)
                for _ in 0...random.below(2) {
                    let place = random.below(bytes.count)
                    switch random.below(4) {
                    case 0: bytes.remove(at: place)
                    case 1: bytes.insert(marks[random.below(marks.count)], at: place)
                    default: bytes[place] = marks[random.below(marks.count)]
                    }
                }
                Self.expectSame(String(decoding: bytes, as: UTF8.self))
            }
        }
        for text in ["", "2", "2026-01-04T12:00:00", "Sun, 04 Jan 2026 12:00:00", "2026-01-04T12:00:00.123Z"] {
            Self.expectSame(text)
        }
    }
}
