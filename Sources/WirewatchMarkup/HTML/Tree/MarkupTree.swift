/// A parsed HTML document in one arena: nodes in document order, names, attributes and text as ranges of bytes.
///
/// Node 0 is the document. A node's descendants follow it directly, up to ``Node/end``, so that a walk over a subtree
/// is a loop over indices. The tree is a value and immutable once built. It is the tree of the WHATWG HTML standard,
/// with what faulty markup implies (`html`, `head`, `body`, `tbody` ...); the contents of a `template` are its children.
public struct MarkupTree: Sendable {
    public enum Kind: UInt8, Sendable { case document, element, text, comment }

    /// The vocabulary of an element.
    public enum Namespace: UInt8, Sendable { case html, svg, mathML }

    /// 24 bytes.
    public struct Node: Sendable {
        /// The kind in the low 4 bits, the namespace above.
        private let what: UInt8
        /// The HTML element; `svg` and `math` for these; `other` for one that ``HTMLTag`` does not list, for other
        /// elements of SVG and MathML, and for nodes that are none.
        public let tag: HTMLTag
        /// At most ``HTMLTokenizer/attributeLimit``.
        var attributeCount: UInt16
        var firstAttribute: UInt32
        /// Of the document: -1.
        var parentIndex: Int32
        var endIndex: Int32
        /// An element's name, or the content of a text or comment.
        var content: ByteRange

        @inline(__always)
        init(_ kind: Kind, _ namespace: Namespace = .html, _ tag: HTMLTag = .other, _ content: ByteRange = .empty) {
            what = kind.rawValue | namespace.rawValue &<< 4
            self.tag = tag
            attributeCount = 0
            firstAttribute = 0
            parentIndex = -1
            endIndex = 0
            self.content = content
        }

        // Both were packed from cases of the enumerations.
        public var kind: Kind { Kind(rawValue: what & 15) ?? .document }
        public var namespace: Namespace { Namespace(rawValue: what &>> 4) ?? .html }
        /// The index of the parent; nil for the document.
        public var parent: Int? { parentIndex < 0 ? nil : Int(parentIndex) }
        /// One past the last descendant; for a leaf one past itself.
        public var end: Int { Int(endIndex) }
        /// For ``MarkupTree/append(_:to:)``: an element's name in lower case (but `foreignObject` and its like in SVG),
        /// or the content of a text or comment, decoded.
        public var range: Range<Int> { content.range }
    }

    /// The UTF-8 that most ranges point into.
    public let source: [UInt8]
    /// The UTF-8 of the others, from address `source.count + 1` on: what was decoded or implied.
    let decoded: [UInt8]
    public internal(set) var nodes: [Node]
    let attributeTable: [MarkupAttribute]
    /// Whether a limit was reached, so that later nodes are missing or less deep than written.
    public internal(set) var isTruncated = false
    /// Whether the document is in quirks mode, as old or missing document types have it.
    public internal(set) var isQuirky = false
    /// The document type, and the index of the node that it stands before.
    public internal(set) var doctype: (declaration: HTMLDoctype, before: Int)?

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

    /// The attributes of an element in order, without repeated names.
    public func attributes(of node: Int) -> ArraySlice<MarkupAttribute> {
        let first = Int(nodes[node].firstAttribute)
        return attributeTable[first..<first + Int(nodes[node].attributeCount)]
    }

    /// Whether an element's name is `name` (lower case), for those that ``HTMLTag`` does not list.
    public func isElement(_ node: Int, named name: StaticString) -> Bool {
        nodes[node].kind == .element && equals(nodes[node].range, name)
    }

    /// The name of an element; empty for other nodes.
    public func name(of node: Int) -> String {
        nodes[node].kind == .element ? string(nodes[node].range) : ""
    }

    public func attribute(_ node: Int, _ name: StaticString) -> MarkupAttribute? {
        attributes(of: node).first { equals($0.name, name) }
    }

    /// The decoded value of an attribute; nil when the element has none of that name.
    public func value(_ node: Int, _ name: StaticString) -> String? {
        attribute(node, name).map { value(of: $0) }
    }

    public func value(of attribute: MarkupAttribute) -> String { string(attribute.value) }

    /// Appends the text of one text node.
    public func appendText(of node: Int, to buffer: inout [UInt8]) {
        guard nodes[node].kind == .text else { return }
        append(nodes[node].range, to: &buffer)
    }

    /// The text of all text nodes of a subtree, as it stands.
    public func text(of node: Int) -> String {
        var buffer: [UInt8] = []
        for index in node..<nodes[node].end { appendText(of: index, to: &buffer) }
        return String(decoding: buffer, as: UTF8.self)
    }

    // MARK: Bytes

    /// Appends the bytes of a range of a node or attribute.
    public func append(_ range: Range<Int>, to buffer: inout [UInt8]) {
        HTMLTokenizer.append(range, source, decoded, to: &buffer)
    }

    /// The text of a range of a node or attribute.
    public func string(_ range: Range<Int>) -> String {
        let offset = source.count &+ 1
        if range.upperBound <= source.count { return String(decoding: source[range], as: UTF8.self) }
        guard range.lowerBound >= offset, range.upperBound &- offset <= decoded.count else { return "" }
        return String(decoding: decoded[range.lowerBound &- offset..<range.upperBound &- offset], as: UTF8.self)
    }

    /// Whether the bytes of a range of a node or attribute are `text` (lower case), whatever their case.
    public func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
        text.withUTF8Buffer { equals(range, lowercased: $0) }
    }

    /// The same for bytes (in lower case).
    public func equals(_ range: Range<Int>, _ text: [UInt8]) -> Bool {
        text.withUnsafeBufferPointer { equals(range, lowercased: $0) }
    }

    private func equals(_ range: Range<Int>, lowercased text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard range.count == text.count else { return false }
        if range.isEmpty { return true }
        let isDecoded = range.lowerBound > source.count
        var at = isDecoded ? range.lowerBound &- source.count &- 1 : range.lowerBound
        for other in text {
            if ASCII.lowercased(isDecoded ? decoded[at] : source[at]) != other { return false }
            at &+= 1
        }
        return true
    }
}
