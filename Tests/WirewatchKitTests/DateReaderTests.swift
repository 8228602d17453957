import Testing
import WirewatchKit

struct DateReaderTests {
    @Test(
        "dates are read as written",
        arguments: [
            ("December 3, 2025", "2025-12-03"), ("Dec 30, 2025 10:24 PM", "2025-12-30T22:24:00"),
            ("Dec. 30, 2025, 12:05 a.m. EST", "2025-12-30T00:05:00-05:00"), ("3 December 2025", "2025-12-03"),
            ("3rd of December 2025", "2025-12-03"), ("December 3rd, 2025", "2025-12-03"),
            ("2025-12-03T10:00:00+08:00", "2025-12-03T10:00:00+08:00"), ("2025-12-03T10:00Z", "2025-12-03T10:00:00Z"),
            ("2025-12-03 10:00:00.1234567+0000", "2025-12-03T10:00:00.123Z"),
            ("20251203T101112Z", "2025-12-03T10:11:12Z"),
            ("Wed, 03 Dec 2025 10:00:00 GMT", "2025-12-03T10:00:00Z"),
            ("Wed, 3 Dec 25 10:00 -0500", "2025-12-03T10:00:00-05:00"),
            ("Wed Dec  3 10:00:00 2025", "2025-12-03T10:00:00"),
            ("Wed Dec 03 2025 10:00:00 GMT+0800 (CST)", "2025-12-03T10:00:00+08:00"), ("2025/12/03", "2025-12-03"),
            ("2025/12/3 9:05", "2025-12-03T09:05:00"), ("2025\u{5E74}12\u{6708}3\u{65E5} 10:24", "2025-12-03T10:24:00"),
            ("2025\u{5E74}12\u{6708}3\u{65E5}\u{4E0B}\u{5348}3:04", "2025-12-03T15:04:00"),
            ("2025\u{5E74}12\u{6708}", "2025-12"),
            ("03.12.2025", "2025-12-03"), ("3. Dezember 2025, 14:30", "2025-12-03T14:30:00"),
            ("3 de marzo de 2025", "2025-03-03"),
            ("12/25/2025", "2025-12-25"), ("25/12/2025", "2025-12-25"), ("05/05/2025", "2025-05-05"),
            ("December 2025", "2025-12"), ("2025-12", "2025-12"),
            ("10:24 AM ET, Wed December 3, 2025", "2025-12-03T10:24:00-05:00"),
            ("July 4, 2025 at 9 p.m. ET", "2025-07-04T21:00:00-04:00"),
            ("Dec 5, 2025 | 10:24 UTC+8", "2025-12-05T10:24:00+08:00"),
            ("Sept 5 2025 (11:00 GMT)", "2025-09-05"), ("Feb 29, 2024", "2024-02-29"),
            ("12 May 2025 7.45pm BST", "2025-05-12T19:45:00+01:00"),
            ("2025-12-03T24:00:00", nil), ("Feb 29, 2025", nil), ("2025-13-01", nil), ("31 April 2025", nil),
            ("03/04/2025", nil), ("May", nil), ("May 5", nil), ("2025", nil), ("Hours Ago", nil), ("", nil),
            ("99999999999999999999", nil), ("12 may be 2025", nil),
        ] as [(String, String?)])
    func read(text: String, expected: String?) {
        #expect(DateReader.read(text)?.text == expected)
    }

    @Test(
        "the first date in a text is found with its place",
        arguments: [
            ("Published: Dec 30, 2025 10:24 PM", "Dec 30, 2025 10:24 PM"),
            ("By A B | 3 May 2025 | 5 min", "3 May 2025"),
            ("Updated on 2025-12-03T10:00:00Z.", "2025-12-03T10:00:00Z"), ("In 2025 May 5 firms", nil),
            ("no date", nil),
            ("Ann ExampleMay 5, 2025", "May 5, 2025"),
            ("version 2.10.2025.7", nil),
        ] as [(String, String?)])
    func find(text: String, expected: String?) {
        let found = DateReader.find(in: text)
        let utf8 = Array(text.utf8)
        #expect(found.map { String(decoding: utf8[$0.range], as: UTF8.self) } == expected)
    }
}
