extension MarkupTree {
    /// Limits that keep a hostile document from taking memory out of proportion.
    public struct Limits: Sendable {
        /// Nodes kept, give or take the 64 that one token can make; the rest of the document is left out.
        public var nodes = 500_000
        /// Open elements; those nested deeper become children of the deepest one allowed. Browsers stop at 512 too. A
        /// table's own parts may go 4 deeper. At least 16.
        public var depth = 512

        public init() {}
    }

    /// How a document is parsed.
    public struct ParsingOptions: Sendable {
        public var limits = Limits()
        /// Whether `noscript` is read as in a browser that runs scripts: as text. Off unless set.
        public var scripting = false
        /// The element whose content the bytes are, for the fragment parsing algorithm; nil for a whole document.
        public var context: FragmentContext?

        public init() {}
    }

    /// The element around a fragment.
    public struct FragmentContext: Sendable {
        /// In lower case, but as SVG writes them for its own.
        public var name: String
        public var namespace: Namespace

        public init(name: String, namespace: Namespace = .html) {
            self.name = name
            self.namespace = namespace
        }
    }

    /// Parses an HTML document by the WHATWG algorithm. Any bytes give a tree; they should be UTF-8 (see ``Charset``).
    ///
    /// The `select` element is that of the standard since 2025, which has no insertion modes of its own. Time and memory
    /// are linear in the bytes.
    public init(html bytes: [UInt8], limits: Limits = Limits()) {
        var options = ParsingOptions()
        options.limits = limits
        self.init(html: bytes, options: options)
    }

    /// Parses a document, or a fragment: its nodes are then children of node 0.
    public init(html bytes: [UInt8], options: ParsingOptions) {
        var builder = HTMLTreeBuilder(bytes, options: options)
        self = builder.build()
    }
}
