/// Matches a selector with the nodes of a tree, one after the other in document order.
///
/// Each open element has two sets of parts: those whose chain ends with it, and those whose chain ends with it or with an
/// element around it. What a node can match follows from its parent's sets alone, so nothing is searched backwards.
struct SelectorMatch {
    private struct Level {
        var end: Int
        /// Parts that this element is, with all that is asked of what is around it.
        var own: UInt64
        /// The same of this element or one around it.
        var around: UInt64
    }

    private let parts: [SelectorPart]
    private let tree: MarkupTree
    private var levels: [Level] = []

    init(_ selector: MarkupSelector, _ tree: MarkupTree) {
        parts = selector.parts
        self.tree = tree
    }

    /// Whether a node matches. Nodes are visited in ascending order; one may be left out only with its descendants.
    mutating func visit(_ index: Int) -> Bool {
        let node = tree.nodes[index]
        guard node.kind == .element else { return false }
        while let last = levels.last, last.end <= index { levels.removeLast() }
        let parent = levels.last?.own ?? 0
        let around = levels.last?.around ?? 0
        var own: UInt64 = 0
        var isMatch = false
        for (number, part) in parts.enumerated() {
            let before: Bool =
                switch part.relation {
                case .first: true
                case .child: parent & (1 << UInt64(number &- 1)) != 0
                case .descendant: around & (1 << UInt64(number &- 1)) != 0
                }
            guard before, matches(index, part) else { continue }
            own |= 1 << UInt64(number)
            if part.isLast { isMatch = true }
        }
        if node.end > index + 1 { levels.append(Level(end: node.end, own: own, around: around | own)) }
        return isMatch
    }

    private func matches(_ index: Int, _ part: SelectorPart) -> Bool {
        if let name = part.name, !tree.equals(tree.nodes[index].range, name) { return false }
        return part.tests.allSatisfy { matches(index, $0) }
    }

    private func matches(_ index: Int, _ test: SelectorPart.Test) -> Bool {
        switch test {
        case .id(let wanted): value(index, Array("id".utf8)).map { $0 == wanted } ?? false
        case .present(let name): attribute(index, name) != nil
        case .equal(let name, let wanted): value(index, name).map { $0 == wanted } ?? false
        case .beginning(let name, let wanted):
            !wanted.isEmpty && (value(index, name).map { $0.starts(with: wanted) } ?? false)
        case .ending(let name, let wanted):
            !wanted.isEmpty && (value(index, name).map { $0.suffix(wanted.count).elementsEqual(wanted) } ?? false)
        case .containing(let name, let wanted): value(index, name).map { contains($0, wanted) } ?? false
        case .word(let name, let wanted):
            value(index, name).map { value in
                value.split(whereSeparator: ASCII.isSpace).contains { $0.elementsEqual(wanted) }
            } ?? false
        }
    }

    private func attribute(_ index: Int, _ name: [UInt8]) -> MarkupAttribute? {
        tree.attributes(of: index).first { tree.equals($0.name, name) }
    }

    private func value(_ index: Int, _ name: [UInt8]) -> [UInt8]? {
        guard let attribute = attribute(index, name) else { return nil }
        var buffer: [UInt8] = []
        tree.append(attribute.value, to: &buffer)
        return buffer
    }

    /// A value is looked through once for its first byte and compared from there; values longer than any in use are not.
    private func contains(_ value: [UInt8], _ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first, value.count >= wanted.count, value.count <= 1 << 16 else { return false }
        var at = 0
        let last = value.count - wanted.count
        while at <= last, let found = ByteSearch.first(first, in: value, at..<last + 1) {
            if value[found..<found + wanted.count].elementsEqual(wanted) { return true }
            at = found + 1
        }
        return false
    }
}
