/// A place in a text: line and column count from 1, columns in Unicode scalars.
public struct YAMLPosition: Sendable, Hashable, Comparable {
    private let lineNumber: UInt32
    private let columnNumber: UInt32

    public var line: Int { Int(lineNumber) }
    public var column: Int { Int(columnNumber) }

    public init(line: Int, column: Int) {
        lineNumber = UInt32(clamping: line)
        columnNumber = UInt32(clamping: column)
    }

    public static func < (a: YAMLPosition, b: YAMLPosition) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// A node of a YAML document with the place where it begins; aliases are resolved.
public struct YAMLNode: Sendable {
    public enum Content: Sendable {
        case scalar(String, ScalarStyle)
        case sequence([YAMLNode])
        /// In the order written; keys are unique.
        case mapping([Entry])
    }

    public enum ScalarStyle: Sendable, Hashable { case plain, singleQuoted, doubleQuoted, block }

    /// The tags that have a meaning here; any other is a problem.
    public enum Tag: String, Sendable, Hashable, CaseIterable {
        case include = "!include"
        case secret = "!secret"
    }

    public struct Entry: Sendable {
        public var key: String
        public var keyPosition: YAMLPosition
        public var value: YAMLNode
    }

    public var content: Content
    public var tag: Tag?
    /// Of an aliased node, where its anchor stands.
    public var position: YAMLPosition
    /// Whether it stands for something that is reported as a problem; its content means nothing then.
    public var isInvalid = false
    /// Nodes in this tree, itself included, each alias counted as often as it is used.
    var weight: Int32 = 1
    /// Levels of lists and maps, its own included.
    var height: Int32 = 0

    init(_ content: Content, tag: Tag? = nil, at position: YAMLPosition) {
        self.content = content
        self.tag = tag
        self.position = position
    }
}

/// Something wrong with a document, in words for its author and without a final stop.
public struct YAMLProblem: Sendable, Hashable, Error {
    public var position: YAMLPosition
    public var message: String
}

/// What a document may cost. Beyond it the document is refused, not cut.
public struct YAMLLimits: Sendable {
    /// Of the whole text.
    public var bytes: Int
    /// Lists and maps within each other.
    public var depth: Int
    /// Nodes once every alias is replaced by what it stands for.
    public var nodes: Int

    public init(bytes: Int = 16 << 20, depth: Int = 64, nodes: Int = 1_000_000) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
    }
}
