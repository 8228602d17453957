import Testing
import WirewatchHTTP
import WirewatchKit
import WirewatchTesting

@testable import WirewatchPolling

/// What older versions wrote must be read for ever.
@Suite struct StateFormatTests {
    @Test("the memory of polls is read as it was always written")
    func memory() {
        let text = """
            url https://press.example/feed
            moved_to https://press.example/new
            etag W/"a 1"
            last_modified 1 Feb 2025 +0000
            body 00ff
            last_poll 1767528000000
            not_before 1767528900000
            failures 2
            failure the server says 500
            hint_interval 1800000
            skip_hours 3,4
            skip_days 6
            quiet 86400.0
            arrivals 2.5
            documents 7
            status 500
            polls 12
            polls_304 5
            items 40
            bytes 12345

            """
        let memory = PollMemory(encoded: Array(text.utf8))
        #expect(memory.url == "https://press.example/feed" && memory.movedTo == "https://press.example/new")
        #expect(memory.validators == Validators(etag: "W/\"a 1\"", lastModified: "1 Feb 2025 +0000"))
        #expect(memory.lastPoll == Timestamp(seconds: 1_767_528_000) && memory.failures == 2)
        #expect(memory.hints == PollHints(interval: .seconds(1800), skipHours: [3, 4], skipDays: [6]))
        #expect(memory.rhythm == PollRhythm(time: 86_400, arrivals: 2.5) && memory.documents == 7)
        #expect(String(decoding: memory.encoded, as: UTF8.self) == text)
    }

    @Test(
        "a number that is none, or does not fit, counts as missing",
        arguments: [
            ("0", 0), ("7", 7), ("-7", -7), ("253402300799999", 253_402_300_799_999), ("253402300800000", nil),
            ("-253402300800000", nil), ("9223372036854775807", nil), ("9223372036854775808", nil),
            ("-9223372036854775808", nil), ("-9223372036854775809", nil), ("99999999999999999999", nil), ("", nil),
            ("-", nil), ("1 2", nil), ("0x1", nil), ("1.5", nil), ("７", nil),
        ] as [(String, Int64?)])
    func numbers(text: String, number: Int64?) {
        let memory = PollMemory(encoded: Array("url u\nlast_poll \(text)\nhint_interval \(text)\nbytes \(text)\n".utf8))
        #expect(memory.url == "u")
        #expect(memory.lastPoll?.milliseconds == number)
        if let number {
            #expect(memory.bytes == max(0, Int(number)))
            #expect(PollMemory(encoded: memory.encoded) == memory)
        }
    }

    @Test("line ends in a value are left out")
    func lineEnds() {
        var memory = PollMemory(url: "u\r\nv")
        memory.failure = "\na\rb\n"
        #expect(String(decoding: memory.encoded, as: UTF8.self).hasPrefix("url uv\nfailure ab\n"))
    }

    @Test("known items are read as they were always written: key, URL, content, document, versions, little-endian")
    func items() throws {
        let bytes: [UInt8] =
            [1] + [1, 0, 0, 0, 0, 0, 0, 0x80] + [2, 0, 0, 0, 0, 0, 0, 0] + [3, 1, 0, 0] + [4, 0, 0, 0] + [5]
        let known = try #require(KnownItems(encoded: bytes))
        #expect(known[1 << 63 | 1] == KnownItems.Entry(url: 2, content: 259, seen: 4, versions: 5))
        #expect(known.encoded == bytes)
    }

    @Test("identities are what they were always made of")
    func identities() {
        let digest = ItemIdentity.digest(title: "A", text: "b")
        let all = ItemIdentity.all([
            .init(id: "g", canonicalURL: "https://a.example/1", content: digest),
            .init(canonicalURL: "https://a.example/2", content: digest),
        ])
        #expect(all.map(\.text) == ["guid:g", "url:https://a.example/2"])
        #expect(all.map(\.key) == [0x9091_8dc0_2bf0_a029, ItemIdentity.key(of: "url:https://a.example/2")])
    }
}
