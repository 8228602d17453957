/// A CSS selector, of the small part of the language that finds the parts of a page:
///
/// | | |
/// |---|---|
/// | `table`, `*` | elements of that name, all elements |
/// | `#prices` | by `id` |
/// | `.price` | by one of its classes |
/// | `[datetime]` | having the attribute |
/// | `[lang=de]`, `[data-x="a b"]` | with that value; also `~=` (one of its words), `^=` (beginning), `$=` (end), `*=` (part) |
/// | `main p` | a `p` anywhere in a `main` |
/// | `ul > li` | an `li` that is a child of a `ul` |
/// | `h1, h2` | either |
///
/// Parts of one element stand together: `li.price[data-unit=kg]`. Names of elements and attributes match in any case;
/// identifiers, classes and values match exactly. A `\` takes the next character literally.
///
/// A value that many trees can be matched with, on any thread; time is linear in the tree.
public struct MarkupSelector: Sendable, Hashable, CustomStringConvertible {
    /// The selector as written.
    public let description: String
    /// All parts of all alternatives, one bit each in the masks of ``SelectorMatch``.
    let parts: [SelectorPart]

    /// The most parts (elements named) of one selector, alternatives together.
    public static let mostParts = 64
    /// The longest selector, in bytes.
    public static let longest = 4096

    /// Why a text is no selector, or none of those known here.
    public struct Mistake: Error, Sendable, Hashable, CustomStringConvertible {
        /// The character at fault, counted from 1.
        public let position: Int
        /// What is wrong and what can be written.
        public let reason: String

        public var description: String { "at character \(position): \(reason)" }
    }

    public init(_ text: String) throws(Mistake) {
        description = text
        var parser = SelectorParser(text)
        parts = try parser.parse()
    }

    /// All elements that match, in document order.
    public func matches(in tree: MarkupTree) -> [Int] {
        var match = SelectorMatch(self, tree)
        return tree.indices.filter { match.visit($0) }
    }

    /// The elements that match and stand in no other that does, in document order: their texts do not overlap.
    public func outermost(in tree: MarkupTree) -> [Int] {
        var match = SelectorMatch(self, tree)
        var found: [Int] = []
        var end = 0
        for index in tree.indices where match.visit(index) && index >= end {
            found.append(index)
            end = tree.end(of: index)
        }
        return found
    }
}

/// What one element of a selector has to be.
struct SelectorPart: Sendable, Hashable {
    enum Relation: Sendable, Hashable {
        /// No element is named before this one.
        case first
        case descendant
        case child
    }

    enum Test: Sendable, Hashable {
        case id([UInt8])
        case word(attribute: [UInt8], [UInt8])
        case present(attribute: [UInt8])
        case equal(attribute: [UInt8], [UInt8])
        case beginning(attribute: [UInt8], [UInt8])
        case ending(attribute: [UInt8], [UInt8])
        case containing(attribute: [UInt8], [UInt8])
    }

    var relation: Relation
    /// In lower case; nil for any.
    var name: [UInt8]?
    var tests: [Test] = []
    /// Whether an element that is this one matches the selector.
    var isLast = false
}
