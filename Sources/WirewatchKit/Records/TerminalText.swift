/// Text for a person at a terminal: made safe, and coloured where that is wanted.
///
/// What articles say comes from strangers, and a terminal obeys escape sequences; so every text from outside goes
/// through ``safe(_:)`` before it is shown.
public struct TerminalText: Sendable, Hashable {
    /// Whether to write SGR colour sequences (ECMA-48, 8.3.117).
    public var isColored: Bool

    public init(colored: Bool) { isColored = colored }

    /// What a piece of text is, which decides how it looks.
    public enum Role: Sendable, Hashable {
        case heading, match, dim, good, bad, warning
        case severity(Alert.Severity)
    }

    /// The text in the colours of a role; unchanged without colour.
    public func paint(_ text: String, _ role: Role) -> String {
        isColored && !text.isEmpty ? "\u{1B}[\(Self.parameters(role))m\(text)\u{1B}[0m" : text
    }

    /// The text on one line without what a terminal would obey: line breaks and tabs become blanks, other control
    /// characters and the marks that turn the direction of text around become `\u{…}`.
    public static func safe(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\r", "\t", "\u{2028}", "\u{2029}": safe.append(" ")
            case _ where isUnsafe(scalar):
                safe.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default: safe.append(scalar)
            }
        }
        return String(safe)
    }

    /// The text cut to about `limit` characters, with an ellipsis where something is missing.
    public static func shortened(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit, text.count > limit else { return text }
        return text.prefix(max(0, limit - 1)) + "…"
    }

    /// Control characters (C0, DEL, C1), line and paragraph separators, and bidirectional embeddings, overrides and
    /// isolates (Unicode TR 36).
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func parameters(_ role: Role) -> String {
        switch role {
        case .heading: "1"
        case .match: "1;33"
        case .dim: "2"
        case .good: "32"
        case .bad: "31"
        case .warning: "33"
        case .severity(.critical): "1;37;41"
        case .severity(.high): "1;31"
        case .severity(.medium): "1;33"
        case .severity(.low): "1;36"
        case .severity(.info): "1;34"
        }
    }
}
