import WirewatchMarkup

/// The namespace declarations in force, innermost last.
struct NamespaceScope {
    private struct Declaration {
        /// In the source; empty for the default namespace.
        var prefix: Range<Int>
        var namespace: FeedNamespace
        /// Whether the URI is of a version that its namespace does not tell: RSS 0.90, Atom 0.3.
        var isOld: Bool
    }

    /// Declarations beyond this many at once are read over.
    private static let limit = 256

    private var declarations: [Declaration] = []

    /// For ``close(_:)``: how many declarations are in force.
    var count: Int { declarations.count }

    mutating func declare(prefix: Range<Int>, uri: String) {
        guard declarations.count < Self.limit else { return }
        var (namespace, isOld) = FeedNamespace.of(uri: uri)
        // A default namespace of the publisher's own is a mistake that would hide the whole feed.
        if prefix.isEmpty, namespace == .other { namespace = .rss }
        declarations.append(Declaration(prefix: prefix, namespace: namespace, isOld: isOld))
    }

    /// Forgets what was declared since there were `count`.
    mutating func close(_ count: Int) {
        if declarations.count > count { declarations.removeLast(declarations.count - count) }
    }

    /// Whether a namespace is declared by the URI of its first version: RSS 0.90, Atom 0.3.
    func isOld(_ namespace: FeedNamespace) -> Bool { declarations.contains { $0.namespace == namespace && $0.isOld } }

    func namespace(_ bytes: [UInt8], prefix: Range<Int>) -> FeedNamespace {
        var index = declarations.count
        while index > 0 {
            index &-= 1
            if Self.same(bytes, declarations[index].prefix, prefix) { return declarations[index].namespace }
        }
        return prefix.isEmpty
            ? .rss : FeedNamespace(customaryPrefix: String(decoding: bytes[prefix].prefix(32), as: UTF8.self))
    }

    /// Whether a prefix other than `xml` was never declared.
    func isUndeclared(_ bytes: [UInt8], prefix: Range<Int>) -> Bool {
        guard !prefix.isEmpty, !bytes[prefix].elementsEqual("xml".utf8) else { return false }
        return !declarations.contains { Self.same(bytes, $0.prefix, prefix) }
    }

    static func same(_ bytes: [UInt8], _ a: Range<Int>, _ b: Range<Int>) -> Bool {
        guard a.count == b.count else { return false }
        var x = a.lowerBound
        var y = b.lowerBound
        while x < a.upperBound {
            if bytes[x] != bytes[y] { return false }
            x &+= 1
            y &+= 1
        }
        return true
    }
}
