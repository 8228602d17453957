import Testing

@testable import WirewatchPattern

@Suite("Letters that a pattern needs")
struct RequiredLiteralTests {
    @Test(
        "are found where they are certain",
        arguments: [
            ("Robot", "robot"), ("robots?", "robot"), ("robot+s", "robot"), ("a.*humanoid", "humanoid"),
            ("(ab)?series [A-F]", "series "), ("raises? \\$\\d+", "raise"), ("raised \\$\\d+", "raised $"),
            ("(?:x|y)funding(?=!)", "funding"), ("abc{2}defg", "defg"), ("[]x]tail", "tail"),
            ("cat|dog", nil), ("ab", nil), ("(?i)robot", nil), ("\\x41robot", nil), ("\\Qrobot\\E", nil),
            ("(*UCP)robot", nil), ("[[:alpha:]]robot", nil), ("robot{", nil), ("é", nil), ("caféteria", "teria"),
        ])
    func literals(_ pattern: String, _ expected: String?) {
        let literal = RequiredLiteral.find(in: Array(pattern.utf8)).map { String(decoding: $0, as: UTF8.self) }
        #expect(literal == expected)
    }

    /// Random patterns of random pieces over random texts: the filter hides no match.
    @Test("never hide a match")
    func filter() throws {
        var state: UInt64 = 11
        func random(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % n
        }
        let pieces = [
            "abc", "ABC", "k", "s", "ks", "é", ".", "a?", "b*", "c+", "a{0,2}", "(abc)?", "(a|b)", "[abc]", "\\w",
            "\\b",
            "ab(?=c)", "\\$", " ", "aſ",
        ]
        let letters = ["a", "b", "c", "k", "s", "é", "ſ", "\u{212A}", "$", " ", "A", "B", "C"]
        var found = 0
        for _ in 0..<600 {
            let text = (0..<1 + random(5)).map { _ in pieces[random(pieces.count)] }.joined()
            guard let pattern = try? Pattern(text) else { continue }
            for _ in 0..<20 {
                let input = Array((0..<30).map { _ in letters[random(letters.count)] }.joined().utf8)
                input.withUnsafeBufferPointer { input in
                    let expected = (try? pattern.matches(in: input)) ?? []
                    let actual = PatternSet([pattern]).matches(in: input).found.first?.ranges ?? []
                    #expect(actual == expected, "\(text)")
                    found += expected.count
                }
            }
        }
        #expect(found > 1000)
    }
}
