import Testing
import WirewatchKit

/// One table for each family of forms; every date is read by `readWhole`, `find` and, unless it says otherwise, `read`.
struct DateFormsTests {
    /// Thursday, 5 March 2026, 12:00 UTC.
    static let now = PublicationDate(text: "2026-03-05T12:00:00Z")?.timestamp ?? Timestamp(seconds: 0)

    @Test(
        "standards: RFC 822, 2822 and 3339, ISO 8601, asctime, W3CDTF",
        arguments: [
            ("Tue, 03 Mar 26 07:08:09 UT", "2026-03-03T07:08:09Z"),
            ("3 Mar 2026 07:08 EST", "2026-03-03T07:08:00-05:00"),
            ("Tue, 3 Mar 2026 07:08:09 -0000", "2026-03-03T07:08:09Z"),
            ("Tuesday, 03-Mar-26 07:08:09 GMT", "2026-03-03T07:08:09Z"),
            ("Tue Mar  3 07:08:09 2026", "2026-03-03T07:08:09"),
            ("Tue Mar  3 07:08:09 PST 2026", "2026-03-03T07:08:09-08:00"),
            ("2026-03-03T07:08:09,5+01", "2026-03-03T07:08:09.500+01:00"),
            ("2026-03-03t07:08:09z", "2026-03-03T07:08:09Z"),
            ("20260303T0708Z", "2026-03-03T07:08:00Z"), ("20260303T070809.25Z", "2026-03-03T07:08:09.250Z"),
            ("2026-W10-2", "2026-03-03"), ("2026W102", "2026-03-03"), ("2026-W10-2T07:08Z", "2026-03-03T07:08:00Z"),
            ("2026-W01-1", "2025-12-29"), ("2020-W53-7", "2021-01-03"), ("2026-W10", "2026-03"), ("2026-W14", "2026"),
            ("2026-W54-1", nil), ("2025-W53-1", nil), ("2026-W10-8", nil), ("2026-W00-1", nil),
            ("2026-03-03T07:08:60Z", "2026-03-03T07:08:60Z"), ("2026-03-03T25:00:00Z", nil),
            ("2026-03-03T07:61:00Z", nil), ("2100-02-29", nil), ("2000-02-29", "2000-02-29"),
            ("1899-12-30", nil), ("0001-01-01T00:00:00Z", nil), ("2200-01-01", nil), ("9999-12-31", nil),
        ] as [(String, String?)])
    func standards(text: String, expected: String?) { check(text, expected) }

    @Test(
        "zones: offsets, names, letters, Beijing time; none stays none",
        arguments: [
            ("3 Mar 2026 07:08 +0530", "2026-03-03T07:08:00+05:30"),
            ("3 Mar 2026 07:08 UTC-3", "2026-03-03T07:08:00-03:00"),
            ("3 Mar 2026 07:08 \u{2212}03:30", "2026-03-03T07:08:00-03:30"),
            ("3 Mar 2026 07:08 (GMT+8)", "2026-03-03T07:08:00+08:00"),
            ("3 Mar 2026 07:08 ET", "2026-03-03T07:08:00-05:00"),
            ("10 Mar 2026 07:08 ET", "2026-03-10T07:08:00-04:00"),
            ("3 Mar 2026 07:08 MESZ", "2026-03-03T07:08:00+02:00"),
            ("3 Mar 2026 07:08 CST", "2026-03-03T07:08:00-06:00"),
            ("3 Mar 2026 07:08 Beijing time", "2026-03-03T07:08:00+08:00"),
            (
                "2026\u{5E74}3\u{6708}3\u{65E5}07:08\u{FF08}\u{5317}\u{4EAC}\u{65F6}\u{95F4}\u{FF09}",
                "2026-03-03T07:08:00+08:00"
            ),
            ("\u{5317}\u{4EAC}\u{65F6}\u{95F4}2026\u{5E74}3\u{6708}3\u{65E5} 07:08", "2026-03-03T07:08:00+08:00"),
            ("2026\u{5E74}3\u{6708}3\u{65E5} 07:08 \u{7F8E}\u{4E1C}\u{65F6}\u{95F4}", "2026-03-03T07:08:00-05:00"),
            ("3 Mar 2026 07:08", "2026-03-03T07:08:00"), ("3 Mar 2026", "2026-03-03"),
        ] as [(String, String?)])
    func zones(text: String, expected: String?) { check(text, expected) }

    @Test(
        "zones that count only where all is the date",
        arguments: [
            ("Tue, 3 Mar 2026 07:08:09 A", "2026-03-03T07:08:09Z"),
            ("Tue, 3 Mar 2026 07:08:09 J", "2026-03-03T07:08:09"),
            ("3 Mar 2026 07:08:09 AST", "2026-03-03T07:08:09-04:00"),
            ("3 Mar 2026 07:08:09 Asia/Shanghai", "2026-03-03T07:08:09+08:00"),
            ("3 Mar 2026 07:08:09 Asia/Nowhere", "2026-03-03T07:08:09"),
        ] as [(String, String?)])
    func wholeZones(text: String, expected: String?) { #expect(DateReader.readWhole(text)?.text == expected) }

    @Test("CST is China's where the text is Chinese")
    func chinaTime() {
        let hints = DateHints(language: "zh-CN")
        #expect(DateReader.read("2026-03-03 07:08 CST", hints: hints)?.text == "2026-03-03T07:08:00+08:00")
        #expect(DateReader.read("2026-03-03 07:08 EST", hints: hints)?.text == "2026-03-03T07:08:00-05:00")
    }

    @Test(
        "bylines and datelines",
        arguments: [
            ("Published: March 3, 2026 | 10:15 a.m. EST", "2026-03-03T10:15:00-05:00"),
            ("By Ann Example \u{B7} 3 Mar 2026", "2026-03-03"), ("Posted 3.3.2026", "2026-03-03"),
            ("LONDON, March 3, 2026 (Wire)", "2026-03-03"),
            ("Stand: 3. M\u{E4}rz 2026, 10.15 Uhr", "2026-03-03T10:15:00"),
            ("M\u{C4}RZ 3, 2026", "2026-03-03"), ("le 1er mars 2026 \u{E0} 10h15", "2026-03-01"),
            ("March\u{A0}3,\u{A0}2026, 10:15\u{202F}AM", "2026-03-03T10:15:00"),
            ("Published 10:15 AM EST, Tue March 3, 2026", "2026-03-03T10:15:00-05:00"),
            ("\u{53D1}\u{5E03}\u{65F6}\u{95F4}\u{FF1A}2026-03-03 10:15", "2026-03-03T10:15:00"),
            ("Ref. 2026/03", nil), ("Updated 5 min read", nil), ("Call 555-2026-03", nil),
        ] as [(String, String?)])
    func bylines(text: String, expected: String?) {
        #expect(DateReader.find(in: text)?.date.text == expected)
    }

    @Test(
        "Chinese, Japanese and Korean",
        arguments: [
            ("2026\u{5E74}3\u{6708}3\u{65E5} 10:15", "2026-03-03T10:15:00"),
            ("2026\u{5E74}03\u{6708}03\u{65E5}10\u{65F6}15\u{5206}", "2026-03-03T10:15:00"),
            ("2026\u{5E74}3\u{6708}3\u{65E5} \u{4E0B}\u{5348}3\u{70B9}\u{534A}", "2026-03-03T15:30:00"),
            ("2026\u{5E74}3\u{6708}3\u{65E5} \u{661F}\u{671F}\u{4E8C} 10:15", "2026-03-03T10:15:00"),
            ("\u{4E8C}\u{3007}\u{4E8C}\u{516D}\u{5E74}\u{4E09}\u{6708}\u{4E09}\u{65E5}", "2026-03-03"),
            (
                "\u{4E8C}\u{96F6}\u{4E8C}\u{4E94}\u{5E74}\u{5341}\u{4E8C}\u{6708}\u{4E09}\u{5341}\u{4E00}\u{65E5}",
                "2025-12-31"
            ),
            ("\u{FF12}\u{FF10}\u{FF12}\u{FF16}\u{5E74}\u{FF13}\u{6708}\u{FF13}\u{65E5}", "2026-03-03"),
            ("2026\u{5E74}3\u{6708}", "2026-03"), ("2026\u{5E74} 3\u{6708} 3\u{65E5}", "2026-03-03"),
            ("2026\u{5E74}3\u{6708}3\u{65E5}\u{FF08}\u{706B}\u{FF09}10\u{6642}15\u{5206}", "2026-03-03T10:15:00"),
            ("2026\u{5E74}3\u{6708}3\u{65E5}(\u{706B}) \u{5348}\u{5F8C}3:15", "2026-03-03T15:15:00"),
            ("\u{4EE4}\u{548C}8\u{5E74}3\u{6708}3\u{65E5}", "2026-03-03"),
            ("\u{4EE4}\u{548C}\u{5143}\u{5E74}5\u{6708}1\u{65E5}", "2019-05-01"),
            ("\u{6C11}\u{570B}115\u{5E74}3\u{6708}3\u{65E5}", "2026-03-03"),
            ("2026\u{5E74}2\u{6708}30\u{65E5}", nil), ("2026\u{5E74}13\u{6708}", nil),
            ("\u{4E09}\u{5341}\u{5E74}", nil),
        ] as [(String, String?)])
    func eastAsian(text: String, expected: String?) { check(text, expected) }

    @Test(
        "Korean, whose zone is implied where all is the date",
        arguments: [
            ("2026\u{B144} 3\u{C6D4} 3\u{C77C} \u{C624}\u{D6C4} 3:15", "2026-03-03T15:15:00"),
            ("2026\u{B144} 3\u{C6D4} 3\u{C77C} \u{D654}\u{C694}\u{C77C} 10\u{C2DC} 15\u{BD84}", "2026-03-03T10:15:00"),
            ("2026. 3. 3. \u{C624}\u{C804} 10:15", "2026-03-03T10:15:00"),
        ] as [(String, String)])
    func korean(text: String, expected: String) {
        #expect(DateReader.read(text)?.text == expected)
        #expect(DateReader.readWhole(text)?.text == expected + "+09:00")
    }

    @Test(
        "months of other languages where all is the date",
        arguments: [
            ("3 marzo 2026", "2026-03-03"), ("3 mars 2026 10:15", "2026-03-03T10:15:00"),
            ("3. b\u{159}ezna 2026", "2026-03-03"),
            ("3 \u{41C}\u{410}\u{420}\u{422}\u{410} 2026", "2026-03-03"),
            ("3 \u{39C}\u{391}\u{3A1} 2026", "2026-03-03"),
            ("3 de mar\u{E7}o de 2026", "2026-03-03"), ("3 Mart 2026", "2026-03-03"),
            ("3 maaliskuuta 2026", "2026-03-03"),
            ("3 maart 2026", "2026-03-03"), ("D\u{C9}CEMBRE 3, 2026", "2026-12-03"), ("3 brumaire 2026", nil),
        ] as [(String, String?)])
    func languages(text: String, expected: String?) { #expect(DateReader.readWhole(text)?.text == expected) }

    @Test("two readings of a date are decided by the language, by the time of the fetch, by other dates, or said")
    func ambiguous() {
        #expect(DateReader.read("03/04/2026") == nil)
        #expect(DateReader.read("03/04/2026", hints: DateHints(order: .dayFirst))?.text == "2026-04-03")
        #expect(DateReader.read("03/04/2026", hints: DateHints(language: "en-US"))?.text == "2026-03-04")
        #expect(DateReader.read("03/04/2026", hints: DateHints(language: "en_GB"))?.text == "2026-04-03")
        #expect(DateReader.read("03/04/2026", hints: DateHints(language: "fr"))?.text == "2026-04-03")
        #expect(DateReader.read("03/04/2026", hints: DateHints(language: "en")) == nil)
        // The third of April has not come.
        #expect(DateReader.read("03/04/2026", hints: DateHints(now: Self.now))?.text == "2026-03-04")
        #expect(DateReader.read("01/02/2026", hints: DateHints(now: Self.now)) == nil)
        #expect(DateReader.read("25/02/2026", hints: DateHints(order: .monthFirst))?.text == "2026-02-25")
        let readings = DateReader.readings(of: "03/04/2026 10:15")
        #expect(readings?.dayFirst.text == "2026-04-03T10:15:00" && readings?.monthFirst.text == "2026-03-04T10:15:00")
        #expect(DateReader.readings(of: "13/04/2026") == nil && DateReader.readings(of: "3 April 2026") == nil)
        #expect(DateReader.order(in: ["03/04/2026", "on 25/12/2025", "2026-01-01"]) == .dayFirst)
        #expect(DateReader.order(in: ["12/25/2025"]) == .monthFirst)
        #expect(DateReader.order(in: ["25/12/2025", "12/25/2025"]) == nil && DateReader.order(in: ["x"]) == nil)
    }

    private func check(_ text: String, _ expected: String?) {
        #expect(DateReader.readWhole(text)?.text == expected)
        #expect(DateReader.read(text)?.text == expected)
        #expect(DateReader.find(in: "\u{3010}" + text + "\u{3011}")?.date.text == expected)
    }
}
