import Testing
import WirewatchKit

@Suite struct DateTextTests {
    @Test(
        "times are written in full, with milliseconds where there are any",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00Z"), (1_767_528_000_000, "2026-01-04T12:00:00Z"),
            (1_767_528_000_007, "2026-01-04T12:00:00.007Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (253_402_300_800_000, "10000-01-01T00:00:00Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00Z"),
        ])
    func timestamps(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
    }

    @Test func `a date is written as far as it is known`() {
        let fields = CivilTime(year: 2025, month: 3, day: 9, hour: 7, minute: 5, second: 2, millisecond: 40)
        func text(_ precision: PublicationDate.Precision, _ offset: Int? = nil) -> String {
            PublicationDate(fields, precision: precision, offsetMinutes: offset).text
        }
        #expect(text(.year) == "2025" && text(.month) == "2025-03" && text(.day, 60) == "2025-03-09")
        #expect(text(.minute) == "2025-03-09T07:05:02" && text(.second, 0) == "2025-03-09T07:05:02Z")
        #expect(text(.millisecond, -210) == "2025-03-09T07:05:02.040-03:30")
        #expect(text(.second, 840) == "2025-03-09T07:05:02+14:00")
    }

    @Test(
        "a date further ahead than time zones explain is not believed",
        arguments: [
            ("2026-01-05T12:00:00Z", true), ("2026-01-05T12:00:01Z", false), ("1990-01-01", true), ("2026-02", false),
        ])
    func believable(text: String, isBelieved: Bool) throws {
        let date = try #require(PublicationDate(text: text))
        #expect(date.believable(at: Timestamp(milliseconds: 1_767_528_000_000)) == (isBelieved ? date : nil))
    }

    @Test func `a date by the book has its fields`() throws {
        let date = try #require(DateReader.readWhole("Sun, 04 Jan 2026 12:34:56 -0330"))
        #expect(date.text == "2026-01-04T12:34:56-03:30" && date.precision == .second)
    }
}
