internal import WirewatchMarkup

/// The ``Hints`` of a tree's elements; elements of the same names share one.
struct ElementHints {
    private var kinds: [Hints] = []
    /// By node: the place in `kinds`, -1 for elements without class and id.
    private var places: [Int32]

    init(_ tree: MarkupTree) {
        places = Array(repeating: -1, count: tree.indices.upperBound)
        var known: [ByteKey: Int32] = [:]
        var key: [UInt8] = []
        for node in tree.indices where tree.nodes[node].kind == .element {
            var classes: Range<Int>?
            var id: Range<Int>?
            for attribute in tree.attributes(of: node) {
                if tree.equals(attribute.name, "class") {
                    classes = attribute.value
                } else if !tree.nodes[node].tag.isHeading, tree.equals(attribute.name, "id") {
                    // A heading's is made from its words, to link to.
                    id = attribute.value
                }
            }
            guard classes != nil || id != nil else { continue }
            key.removeAll(keepingCapacity: true)
            if let classes { tree.append(classes, to: &key) }
            let end = key.count
            // No attribute holds this byte.
            key.append(0)
            if let id { tree.append(id, to: &key) }
            if let place = known[ByteKey(key)] {
                places[node] = place
                continue
            }
            let place = Int32(kinds.count)
            kinds.append(Hints(class: key[..<end], id: key[(end + 1)...]))
            known[ByteKey(key)] = place
            places[node] = place
        }
    }

    /// What an element's names say; nil for one without any.
    subscript(_ node: Int) -> Hints? {
        let place = places[node]
        return place < 0 ? nil : kinds[Int(place)]
    }
}
