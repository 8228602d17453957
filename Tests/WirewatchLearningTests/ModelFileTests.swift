import Testing

@testable import WirewatchLearning

@Suite("A model's file")
struct ModelFileTests {
    static let model = TopicModel(
        lexicon: ["ai", "two words"],
        topics: [.init(id: "50% off", intercept: .init(-1.5), lexicon: [.init(0.25), .init(-3)])],
        words: [
            .init(text: "robot", isTitle: false, idf: .init(2)), .init(text: "größe", isTitle: true, idf: .init(3.5)),
        ],
        weights: [.init(1.25), .init(-0.0001)])

    @Test("It is text, and what is read is what was written")
    func roundTrip() throws {
        let bytes = Self.model.fileBytes
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(
            text.hasPrefix(
                """
                wirewatch-topic-model 1
                lexicon ai two%20words
                topic 50%25%20off -15000 2500 -30000
                word robot 20000 12500
                title größe 35000 -1
                end \u{20}
                """.dropLast()))
        let read = try TopicModel(file: bytes)
        #expect(read.fileBytes == bytes && read.lexicon == ["ai", "two words"] && read.topicIDs == ["50% off"])
    }

    @Test("A file that is no whole model of this version is refused with what is wrong")
    func refused() {
        let whole = Self.model.fileBytes
        func message(_ bytes: [UInt8]) -> String {
            do {
                _ = try TopicModel(file: bytes)
                return "read"
            } catch {
                return error.description
            }
        }
        func changed(_ from: String, _ to: String) -> [UInt8] {
            Array(String(decoding: whole, as: UTF8.self).split(separator: from).joined(separator: to).utf8)
        }
        #expect(message([]).hasPrefix("no topic model"))
        #expect(message(Array("title: x\n".utf8)).hasPrefix("no topic model"))
        #expect(message(changed("model 1", "model 2")).contains("version 2, where this wirewatch reads version 1"))
        #expect(message(changed("12500", "12501")).contains("its sum is wrong"))
        for length in 0..<whole.count { #expect(message(Array(whole[..<length])) != "read") }
    }

    @Test("A line that does not fit is named")
    func line() {
        let bad = TopicModel(
            lexicon: ["a"], topics: [.init(id: "t", intercept: .init(0), lexicon: [])], words: [], weights: [])
        #expect(throws: ModelFileError("line 3 is not understood; train it anew")) {
            try TopicModel(file: bad.fileBytes)
        }
    }
}
