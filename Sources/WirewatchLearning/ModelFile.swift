/// Why bytes are no model that can be used.
public struct ModelFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

// The file is text, a line each: what it is, the lexicon, the topics, the words, and a sum over all before. Numbers are
// ten-thousandths. Lines of text can be read, compared, and kept beside a configuration.
//
//     wirewatch-topic-model 1
//     lexicon ai robotics
//     topic robotics -21034 0 31200
//     word unitree 61234 8123
//     title robot 52345 9210
//     end 9f86d081884c7d65
extension TopicModel {
    static let magic = "wirewatch-topic-model"

    /// The model as a file's bytes: the same for the same model.
    public var fileBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(words.count * (16 + topics.count * 6))
        func line(_ kind: String, _ names: [String], _ numbers: [Weight]) {
            bytes += kind.utf8
            for name in names { bytes += [0x20] + Self.escaped(name) }
            for number in numbers { bytes += [0x20] + Array(String(number.tenThousandths).utf8) }
            bytes.append(0x0A)
        }
        line("\(Self.magic) \(Self.version)", [], [])
        line("lexicon", lexicon, [])
        for topic in topics { line("topic", [topic.id], [topic.intercept] + topic.lexicon) }
        for (index, word) in words.enumerated() {
            let row = weights[(index * topics.count)..<((index + 1) * topics.count)]
            line(word.isTitle ? "title" : "word", [word.text], [word.idf] + row)
        }
        bytes += "end \(Self.sum(bytes))\n".utf8
        return bytes
    }

    /// Reads a file's bytes.
    ///
    /// - Throws: ``ModelFileError`` when they are no model, one of another version, or not whole.
    public init(file bytes: [UInt8]) throws(ModelFileError) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let head = lines.first.map { String(decoding: $0.prefix(64), as: UTF8.self) } ?? ""
        let parts = head.split(separator: " ")
        guard parts.first.map(String.init) == Self.magic else {
            throw ModelFileError("no topic model; `wirewatch train` makes one")
        }
        guard parts.count == 2, let version = Int(parts[1]) else { throw Self.torn("its first line is not whole") }
        guard version == Self.version else {
            throw ModelFileError(
                "a topic model of version \(version), where this wirewatch reads version \(Self.version); train it anew"
            )
        }
        guard lines.count > 2, lines.removeLast().isEmpty, let last = lines.popLast() else {
            throw Self.torn("its end is missing")
        }
        guard String(decoding: last, as: UTF8.self) == "end \(Self.sum(bytes[..<last.startIndex]))" else {
            throw Self.torn(last.starts(with: Array("end ".utf8)) ? "its sum is wrong" : "its end is missing")
        }
        var reader = ModelReader()
        for (index, line) in lines.dropFirst().enumerated() {
            guard reader.read(line) else { throw ModelFileError("line \(index + 2) is not understood; train it anew") }
        }
        self = reader.model
    }

    /// A name without what separates names and lines.
    private static func escaped(_ name: String) -> [UInt8] {
        name.utf8.flatMap { byte in
            byte <= 0x20 || byte == UInt8(ascii: "%")
                ? Array("%\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8) : [byte]
        }
    }

    private static func torn(_ what: String) -> ModelFileError {
        ModelFileError("a topic model that is torn or was changed: \(what); restore it, or train it anew")
    }

    /// FNV-1a (Fowler, Noll, Vo), against torn files and slips of an editor.
    private static func sum(_ bytes: some Sequence<UInt8>) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let text = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}

/// Puts a model together from its lines.
private struct ModelReader {
    private var lexicon: [String] = []
    private var topics: [TopicModel.Topic] = []
    private var words: [TopicModel.Word] = []
    private var weights: [TopicModel.Weight] = []

    var model: TopicModel { TopicModel(lexicon: lexicon, topics: topics, words: words, weights: weights) }

    /// False for a line that is none of a model's, or that does not fit those before it.
    mutating func read(_ line: ArraySlice<UInt8>) -> Bool {
        let parts = line.split(separator: 0x20)
        guard let kind = parts.first.map({ String(decoding: $0, as: UTF8.self) }) else { return false }
        if kind == "lexicon" {
            lexicon = parts.dropFirst().map(Self.name)
            return topics.isEmpty
        }
        guard parts.count >= 3 else { return false }
        var numbers: [TopicModel.Weight] = []
        for part in parts[2...] {
            guard let number = Self.number(part) else { return false }
            numbers.append(TopicModel.Weight(tenThousandths: number))
        }
        let name = Self.name(parts[1])
        switch kind {
        case "topic":
            guard numbers.count == 1 + lexicon.count, words.isEmpty else { return false }
            topics.append(TopicModel.Topic(id: name, intercept: numbers[0], lexicon: Array(numbers[1...])))
        case "word", "title":
            guard numbers.count == 1 + topics.count else { return false }
            words.append(TopicModel.Word(text: name, isTitle: kind == "title", idf: numbers[0]))
            weights += numbers[1...]
        default: return false
        }
        return true
    }

    /// Undoes the escapes of a name.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        var name: [UInt8] = []
        var at = bytes.startIndex
        while at < bytes.endIndex {
            if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.endIndex,
                let byte = UInt8(String(decoding: bytes[(at + 1)...(at + 2)], as: UTF8.self), radix: 16)
            {
                name.append(byte)
                at += 3
            } else {
                name.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: name, as: UTF8.self)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int32? {
        var value: Int32 = 0
        let isNegative = digits.first == UInt8(ascii: "-")
        let rest = isNegative ? digits.dropFirst() : digits
        guard !rest.isEmpty, rest.count <= 10 else { return nil }
        for digit in rest {
            guard (0x30...0x39).contains(digit) else { return nil }
            let (tens, a) = value.multipliedReportingOverflow(by: 10)
            let (next, b) = tens.addingReportingOverflow(Int32(digit - 0x30))
            guard !a, !b else { return nil }
            value = next
        }
        return isNegative ? -value : value
    }
}
