import Testing
import WirewatchText

struct WordTableTests {
    private static let table = WordTable([("red green", 1), ("blue green", 2), ("\u{E9}t\u{E9}", 4)])

    @Test(
        "a word has the value of its row, one of several rows the bits of all",
        arguments: [
            ("red", 1), ("blue", 2), ("green", 3), ("\u{E9}t\u{E9}", 4), ("gree", nil), ("greens", nil), ("", nil),
            ("a word that is longer than any of the table's", nil),
        ] as [(String, Int32?)])
    func words(text: String, value: Int32?) {
        let bytes = Array(("<" + text + ">").utf8)
        #expect(Self.table[bytes, 1..<bytes.count - 1] == value)
        var key = ShortWord()
        let fits = text.utf8.allSatisfy { key.append($0) }
        #expect(fits == (text.utf8.count <= ShortWord.limit))
        if fits {
            #expect(Self.table[key] == value && key.count == text.utf8.count)
            for (index, byte) in text.utf8.enumerated() { #expect(key[index] == byte) }
        }
    }

    @Test("phrases are parted by another mark than the blank")
    func phrases() {
        let table = WordTable([("read more|sign up", 1)], separator: "|")
        let bytes = Array("read more".utf8)
        #expect(table[bytes, 0..<9] == 1 && table[bytes, 0..<4] == nil && table.longest == 9)
    }

    @Test("all of many words are found, and nothing else")
    func many() {
        let words = (0..<5000).map { "w\($0)" }
        let table = WordTable([(words.joined(separator: " "), 7)])
        #expect(words.allSatisfy { table[Array($0.utf8), 0..<$0.utf8.count] == 7 })
        #expect((5000..<9000).allSatisfy { table[Array("w\($0)".utf8), 0..<5] == nil })
        #expect(WordTable([])[Array("a".utf8), 0..<1] == nil)
    }
}
