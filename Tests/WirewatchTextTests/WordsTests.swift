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
