/// A text in which `*` stands for any run of characters and `?` for one; letters match in any case.
public struct Wildcard: Sendable, Hashable {
    /// As it was written.
    public let text: String
    private let folded: [Unicode.Scalar]

    public init(_ text: String) {
        self.text = text
        folded = Array(text.lowercased().unicodeScalars)
    }

    /// Whether it is more than a plain text.
    public var isPattern: Bool { folded.contains("*") || folded.contains("?") }

    /// Takes the product of the lengths at worst.
    public func matches(_ other: String) -> Bool {
        let other = Array(other.lowercased().unicodeScalars)
        var (at, to) = (0, 0)
        // Where to go on when the last `*` takes one character more.
        var star: (at: Int, to: Int)?
        while to < other.count {
            if at < folded.count, folded[at] == "*" {
                at += 1
                star = (at, to)
            } else if at < folded.count, folded[at] == "?" || folded[at] == other[to] {
                at += 1
                to += 1
            } else if let last = star {
                star = (last.at, last.to + 1)
                (at, to) = (last.at, last.to + 1)
            } else {
                return false
            }
        }
        return folded[at...].allSatisfy { $0 == "*" }
    }
}
