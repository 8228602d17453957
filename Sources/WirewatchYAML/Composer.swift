/// Why a document has no tree.
enum CompositionError: Error {
    case syntax(SyntaxFailure)
    case refused(YAMLProblem)
}

/// Builds the tree of a document from its events.
///
/// Recursive, but never deeper than the limit. An alias shares the storage of what it stands for, so that memory stays
/// in proportion to the file; its nodes are counted all the same, because whoever walks the tree meets them all.
struct Composer {
    private let parser: EventParser
    private let limits: YAMLLimits
    private(set) var problems: [YAMLProblem] = []
    private var anchors: [String: YAMLNode] = [:]
    /// Anchors of the lists and maps that are not complete yet.
    private var open: [String] = []

    init(_ parser: EventParser, limits: YAMLLimits) {
        self.parser = parser
        self.limits = limits
    }

    /// The one document of the stream; nil when there is none.
    mutating func document() throws(CompositionError) -> YAMLNode? {
        var root: YAMLNode?
        while true {
            let event = try next()
            switch event.kind {
            case .streamEnd: return root
            case .documentStart where root != nil:
                throw .refused(
                    YAMLProblem(
                        position: event.position,
                        message: "a second document begins here; a file holds one, remove the '---'"))
            case .documentStart: root = try node(try next(), depth: 0)
            default: break
            }
        }
    }

    private func next() throws(CompositionError) -> Event {
        do { return try parser.next() } catch { throw .syntax(error) }
    }

    private mutating func node(_ event: Event, depth: Int) throws(CompositionError) -> YAMLNode {
        if case .alias(let name) = event.kind { return try resolve(name, at: event.position, depth: depth) }
        if let anchor = event.anchor { open.append(anchor) }
        var node: YAMLNode
        switch event.kind {
        case .sequenceStart: node = try sequence(event, depth: depth)
        case .mappingStart: node = try mapping(event, depth: depth)
        case .scalar(let text, let style):
            node = YAMLNode(.scalar(text, style), at: event.position)
        default: node = YAMLNode(.scalar("", .plain), at: event.position)
        }
        apply(event.tag, to: &node)
        if let anchor = event.anchor {
            open.removeLast()
            anchors[anchor] = node
        }
        return node
    }

    private mutating func sequence(_ event: Event, depth: Int) throws(CompositionError) -> YAMLNode {
        try check(depth: depth + 1, at: event.position)
        var elements: [YAMLNode] = []
        var (weight, height): (Int32, Int32) = (1, 1)
        while true {
            let item = try next()
            if case .sequenceEnd = item.kind { break }
            let element = try node(item, depth: depth + 1)
            try add(element, &weight, &height, at: item.position)
            elements.append(element)
        }
        var node = YAMLNode(.sequence(elements), at: event.position)
        (node.weight, node.height) = (weight, height)
        return node
    }

    private mutating func mapping(_ event: Event, depth: Int) throws(CompositionError) -> YAMLNode {
        try check(depth: depth + 1, at: event.position)
        var entries: [YAMLNode.Entry] = []
        // Grown bit by bit, an array is allocated three times before it holds so many.
        entries.reserveCapacity(8)
        var keys = KeyPlaces()
        var (weight, height): (Int32, Int32) = (1, 1)
        while true {
            let item = try next()
            if case .mappingEnd = item.kind { break }
            let key = try node(item, depth: depth + 1)
            let value = try node(try next(), depth: depth + 1)
            try add(key, &weight, &height, at: item.position)
            try add(value, &weight, &height, at: value.position)
            guard let name = name(of: key, at: item.position) else { continue }
            if let first = keys.place(of: name, in: entries) {
                report(
                    item.position,
                    "duplicate key '\(name)', first at \(first.line):\(first.column); remove one of them")
                continue
            }
            entries.append(YAMLNode.Entry(key: name, keyPosition: item.position, value: value))
            keys.note(entries)
        }
        var node = YAMLNode(.mapping(entries), at: event.position)
        (node.weight, node.height) = (weight, height)
        return node
    }

    /// Where the keys of a map stand. Most maps are small, and looking through one costs less than a dictionary of it.
    private struct KeyPlaces {
        private static let few = 16
        private var places: [String: YAMLPosition] = [:]

        func place(of name: String, in entries: [YAMLNode.Entry]) -> YAMLPosition? {
            if entries.count > Self.few { return places[name] }
            let count = name.utf8.count
            for index in entries.indices where entries[index].key.utf8.count == count && entries[index].key == name {
                return entries[index].keyPosition
            }
            return nil
        }

        /// Takes in the entry added last.
        mutating func note(_ entries: [YAMLNode.Entry]) {
            guard entries.count > Self.few else { return }
            for entry in places.isEmpty ? entries[...] : entries.suffix(1) { places[entry.key] = entry.keyPosition }
        }
    }

    private mutating func name(of key: YAMLNode, at position: YAMLPosition) -> String? {
        guard case .scalar(let name, _) = key.content, key.tag == nil else {
            report(position, "a key must be a word, not a list, a map or a tag; put the text in quotes if it is one")
            return nil
        }
        if key.isInvalid { return nil }
        if name.isEmpty {
            report(position, "a key is missing before ':'")
            return nil
        }
        return name
    }

    private mutating func resolve(
        _ name: String, at position: YAMLPosition, depth: Int
    ) throws(CompositionError) -> YAMLNode {
        guard let node = anchors[name] else {
            report(
                position,
                open.contains(name)
                    ? "the alias '*\(name)' stands inside its own anchor '&\(name)'"
                    : "the alias '*\(name)' has no anchor '&\(name)' before it; "
                        + "put the text in quotes if it is no alias")
            var node = YAMLNode(.scalar("", .plain), at: position)
            node.isInvalid = true
            return node
        }
        try check(depth: depth + Int(node.height), at: position)
        return node
    }

    private mutating func apply(_ tag: String?, to node: inout YAMLNode) {
        guard let tag else { return }
        if let known = YAMLNode.Tag(rawValue: tag) {
            node.tag = known
            return
        }
        // `!!str`, and `!` alone, which YAML calls non-specific: a text, whatever it looks like.
        if tag == "tag:yaml.org,2002:str" || tag == "!", case .scalar(let text, .plain) = node.content {
            node.content = .scalar(text, .singleQuoted)
            return
        }
        node.isInvalid = true
        let shown = tag.hasPrefix("tag:yaml.org,2002:") ? "!!" + tag.dropFirst(18) : tag
        let known = YAMLNode.Tag.allCases.map(\.rawValue).joined(separator: " and ")
        report(
            node.position,
            "unknown tag '\(shown)', only \(known) are known; put the text in quotes if it begins with '!'")
    }

    private func add(
        _ child: YAMLNode, _ weight: inout Int32, _ height: inout Int32, at position: YAMLPosition
    ) throws(CompositionError) {
        let sum = Int(weight) + Int(child.weight)
        guard sum <= min(limits.nodes, 1 << 30) else {
            throw .refused(
                YAMLProblem(
                    position: position,
                    message: "the document has more than \(limits.nodes) values, aliases included"))
        }
        (weight, height) = (Int32(sum), max(height, child.height + 1))
    }

    private func check(depth: Int, at position: YAMLPosition) throws(CompositionError) {
        guard depth <= limits.depth else {
            throw .refused(
                YAMLProblem(
                    position: position,
                    message: "lists and maps are nested deeper than \(limits.depth) levels"))
        }
    }

    private mutating func report(_ position: YAMLPosition, _ message: String) {
        problems.append(YAMLProblem(position: position, message: message))
    }
}
