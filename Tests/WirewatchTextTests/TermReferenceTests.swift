import Testing
import WirewatchText

/// A search that knows nothing of hashes, tables and blocks, beside the matcher's, on random terms and texts.
@Suite("Terms beside a naive search")
struct TermReferenceTests {
    struct Random {
        var state: UInt64

        mutating func below(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % n
        }

        mutating func pick<T>(_ all: [T]) -> T { all[below(all.count)] }
    }

    /// A term: its words in lower case, whether each ends in `*`.
    struct Pattern {
        var words: [String]
        var stars: [Bool]
        var isCaseSensitive: Bool

        var term: Term {
            Term(
                zip(words, stars).map { $0 + ($1 ? "*" : "") }.joined(separator: " "),
                isCaseSensitive: isCaseSensitive)
        }

        func matches(_ text: [String], _ gaps: [String], at: Int) -> Bool {
            guard at + words.count <= text.count else { return false }
            for n in words.indices {
                let word = isCaseSensitive ? text[at + n] : text[at + n].lowercased()
                let isLast = n == words.count - 1
                let same = word == words[n] || stars[n] && word.hasPrefix(words[n])
                guard same || isLast && !stars[n] && plurals(of: words[n]).contains(word) else { return false }
                if n > 0, ![" ", "-", "\n", "'s ", "’s "].contains(gaps[at + n - 1]) { return false }
            }
            return true
        }

        private func plurals(of word: String) -> [String] {
            guard word.count > 1, let last = word.last, "abcdefghijklmnopqrstuvwxyz".contains(last) else { return [] }
            switch last {
            case "s", "x": return [word + "es"]
            case "o": return [word + "s", word + "es"]
            case "y": return [word.dropLast().last == "a" ? word + "s" : String(word.dropLast()) + "ies"]
            default: return [word + "s"]
            }
        }
    }

    /// Words of every length around those that the matcher treats apart (8 and 16 bytes), with letters beyond ASCII.
    static func words(_ random: inout Random) -> [String] {
        let parts = ["a", "b", "xo", "s", "é", "ay", "ж", "es", "7", "ß"]
        return (0..<24).map { n in
            let long = [1, 1, 2, 2, 3, 4, 7, 8, 9, 15, 16, 17, 40][n % 13]
            var word = ""
            while word.utf8.count < long { word += random.pick(parts) }
            return word
        }
    }

    @Test("find the same", arguments: [1, 2, 3, 4] as [UInt64])
    func same(seed: UInt64) {
        var random = Random(state: seed)
        let vocabulary = Self.words(&random)
        let patterns = (0..<250).map { _ in
            let words = (0..<1 + random.below(4)).map { _ in random.pick(vocabulary) }
            let stars = words.map { word in random.below(6) == 0 && (2...64).contains(word.utf8.count) }
            return Pattern(words: words, stars: stars, isCaseSensitive: random.below(4) == 0)
        }
        let matcher = TermMatcher(patterns.map(\.term))
        for _ in 0..<40 {
            let text = (0..<120).map { _ in
                let word = random.pick(vocabulary) + random.pick(["", "", "", "s", "es", "x"])
                return random.below(3) == 0 ? word.uppercased().replacing("SS", with: "ß") : word
            }
            let gaps = text.map { _ in random.pick([" ", " ", " ", "-", "\n", ", ", ". ", "'s ", "’s ", " – "]) }
            let matches = matcher.matches(in: zip(text, gaps).map { $0 + $1 }.joined())
            let found = Set(matches.map { [$0.term, $0.word, $0.wordCount] })
            var expected: Set<[Int]> = []
            for (number, pattern) in patterns.enumerated() {
                for at in text.indices where pattern.matches(text, gaps, at: at) {
                    expected.insert([number, at, pattern.words.count])
                }
            }
            #expect(found == expected)
            #expect(found.count == matches.count, "nothing is found twice")
        }
    }
}
