import Testing
import WirewatchText

@Suite("Terms")
struct TermMatcherTests {
    @Test(
        "are found as whole words with their usual endings",
        arguments: [
            ("robot", "The robot, robots and Robot's robotic ROBOTS’ arm", ["robot", "robots", "Robot", "ROBOTS"]),
            ("company", "company companies companys", ["company", "companies"]),
            ("launch", "launch launches launched", ["launch", "launches"]),
            ("bus", "bus buses bu", ["bus", "buses"]),
            ("key", "key keys keies", ["key", "keys"]),
            ("order*", "order ordered orderly reorder", ["order", "ordered", "orderly"]),
            (
                "solid-state battery", "Solid state batteries; solid-\nstate battery; solid - state battery",
                ["Solid state batteries", "solid-\nstate battery"]
            ),
            (
                "five year plan", "a five-year plan, five\nyear\u{A0}plans; five\n\nyear plan; five. Year plan",
                ["five-year plan", "five\nyear\u{A0}plans"]
            ),
            ("moore law", "Moore's law and Moore’s Law", ["Moore's law", "Moore’s Law"]),
            ("Moore's law", "moore law; Moore's laws", ["moore law", "Moore's laws"]),
            (
                "electr* vehicle", "electric vehicles, electrified vehicle",
                ["electric vehicles", "electrified vehicle"]
            ),
            ("pony.ai", "Pony.ai and pony ai", ["Pony.ai"]),
            ("R&D", "r&d, R & D", ["r&d"]),
            ("C++", "C++ but not C+ or c plus", ["C"]),
            ("raises $", "raises $5M, raises it", ["raises"]),
            (".NET", "the .NET and the net", ["NET"]),
            ("A.I.", "A.I. is. A. I am", ["A.I"]),
            ("人工智能", "中国人工智能产业", ["人工智能"]),
            ("AI芯片", "国产AI芯片", ["AI芯片"]),
            ("é", "É", ["É"]),
            ("ISIS", "crisis", []),
        ])
    func find(_ term: String, _ text: String, _ expected: [String]) {
        let matches = TermMatcher([Term(term)]).matches(in: text)
        #expect(matches.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) } == expected)
    }

    @Test("heed case where asked to, but not in plural endings of other words")
    func cased() {
        let matcher = TermMatcher([Term("ARM", isCaseSensitive: true), Term("arm")])
        let found = matcher.matches(in: "ARM arm ARMs Arms")
        #expect(found.filter { $0.term == 0 }.map(\.range) == [0..<3, 8..<12])
        #expect(found.filter { $0.term == 1 }.count == 4)
    }

    @Test("overlap, the longest first, until told to keep the longest")
    func overlaps() {
        let matcher = TermMatcher(["robot", "humanoid robot", "humanoid", "robot arm", "arm"].map { Term($0) })
        var found = matcher.matches(in: "a humanoid robot arm")
        #expect(found.map(\.term) == [1, 2, 3, 0, 4])
        #expect(found.map(\.word) == [1, 1, 2, 2, 3])
        TermMatch.keepLongest(&found)
        #expect(found.map(\.term) == [1, 3])
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            ("robot", nil), ("robot*", nil), ("", "no letter"), ("--", "no letter"), ("* robot", "follows no word"),
            ("a*", "2 to 64"), (Array(repeating: "a", count: 17).joined(separator: " "), "more than 16"),
        ])
    func problems(_ term: String, _ expected: String?) {
        let problem = Term(term).problem
        #expect((problem == nil) == (expected == nil))
        if let problem, let expected { #expect(problem.contains(expected)) }
        #expect(problem == nil || TermMatcher([Term(term)]).matches(in: "a robot").isEmpty)
    }

    /// Terms and texts of random bytes from a small, awkward alphabet: no match lies outside, cuts a word or is unordered.
    @Test("survive any bytes in terms and texts")
    func hostile() {
        var state: UInt64 = 3
        func random(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % n
        }
        let alphabet: [[UInt8]] = [
            [0x61], [0x62], [0x73], [0x20], [0x2D], [0x27], [0x2A], [0x0A], [0xE2, 0x80, 0x99], [0xC3, 0xA9],
            [0xC2, 0xAD],
            [0xE4, 0xBA, 0xBA], [0xF0, 0x9F, 0xA4, 0x96], [0xFF], [0xE2, 0x80], [0xC3], [0x2E], [0x26],
        ]
        func bytes(_ count: Int) -> [UInt8] { (0..<count).flatMap { _ in alphabet[random(alphabet.count)] } }
        let terms = (0..<400).map { n in
            Term(String(decoding: bytes(1 + random(8)), as: UTF8.self), isCaseSensitive: n % 3 == 0)
        }
        let matcher = TermMatcher(terms)
        var words = Words()
        var total = 0
        for _ in 0..<300 {
            var matches: [TermMatch] = []
            let text = bytes(random(120))
            text.withUnsafeBufferPointer {
                words.scan($0)
                matcher.find(in: $0, words: words, into: &matches)
            }
            total += matches.count
            for (match, next) in zip(matches, matches.dropFirst()) {
                #expect((match.word, -match.wordCount) <= (next.word, -next.wordCount))
            }
            for match in matches {
                let last = match.word + match.wordCount - 1
                #expect(last < words.all.count && terms[match.term].problem == nil)
                #expect(match.range == words.all[match.word].range.lowerBound..<words.all[last].range.upperBound)
            }
        }
        #expect(total > 1000)
    }
}
