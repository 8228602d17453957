import Testing
import WirewatchFeeds

@Suite("The syntax of JSON")
struct JSONSyntaxTests {
    @Test(
        "Elements of an array are found where they stand",
        arguments: [
            ("[]", []), (" [ ] ", []), ("[1]", ["1"]),
            ("[ {\"a\": [1, {}]} , \"x,]\" ,null]", ["{\"a\": [1, {}]}", "\"x,]\"", "null"]),
            ("[[[]],-0.5E+7,\"\\\"\\\\\\u00e9é\"]", ["[[]]", "-0.5E+7", "\"\\\"\\\\\\u00e9é\""]),
            ("\u{FEFF}[true,false]\n", ["true", "false"]),
        ])
    func elements(text: String, expected: [String]) throws {
        let bytes = Array(text.utf8)
        guard case .array(let ranges) = try JSONSyntax.check(bytes) else {
            Issue.record("no array")
            return
        }
        #expect(ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
    }

    @Test(
        "Objects and scalars are told apart",
        arguments: [("{}", true), (" {\"a\":{}} ", true), ("7", false), ("\"x\"", false)])
    func shapes(text: String, isObject: Bool) throws {
        #expect(try JSONSyntax.check(Array(text.utf8)) == (isObject ? .object : .scalar))
    }

    @Test(
        "The first mistake is named with its place",
        arguments: [
            ("", 1, 1, "nothing but blanks"), ("[1,\n  2,\n]", 3, 1, "a value is missing before ']'"),
            ("{,}", 1, 2, "a name in quotes or '}'"),
            ("{\"a\" 1}", 1, 6, "':'"), ("{\"a\":1,}", 1, 8, "a name in quotes is missing before '}'"),
            ("[1 2]", 1, 4, "',' or the closing"),
            ("{\"a\":1", 1, 7, "ends before its end"), ("[}", 1, 2, "a value is missing"),
            ("[1}", 1, 3, "closing bracket"),
            ("\"abc", 1, 1, "no end"), ("[\"a\nb\"]", 1, 4, "control character"), ("[\"\\x\"]", 1, 4, "before 'x'"),
            ("[01]", 1, 4, "does not begin with 0"), ("[-]", 1, 3, "a digit"), ("[1.]", 1, 4, "a digit"),
            ("[1e]", 1, 4, "a digit"),
            ("[tru]", 1, 2, "unknown word"), ("[1] x", 1, 5, "follows the end"), ("nul", 1, 1, "unknown word"),
            ("]", 1, 1, "missing before ']'"),
            ("[\"\\", 1, 2, "no end"), ("[\"\\u12", 1, 7, "four hexadecimal"), ("'a'", 1, 1, "missing before"),
        ])
    func mistakes(text: String, line: Int, column: Int, reason: String) {
        #expect { try JSONSyntax.check(Array(text.utf8)) } throws: { error in
            guard let error = error as? JSONSyntaxError else { return false }
            if error.line != line || error.column != column || !error.reason.contains(reason) { print(text, error) }
            return error.line == line && error.column == column && error.reason.contains(reason)
        }
    }

    @Test("Deep nesting is refused without being followed, and long input takes its time and no more")
    func depth() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect { try JSONSyntax.check(deep) } throws: { "\($0)".contains("deeper than 500") }
        let long = Array(("[" + String(repeating: "{\"a\":[1,2]},", count: 100_000) + "0]").utf8)
        guard case .array(let elements)? = try? JSONSyntax.check(long) else {
            Issue.record("no array")
            return
        }
        #expect(elements.count == 100_001)
    }
}
