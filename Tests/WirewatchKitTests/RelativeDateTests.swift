import Testing
import WirewatchKit

/// Against Thursday, 5 March 2026, 12:00 UTC.
struct RelativeDateTests {
    private static let hints = DateHints(now: DateFormsTests.now)

    @Test(
        "spans of time ago, to the precision that they have",
        arguments: [
            ("2 hours ago", "2026-03-05T10:00:00Z"), ("an hour ago", "2026-03-05T11:00:00Z"),
            ("5 mins ago", "2026-03-05T11:55:00Z"), ("5m ago", "2026-03-05T11:55:00Z"), ("3d ago", "2026-03-02"),
            ("1 day ago", "2026-03-04"), ("1 hour, 20 minutes ago", "2026-03-05T10:40:00Z"),
            ("30 seconds ago", "2026-03-05T11:59:00Z"), ("just now", "2026-03-05T12:00:00Z"),
            ("moments ago", "2026-03-05T12:00:00Z"), ("5 weeks ago", "2026-01"), ("3 weeks ago", "2026-02"),
            ("1 week ago", "2026-02"), ("1 month ago", "2026"), ("2 months ago", nil), ("a year ago", nil),
            ("vor 2 Stunden", "2026-03-05T10:00:00Z"), ("vor einer Stunde", "2026-03-05T11:00:00Z"),
            ("il y a 3 jours", "2026-03-02"), ("hace 5 minutos", "2026-03-05T11:55:00Z"),
            ("2 ore fa", "2026-03-05T10:00:00Z"),
            ("2 uur geleden", "2026-03-05T10:00:00Z"),
            ("3\u{5C0F}\u{65F6}\u{524D}", "2026-03-05T09:00:00Z"),
            ("5\u{5206}\u{949F}\u{524D}", "2026-03-05T11:55:00Z"),
            ("\u{534A}\u{5C0F}\u{65F6}\u{524D}", "2026-03-05T11:30:00Z"), ("\u{521A}\u{521A}", "2026-03-05T12:00:00Z"),
            ("\u{4E24}\u{5929}\u{524D}", "2026-03-03"), ("3\u{6642}\u{9593}\u{524D}", "2026-03-05T09:00:00Z"),
            ("3\u{C2DC}\u{AC04} \u{C804}", "2026-03-05T09:00:00Z"), ("9999 years ago", nil),
            ("99999999999 days ago", nil),
            ("5 min read", nil), ("2 hours", nil), ("ago", nil), ("2 fortnights ago", nil),
        ] as [(String, String?)])
    func ago(text: String, expected: String?) { check(text, expected) }

    @Test(
        "days named by their distance",
        arguments: [
            ("Today 10:15", "2026-03-05T10:15:00"), ("Yesterday", "2026-03-04"),
            ("yesterday at 10:15 pm", "2026-03-04T22:15:00"),
            ("Yesterday, 10:15 a.m. ET", "2026-03-04T10:15:00-05:00"), ("gestern, 10:15 Uhr", "2026-03-04T10:15:00"),
            ("\u{4ECA}\u{5929} 10:15", "2026-03-05T10:15:00"), ("\u{6628}\u{5929} 10:15", "2026-03-04T10:15:00"),
            ("\u{6628}\u{5929}", "2026-03-04"), ("\u{524D}\u{5929} 8:00", "2026-03-03T08:00:00"),
            ("Monday 10:15", "2026-03-02T10:15:00"), ("Thursday, 10:15 am", "2026-03-05T10:15:00"),
            ("Thursday 13:00", "2026-02-26T13:00:00"), ("\u{5468}\u{4E00} 10:15", "2026-03-02T10:15:00"),
            ("Monday", nil),
            ("last week", "2026"), ("last month", "2026-02"), ("last year", "2025"), ("today's chips", nil),
        ] as [(String, String?)])
    func days(text: String, expected: String?) { check(text, expected) }

    @Test(
        "days without a year are those of the last that they came in",
        arguments: [
            ("3 March", "2026-03-03"), ("March 3", "2026-03-03"), ("Mon 3 March", "2025-03-03"),
            ("Tue, 3 Mar", "2026-03-03"),
            ("December 24, 10:15", "2025-12-24T10:15:00"), ("6 March", "2026-03-06"), ("7 March", "2025-03-07"),
            ("3\u{6708}3\u{65E5}", "2026-03-03"), ("3\u{6708}3\u{65E5} 10:15", "2026-03-03T10:15:00"),
            ("12\u{6708}24\u{65E5}", "2025-12-24"), ("29 February", "2024-02-29"), ("30 February", nil),
            ("31 Juin", nil),
        ] as [(String, String?)])
    func yearless(text: String, expected: String?) { check(text, expected) }

    @Test("where all is the date a month and day in numbers need a time")
    func numbers() {
        #expect(DateReader.readWhole("03-03 10:15", hints: Self.hints)?.text == "2026-03-03T10:15:00")
        #expect(DateReader.readWhole("03-03", hints: Self.hints) == nil)
    }

    @Test(
        "they count in bylines, not in sentences",
        arguments: [
            ("Published 2 hours ago", true), ("Ann Example \u{B7} 2 hours ago", true),
            ("By Ann Example | 3 March", true),
            ("Updated: Yesterday 10:15 | Technology", true), ("Ann Example, 3 March", true),
            ("\u{66F4}\u{65B0}\u{4E8E} 3\u{5C0F}\u{65F6}\u{524D}", true),
            ("The plant opened 2 years ago", false), ("Robots of March 3 are here", false),
            ("Yesterday we saw a robot", false), ("It began on 3 March in the north", false), ("5 min read", false),
        ])
    func places(text: String, isFound: Bool) {
        #expect((DateReader.find(in: text, hints: Self.hints) != nil) == isFound)
        #expect(DateReader.find(in: text) == nil)
    }

    private func check(_ text: String, _ expected: String?) {
        #expect(DateReader.read(text, hints: Self.hints)?.text == expected)
        #expect(DateReader.find(in: text, hints: Self.hints)?.date.text == expected)
        // Without the time of the fetch they say nothing.
        #expect(DateReader.read(text) == nil)
    }
}
