/// A text with placeholders, as users write it: `{title}: {metric.surface}`; `{{` and `}}` stand for braces.
public struct PlaceholderText: Sendable, Hashable {
    public enum Part: Sendable, Hashable { case text(String), placeholder(String) }

    public struct Mistake: Error, Sendable, Hashable, CustomStringConvertible {
        public var description: String
    }

    public private(set) var parts: [Part] = []

    /// - Parameter what: what the text is, for messages: `message`.
    public init(_ template: String, what: String) throws(Mistake) {
        var text = ""
        var rest = Substring(template)
        while let character = rest.popFirst() {
            if character == "{" || character == "}", rest.first == character {
                text.append(character)
                rest.removeFirst()
            } else if character == "{" {
                guard let end = rest.firstIndex(of: "}") else {
                    throw Mistake(
                        description: "the \(what) '\(template)' has a '{' without '}'; write '{{' for a brace")
                }
                if !text.isEmpty { parts.append(.text(text)) }
                text = ""
                parts.append(.placeholder(String(rest[..<end])))
                rest = rest[rest.index(after: end)...]
            } else if character == "}" {
                throw Mistake(description: "the \(what) '\(template)' has a '}' without '{'; write '}}' for a brace")
            } else {
                text.append(character)
            }
        }
        if !text.isEmpty { parts.append(.text(text)) }
    }

    /// The text with each placeholder replaced.
    public func filled(_ value: (String) -> String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .placeholder(let name): value(name)
            }
        }.joined()
    }
}
