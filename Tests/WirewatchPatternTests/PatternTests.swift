import Testing

@testable import WirewatchPattern

@Suite("Patterns")
struct PatternTests {
    @Test(
        "find what they say",
        arguments: [
            ("robot(ic)?s?", "Robotics and ROBOTS", ["Robotics", "ROBOTS"]),
            (#"\bgpt-\d+\b"#, "GPT-5, gpt-40 and xgpt-5", ["GPT-5", "gpt-40"]),
            (#"\w+模型"#, "一个大模型。", ["一个大模型"]),
            ("straße", "STRASSE und Straße", ["Straße"]),
            ("^second", "first\nsecond", ["second"]),
            ("(?<=US)\\$\\d+", "US$5 and $6", ["$5"]),
            ("a.c", "a\nc abc", ["abc"]),
            ("kilo", "KILO \u{212A}ilo", ["KILO", "\u{212A}ilo"]),
        ])
    func find(_ text: String, _ input: String, _ expected: [String]) throws {
        let pattern = try Pattern(text)
        let bytes = Array(input.utf8)
        #expect(try pattern.matches(in: input).map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
        let found = bytes.withUnsafeBufferPointer { PatternSet([pattern]).matches(in: $0) }
        #expect(found.found.first?.ranges == (try pattern.matches(in: input)))
    }

    @Test("heed case when asked to")
    func cased() throws {
        let pattern = try Pattern("ARM", isCaseSensitive: true)
        #expect(try pattern.matches(in: "arm ARM") == [4..<7])
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            ("a(b", "the pattern is no regular expression: missing closing parenthesis, at byte 4"),
            ("a{2,1}", "the pattern is no regular expression: numbers out of order in {} quantifier, at byte 6"),
            ("x*", "the pattern matches the empty text, and so everything"),
            ("", "the pattern matches the empty text, and so everything"),
            ("a\\C", "the pattern is no regular expression: using \\C is disabled by the application, at byte 4"),
            (String(repeating: "a", count: 4097), "the pattern is longer than 4096 bytes"),
        ])
    func mistakes(_ text: String, _ message: String) {
        #expect(throws: PatternError.self) { try Pattern(text) }
        do throws(PatternError) { _ = try Pattern(text) } catch { #expect(error.description == message) }
    }

    @Test(
        "give up rather than take for ever",
        arguments: [#"(a+)+$"#, #"(a|aa)+$"#, #"(.*)*x"#, #"^(([a-z])+.)+[A-Z]([a-z])+$"#, #"(?:a?){60}a{60}b"#])
    func catastrophes(_ text: String) throws {
        let pattern = try Pattern(text, isCaseSensitive: true)
        let input = String(repeating: "a", count: 5_000) + "!"
        // Found nothing, or gave up: what counts is that it comes back, and soon.
        do throws(PatternGaveUp) { #expect(try pattern.matches(in: input) == []) } catch {
            #expect(error.reason.contains("limit"), "\(error.reason)")
        }
    }

    @Test("are at most as many as asked for, and survive text that is no UTF-8")
    func bounds() throws {
        let pattern = try Pattern("a")
        #expect(try pattern.matches(in: "aaaa", limit: 2) == [0..<1, 1..<2])
        let bytes: [UInt8] = [0xFF, 0x61, 0xC3, 0x61, 0xE2, 0x80]
        let found = bytes.withUnsafeBufferPointer { PatternSet([pattern]).matches(in: $0) }
        #expect(found.found.first?.ranges == [1..<2, 3..<4])
    }
}
