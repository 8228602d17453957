import Testing
import WirewatchText

@Suite("Words")
struct WordsTests {
    @Test(
        "split where a reader would",
        arguments: [
            ("Self-driving cars, at last!", ["Self", "driving", "cars", "at", "last"]),
            ("Nvidia's chips and the firms’ orders", ["Nvidia", "chips", "and", "the", "firms", "orders"]),
            ("it's O'Brien’S car's-end 'saw", ["it", "O", "Brien", "car", "end", "saw"]),
            ("1.3 billion, 10,000 and 5G", ["1", "3", "billion", "10", "000", "and", "5G"]),
            ("人工智能芯片 ok", ["人", "工", "智", "能", "芯", "片", "ok"]),
            ("Čapek naïve ЯЗЫК λόγος", ["Čapek", "naïve", "ЯЗЫК", "λόγος"]),
            ("🤖robot™ “quoted”—dash…", ["robot", "quoted", "dash"]),
            ("로봇이 왔다", ["로", "봇", "이", "왔", "다"]),
            ("", []), ("  —  ", []), ("a", ["a"]),
        ])
    func split(_ text: String, _ expected: [String]) {
        let words = Words(text).all.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) }
        #expect(words == expected)
    }

    @Test(
        "are equal whatever their case",
        arguments: [
            ("ROBOT", "robot"), ("ÉLAN", "élan"), ("ПРИВЕТ", "привет"), ("Ёлка", "ёлка"),
            ("ΛΌΓΟΣ", "λόγος"), ("ŁÓDŹ", "łódź"), ("Ÿ", "ÿ"), ("ＡＩ", "ai"), ("CO₂", "co2"),
            ("humanoid", "human\u{AD}oid"),
        ])
    func fold(_ a: String, _ b: String) {
        #expect(Words(a).all.map(\.hash) == Words(b).all.map(\.hash))
        #expect(Words.normalized(a) == Words.normalized(b))
    }

    @Test("differ when their letters do")
    func differ() {
        let hashes = Set(["robot", "robots", "torob", "r0bot", "röbot", "ro", "bot"].map { Words($0).all[0].hash })
        #expect(hashes.count == 7)
    }

    /// Reads scalar by scalar; knows nothing of runs, blocks and pieces of a text.
    static func naive(_ text: String) -> [(range: Range<Int>, letters: String)] {
        enum Role { case letter, single, ignorable, separator }
        func role(_ scalar: Unicode.Scalar) -> Role {
            switch scalar {
            case "機": .single
            case "\u{AD}": .ignorable
            case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil: .letter
            default: .separator
            }
        }
        var starts = [0]
        let scalars = Array(text.unicodeScalars)
        for scalar in scalars { starts.append(starts[starts.count - 1] + String(scalar).utf8.count) }
        var words: [(range: Range<Int>, letters: String)] = []
        var at = 0
        while at < scalars.count {
            let start = at
            var end = at + 1
            switch role(scalars[at]) {
            case .separator, .ignorable:
                at += 1
                continue
            case .single: at += 1
            case .letter:
                while at < scalars.count, role(scalars[at]) == .letter || role(scalars[at]) == .ignorable {
                    at += 1
                    if role(scalars[at - 1]) == .letter { end = at }
                }
            }
            let letters = scalars[start..<end].filter { role($0) != .ignorable }.map { String($0).lowercased() }
            words.append((starts[start]..<starts[end], letters.joined()))
            // A possessive is no word.
            if at + 1 < scalars.count, scalars[at] == "'" || scalars[at] == "’",
                "sS".unicodeScalars.contains(scalars[at + 1]),
                at + 2 == scalars.count || role(scalars[at + 2]) != .letter
            {
                at += 2
            }
        }
        return words
    }

    @Test("are those of a naive reader, wherever they stand in a long text", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func reference(seed: UInt64) {
        var random = TermReferenceTests.Random(state: seed)
        let letters = ["a", "B", "s", "7", "é", "Ж", "s", "t"]
        let others = [
            " ", " ", " ", ", ", "-", "\n", "“", "”", "—", "'", "’", "'s ", "’s ", "’S”", "\u{AD}", "機", "\t", "🤖",
        ]
        var words = Words()
        for length in [0, 1, 15, 16, 17, 18, 33, 63, 64, 65, 300, 4095, 4096, 4097, 9000] {
            var text = ""
            while text.utf8.count < length {
                // Mostly short words, now and then one longer than any that is read at once.
                for _ in 0..<(random.below(9) == 0 ? 40 : random.below(9)) {
                    text += random.below(12) == 0 ? random.pick(["é", "Ж", "\u{AD}"]) : random.pick(letters)
                }
                text += random.pick(others)
            }
            let expected = Self.naive(text)
            words.scan(text)
            #expect(words.all.map(\.range) == expected.map(\.range))
            for (word, naive) in zip(words.all, expected) {
                #expect(word.hash == Words("  " + naive.letters + String(repeating: " ", count: 20)).all[0].hash)
            }
        }
    }

    @Test("survive bytes that are no UTF-8")
    func invalid() {
        var state: UInt64 = 7
        var words = Words()
        for length in 0..<200 {
            let bytes = (0..<length).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
            bytes.withUnsafeBufferPointer { words.scan($0) }
            var last = 0
            for word in words.all {
                #expect(word.range.lowerBound >= last && !word.range.isEmpty && word.range.upperBound <= length)
                last = word.range.upperBound
            }
        }
        [0x61, 0xFF, 0x62, 0xE4, 0xB8].withUnsafeBufferPointer { words.scan($0) }
        #expect(words.all.map(\.range) == [0..<1, 2..<3])
    }

    @Test("normalised text keeps words and order alone")
    func normalized() {
        #expect(
            String(decoding: Words.normalized("  The  “Robot’s” arm —\n\nMOVED. "), as: UTF8.self)
                == "the robot arm moved")
    }
}
