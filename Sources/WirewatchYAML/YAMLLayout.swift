/// Where the nodes of a document stand in its bytes, for changing a part of a text and leaving the rest as it is.
public struct YAMLLayout: Sendable {
    public struct Node: Sendable {
        public indirect enum Content: Sendable {
            case scalar(String)
            case list([Node])
            case map([Entry])
            case alias
        }

        public var content: Content
        /// The tag as written, such as `!include`.
        public var tag: String?
        /// Bytes, from the node's tag or anchor on to its last character. Empty for a value that is not there.
        public var range: Range<Int>
        public var position: YAMLPosition
        /// Whether a list or map is written in brackets.
        public var isFlow = false
        /// Whether a text is in quotes or a block.
        public var isQuoted = false
    }

    public struct Entry: Sendable {
        public var key: Node
        public var value: Node
    }

    /// Nil for an empty document.
    public let root: Node?

    /// Nil for what is no YAML or nested too deep; ``YAMLDocument/parse(_:limits:)`` says what is wrong with it.
    ///
    /// - Parameter bytes: UTF-8; a byte order mark counts in ranges, but not in positions.
    public init?(_ bytes: [UInt8]) {
        let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard EncodingProblem.utf16(in: bytes) == nil, EncodingProblem.find(in: Array(bytes.dropFirst(mark))) == nil
        else { return nil }
        var builder = LayoutBuilder(bytes, skipping: mark)
        do { root = try builder.document() } catch { return nil }
    }
}

/// Builds the tree from libyaml's events; recursive, but never deeper than its limit.
private struct LayoutBuilder {
    private let parser: EventParser
    private let offsets: CharacterOffsets
    private let bytes: [UInt8]
    private static let depthLimit = YAMLLimits().depth

    private struct TooDeep: Error {}

    init(_ bytes: [UInt8], skipping mark: Int) {
        self.bytes = bytes
        parser = EventParser(Array(bytes.dropFirst(mark)))
        offsets = CharacterOffsets(bytes, from: mark)
    }

    mutating func document() throws -> YAMLLayout.Node? {
        var root: YAMLLayout.Node?
        while true {
            let event = try parser.next()
            switch event.kind {
            case .streamEnd: return root
            case .documentStart where root == nil: root = try node(try parser.next(), depth: 0)
            case .documentStart: throw TooDeep()
            default: break
            }
        }
    }

    private func node(_ event: Event, depth: Int) throws -> YAMLLayout.Node {
        guard depth <= Self.depthLimit else { throw TooDeep() }
        var node = YAMLLayout.Node(
            content: .alias, tag: event.tag, range: range(event.range), position: event.position)
        node.isFlow = event.isFlow
        var end = node.range.upperBound
        switch event.kind {
        case .scalar(let text, let style):
            node.content = .scalar(text)
            node.isQuoted = style != .plain
        case .sequenceStart:
            var items: [YAMLLayout.Node] = []
            while true {
                let next = try parser.next()
                if case .sequenceEnd = next.kind {
                    if node.isFlow { end = range(next.range).upperBound }
                    break
                }
                items.append(try self.node(next, depth: depth + 1))
            }
            if !node.isFlow { end = items.last?.range.upperBound ?? end }
            node.content = .list(items)
        case .mappingStart:
            var entries: [YAMLLayout.Entry] = []
            while true {
                let next = try parser.next()
                if case .mappingEnd = next.kind {
                    if node.isFlow { end = range(next.range).upperBound }
                    break
                }
                let key = try self.node(next, depth: depth + 1)
                entries.append(YAMLLayout.Entry(key: key, value: try self.node(try parser.next(), depth: depth + 1)))
            }
            if !node.isFlow, let last = entries.last {
                end = max(last.key.range.upperBound, last.value.range.upperBound)
            }
            node.content = .map(entries)
        default: break
        }
        // A block's text reaches over the empty lines behind it.
        let start = node.range.lowerBound
        end = max(start, end)
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        node.range = start..<end
        return node
    }

    private func range(_ characters: Range<Int>) -> Range<Int> {
        offsets[characters.lowerBound]..<offsets[characters.upperBound]
    }
}

/// From the number of a character to that of its first byte.
private struct CharacterOffsets {
    private static let step = 64
    /// Of each 64th character.
    private var marks: [Int] = []
    private let bytes: [UInt8]

    init(_ bytes: [UInt8], from start: Int) {
        self.bytes = bytes
        var count = 0
        for at in start..<max(start, bytes.count) where bytes[at] & 0xC0 != 0x80 {
            if count % Self.step == 0 { marks.append(at) }
            count += 1
        }
        if marks.isEmpty { marks.append(min(start, bytes.count)) }
    }

    subscript(character: Int) -> Int {
        let mark = min(character / Self.step, marks.count - 1)
        var left = character - mark * Self.step
        var at = marks[mark]
        while left > 0, at < bytes.count {
            at += 1
            while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
            left -= 1
        }
        return at
    }
}
