/// A parsed document in one arena: nodes in document order, names, attributes and text as ranges into the source.
///
/// Node 0 is the document. A node's descendants follow it directly, up to ``Node/end``, so that a walk over a subtree
/// is a loop over indices. The tree is a value and immutable once built.
public struct MarkupTree: Sendable {
    public enum Kind: UInt8, Sendable { case document, element, text, comment }

    public struct Node: Sendable {
        public let kind: Kind
        /// Whether a text is taken as it stands: script, style, CDATA.
        let isRaw: Bool
        /// The HTML element; `other` for one that ``HTMLTag`` does not list, and for nodes that are none.
        public let tag: HTMLTag
        /// Of the document: -1.
        let parentIndex: Int32
        var endIndex: Int32
        /// An element's name, or the source of a text or comment.
        let from: UInt32
        let to: UInt32
        let firstAttribute: UInt32
        let attributeEnd: UInt32

        /// The index of the parent; nil for the document.
        public var parent: Int? { parentIndex < 0 ? nil : Int(parentIndex) }
        /// One past the last descendant; for a leaf one past itself.
        public var end: Int { Int(endIndex) }
        /// Into the source: an element's name, or the content of a text or comment.
        public var range: Range<Int> { Int(from)..<Int(to) }
    }

    /// The UTF-8 that the ranges point into.
    public let source: [UInt8]
    public internal(set) var nodes: [Node]
    var attributeTable: [MarkupAttribute]
    /// Whether a limit was reached, so that later nodes are missing or less deep than written.
    public internal(set) var isTruncated = false

    public var indices: Range<Int> { nodes.indices }

    /// The index after the last descendant of a node.
    public func end(of node: Int) -> Int { nodes[node].end }

    /// A node's descendants, in document order.
    public func descendants(of node: Int) -> Range<Int> { node + 1..<nodes[node].end }

    /// The first child, if any; with ``nextSibling(of:)`` a walk over children.
    public func firstChild(of node: Int) -> Int? { node + 1 < nodes[node].end ? node + 1 : nil }

    public func nextSibling(of node: Int) -> Int? {
        guard let parent = nodes[node].parent else { return nil }
        let next = nodes[node].end
        return next < nodes[parent].end ? next : nil
    }

    /// The attributes of an element in order, the first of two with one name counting.
    public func attributes(of node: Int) -> ArraySlice<MarkupAttribute> {
        attributeTable[Int(nodes[node].firstAttribute)..<Int(nodes[node].attributeEnd)]
    }

    /// Whether an element's name is `name` (lower case), for those that ``HTMLTag`` does not list.
    public func isElement(_ node: Int, named name: StaticString) -> Bool {
        nodes[node].kind == .element && equals(nodes[node].range, name)
    }

    public func attribute(_ node: Int, _ name: StaticString) -> MarkupAttribute? {
        attributes(of: node).first { equals($0.name, name) }
    }

    /// The decoded value of an attribute; nil when the element has none of that name.
    public func value(_ node: Int, _ name: StaticString) -> String? {
        attribute(node, name).map { value(of: $0) }
    }

    public func value(of attribute: MarkupAttribute) -> String {
        var buffer: [UInt8] = []
        CharacterReferences.decode(source, attribute.value, .attribute, into: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// Appends the decoded text of one text node.
    public func appendText(of node: Int, to buffer: inout [UInt8]) {
        guard nodes[node].kind == .text else { return }
        CharacterReferences.decode(source, nodes[node].range, nodes[node].isRaw ? .raw : .text, into: &buffer)
    }

    /// The decoded text of all text nodes of a subtree, as it stands.
    public func text(of node: Int) -> String {
        var buffer: [UInt8] = []
        for index in node..<nodes[node].end { appendText(of: index, to: &buffer) }
        return String(decoding: buffer, as: UTF8.self)
    }

    /// Whether source bytes are `text` (lower case), whatever their case.
    public func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { wanted in
            var index = 0
            for at in range {
                if ASCII.lowercased(source[at]) != wanted[index] { return false }
                index &+= 1
            }
            return true
        }
    }

    /// Limits that keep a hostile document from taking memory out of proportion.
    public struct Limits: Sendable {
        /// Nodes kept; the rest of the document is left out.
        public var nodes = 500_000
        /// Elements nested deeper become children of the deepest one allowed. Browsers stop at 512 too.
        public var depth = 512

        public init() {}
    }

    /// Parses HTML. Any bytes give a tree; see ``HTMLTreeBuilder`` for how faults are put right.
    public init(html bytes: [UInt8], limits: Limits = Limits()) {
        var builder = HTMLTreeBuilder(bytes, limits: limits)
        self = builder.build()
    }

    init(source: [UInt8]) {
        self.source = source
        nodes = []
        attributeTable = []
        nodes.reserveCapacity(source.count / 24 + 16)
    }
}
