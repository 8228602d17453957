/// A parsed document, or what is wrong with it.
public struct YAMLDocument: Sendable {
    /// Nil when the text is empty or could not be parsed to its end.
    public var root: YAMLNode?
    /// All that was found; after a syntax error nothing further can be.
    public var problems: [YAMLProblem]
    /// The text as read, for messages: bytes that are not UTF-8 are replaced. Empty when it is no
    /// text at all.
    public var text: String

    /// Parses one YAML document. Never fails otherwise than through `problems`.
    public static func parse(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> YAMLDocument {
        let start = YAMLPosition(line: 1, column: 1)
        guard bytes.count <= limits.bytes else {
            let message = "the file is larger than \(limits.bytes >> 20) MiB"
            return YAMLDocument(
                root: nil, problems: [YAMLProblem(position: start, message: message)], text: "")
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if let problem = EncodingProblem.utf16(in: content) {
            return YAMLDocument(root: nil, problems: [problem], text: "")
        }
        let text = String(decoding: content, as: UTF8.self)
        if let problem = EncodingProblem.find(in: content) {
            return YAMLDocument(root: nil, problems: [problem], text: text)
        }
        var composer = Composer(EventParser(content), limits: limits)
        do {
            let root = try composer.document()
            return YAMLDocument(root: root, problems: composer.problems, text: text)
        } catch {
            let problem =
                switch error {
                case .syntax(let failure): failure.problem(in: text)
                case .refused(let problem): problem
                }
            return YAMLDocument(root: nil, problems: composer.problems + [problem], text: text)
        }
    }
}
