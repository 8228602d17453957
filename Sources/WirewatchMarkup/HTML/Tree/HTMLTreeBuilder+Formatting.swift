/// An entry of the list of active formatting elements.
struct FormattingEntry {
    var node: UInt32
    /// ``HTMLTag/other`` for a marker.
    var tag: HTMLTag
    /// Of the attributes whatever their order: elements of the same tag and hash are taken for alike. 0 before it was
    /// needed.
    var hash: UInt64 = 0

    static let marker = FormattingEntry(node: 0, tag: .other)

    var isMarker: Bool { tag == .other }
}

/// The list of active formatting elements (section 13.2.4.3) and the adoption agency (13.2.6.4.7).
extension HTMLTreeBuilder {
    /// Entries between two markers; the oldest is given up for the next. Without a bound each paragraph of a page of
    /// unclosed `<font ...>` would open all of them again.
    static let formattingLimit = 64

    mutating func pushFormatting(_ node: UInt32, _ tag: HTMLTag) {
        // 0 is an element that the full stack had no place for.
        guard node != 0 else { return }
        var entry = FormattingEntry(node: node, tag: tag)
        let attributeCount = nodes[Int(node)].attributeCount
        var similar = 0
        var place = formatting.count &- 1
        while place >= 0, !formatting[place].isMarker {
            if formatting[place].tag == tag, nodes[Int(formatting[place].node)].attributeCount == attributeCount {
                similar &+= 1
            }
            place &-= 1
        }
        let first = place &+ 1
        // The Noah's Ark clause: three of a kind. Attributes are looked at only where there could be so many.
        if similar >= 3, let earliest = earliestOfThree(&entry, from: first) {
            formatting.remove(at: earliest)
        } else if formatting.count &- first >= Self.formattingLimit {
            formatting.remove(at: first)
        }
        appendFormatting(entry)
    }

    /// Entries in all; the oldest are given up. A template's end leaves the markers of its cells behind, as the standard
    /// has it, and searches of the list must not come to meet more and more of them.
    private static let formattingTotal = 1024

    mutating func appendFormatting(_ entry: FormattingEntry) {
        if formatting.count >= Self.formattingTotal { formatting.removeFirst(Self.formattingTotal / 4) }
        formatting.append(entry)
    }

    /// The place of the earliest of three entries like this one.
    private mutating func earliestOfThree(_ entry: inout FormattingEntry, from first: Int) -> Int? {
        entry.hash = attributesHash(entry.node)
        var alike = 0
        var earliest: Int?
        for place in stride(from: formatting.count &- 1, through: first, by: -1)
        where formatting[place].tag == entry.tag {
            if formatting[place].hash == 0 { formatting[place].hash = attributesHash(formatting[place].node) }
            if formatting[place].hash == entry.hash {
                alike &+= 1
                earliest = place
            }
        }
        return alike >= 3 ? earliest : nil
    }

    private func attributesHash(_ node: UInt32) -> UInt64 {
        let first = Int(nodes[Int(node)].firstAttribute)
        var sum: UInt64 = 1
        for index in first..<first + Int(nodes[Int(node)].attributeCount) {
            let attribute = tokenizer.attributeTable[index]
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            add(attribute.nameRange, to: &hash)
            add(attribute.valueRange, to: &hash)
            // A sum, for the order does not count.
            sum &+= (hash ^ hash &>> 29) &* 0xBF58_476D_1CE4_E5B9
        }
        return max(1, sum)
    }

    private func add(_ range: ByteRange, to hash: inout UInt64) {
        var address = Int(range.from)
        while address < Int(range.to) {
            hash = (hash ^ UInt64(tokenizer.byte(address))) &* 0x100_0000_01B3
            address &+= 1
        }
        hash = (hash ^ 0x3D) &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func clearFormattingToMarker() {
        while let last = formatting.popLast(), !last.isMarker {}
    }

    mutating func removeFormatting(_ node: UInt32) {
        if let place = formatting.lastIndex(where: { $0.node == node && !$0.isMarker }) { formatting.remove(at: place) }
    }

    func isOpen(_ node: UInt32) -> Bool {
        var height = open.count &- 1
        while height >= 0 {
            if open[height].node == node { return true }
            height &-= 1
        }
        return false
    }

    @inline(__always)
    mutating func reconstructFormatting() {
        guard let last = formatting.last, !last.isMarker else { return }
        if !isOpen(last.node) { reopenFormatting() }
    }

    private mutating func reopenFormatting() {
        var first = formatting.count &- 1
        while first > 0, !formatting[first &- 1].isMarker, !isOpen(formatting[first &- 1].node) { first &-= 1 }
        for place in first..<formatting.count {
            guard open.count < depthLimit else { return }
            let node = clone(formatting[place].node)
            insert(node, at: self.place())
            let tag = formatting[place].tag
            push(OpenElement(node: node, tag: tag, traits: tag.traits, hash: 0))
            formatting[place].node = node
        }
    }

    /// An element as the same token made it; the two share their attributes in the table.
    private mutating func clone(_ node: UInt32) -> UInt32 {
        let original = nodes[Int(node)]
        var copy = MarkupTree.Node(.element, original.namespace, original.tag, original.content)
        copy.firstAttribute = original.firstAttribute
        copy.attributeCount = original.attributeCount
        return newNode(copy)
    }

    // MARK: Adoption agency

    /// Runs the adoption agency algorithm for a tag. Its two loops are bounded by the stack's height, and elements that it
    /// passes over leave the stack, so that the next run does not meet them.
    mutating func adopt(_ token: HTMLToken) {
        let subject = token.tag
        if currentTag == subject, !formatting.contains(where: { $0.node == current.node && !$0.isMarker }) {
            return pop()
        }
        for _ in 0..<8 {
            var place = formatting.count &- 1
            while place >= 0, !formatting[place].isMarker, formatting[place].tag != subject { place &-= 1 }
            guard place >= 0, !formatting[place].isMarker else { return endOther(token) }
            let element = formatting[place]
            guard let height = height(of: element.node) else {
                formatting.remove(at: place)
                return
            }
            guard isInScope(node: element.node) else { return }
            guard
                let furthest = (height &+ 1..<max(height &+ 1, open.count)).first(where: {
                    open[$0].traits.contains(.special)
                })
            else {
                pop(to: height)
                formatting.remove(at: place)
                return
            }
            adoptOnce(formattingHeight: height, furthestHeight: furthest, place)
        }
    }

    private mutating func adoptOnce(formattingHeight: Int, furthestHeight: Int, _ place: Int) {
        let element = formatting[place].node
        let tag = formatting[place].tag
        let hash = formatting[place].hash
        let furthestBlock = open[furthestHeight].node
        let ancestor = open[formattingHeight &- 1]
        var bookmark = place
        var last = furthestBlock
        var height = furthestHeight
        var turns = 0
        while true {
            height &-= 1
            guard height > formattingHeight else { break }
            turns &+= 1
            let node = open[height].node
            var listed = formatting.lastIndex { $0.node == node && !$0.isMarker }
            if turns > 3, let found = listed {
                formatting.remove(at: found)
                if found < bookmark { bookmark &-= 1 }
                listed = nil
            }
            guard let listed else {
                removeOpen(at: height)
                continue
            }
            let copy = clone(node)
            formatting[listed].node = copy
            open[height].node = copy
            if last == furthestBlock { bookmark = listed &+ 1 }
            unlink(last)
            append(last, to: copy)
            last = copy
        }
        unlink(last)
        insert(last, at: self.place(in: ancestor))
        let copy = clone(element)
        moveChildren(of: furthestBlock, to: copy)
        append(copy, to: furthestBlock)
        if let old = formatting.lastIndex(where: { $0.node == element && !$0.isMarker }) {
            formatting.remove(at: old)
            if old < bookmark { bookmark &-= 1 }
        }
        formatting.insert(FormattingEntry(node: copy, tag: tag, hash: hash), at: min(bookmark, formatting.count))
        if let old = self.height(of: element) { removeOpen(at: old) }
        if let block = self.height(of: furthestBlock) {
            open.insert(OpenElement(node: copy, tag: tag, traits: tag.traits, hash: 0), at: block &+ 1)
            openCount[tag] &+= 1
        }
    }
}
