import WirewatchYAML

/// Changes the list of sources in the text of one file; every byte besides stays as it is.
struct SourceListText {
    let bytes: [UInt8]
    private let root: YAMLLayout.Node?
    private let lineEnd: [UInt8]

    /// - Throws: ``EditError`` when the text is no YAML.
    init(_ bytes: [UInt8]) throws(EditError) {
        guard let layout = YAMLLayout(bytes) else { throw EditError("it is not valid YAML") }
        self.bytes = bytes
        root = layout.root
        let feed = bytes.firstIndex(of: 0x0A)
        lineEnd = feed.map { $0 > 0 && bytes[$0 - 1] == 0x0D } == true ? [0x0D, 0x0A] : [0x0A]
    }

    /// What stands under a key at the top, or with nil the whole document.
    enum Target {
        case list(YAMLLayout.Node)
        /// A key without a value, or with `null`.
        case empty(YAMLLayout.Entry)
        /// Neither key nor anything else.
        case absent
        /// `!include PATTERN`
        case include(String)
    }

    func target(_ key: String?) throws(EditError) -> Target {
        guard let root else { return .absent }
        var node = root
        if let key {
            guard case .map(let entries) = root.content else { throw EditError("it is no map of options") }
            guard let entry = entries.first(where: { Self.text($0.key) == key }) else { return .absent }
            node = entry.value
            if node.tag == nil, !node.isQuoted, let text = Self.text(node), CoreSchema.resolve(text) == .null {
                return .empty(entry)
            }
        }
        if case .list = node.content, node.tag == nil { return .list(node) }
        if node.tag == "!include", let pattern = Self.text(node) { return .include(pattern) }
        throw EditError(
            key.map { "the value of '\($0)' is neither a list nor an !include" } ?? "it does not hold a list")
    }

    // MARK: Adding

    /// The text with entries behind the last one of the list.
    func adding(_ entries: [SourceEntry], key: String?) throws(EditError) -> [UInt8] {
        switch try target(key) {
        case .list(let list): return try adding(entries, to: list, key: key)
        case .empty(let entry):
            guard root?.isFlow != true else {
                return replacing(entry.value.range, " [" + entries.map(\.flow).joined(separator: ", ") + "]")
            }
            var text = bytes
            if !entry.value.range.isEmpty { text.removeSubrange(withSpaceBefore(entry.value.range)) }
            let place = lineEndAfter(entry.key.range.upperBound, in: text)
            return inserted(blocks(entries, indent: newIndent), at: place, in: text)
        case .absent: return try addingList(entries, key: key)
        case .include: throw EditError("the list is in another file")
        }
    }

    private func adding(_ entries: [SourceEntry], to list: YAMLLayout.Node, key: String?) throws(EditError) -> [UInt8] {
        guard case .list(let items) = list.content else { return bytes }
        if list.isFlow { return addingInBrackets(entries, list, items, key: key) }
        guard let last = items.last, let first = dash(of: items[0], from: list.range.lowerBound) else {
            throw EditError("the list is written in a way that cannot be extended")
        }
        let indent = column(first)
        var offset = 2
        if let lastDash = dash(of: last, from: list.range.lowerBound), line(lastDash) == line(last.range.lowerBound),
            case .map = last.content, !last.isFlow
        {
            offset = max(2, last.range.lowerBound - lastDash)
        }
        var isSpaced = false
        if items.count > 1, let lastDash = dash(of: last, from: items[items.count - 2].range.upperBound) {
            isSpaced = hasEmptyLine(items[items.count - 2].range.upperBound..<lastDash)
        }
        var place = lineEndAfter(last.range.upperBound, in: bytes)
        // Comments right below that are set in further than the dash are the last entry's.
        while place < bytes.count, let start = firstVisible(from: place), bytes[start] == UInt8(ascii: "#"),
            start - place > indent
        {
            place = lineEndAfter(start, in: bytes)
        }
        let lines = blocks(entries, indent: indent, offset: offset, isSpaced: isSpaced)
        return inserted(isSpaced ? [""] + lines : lines, at: place, in: bytes)
    }

    private func addingInBrackets(
        _ entries: [SourceEntry], _ list: YAMLLayout.Node, _ items: [YAMLLayout.Node], key: String?
    ) -> [UInt8] {
        let texts = entries.map(\.flow)
        let close = list.range.upperBound - 1
        guard let last = items.last else {
            let isBare = !bytes[list.range].contains { $0 == 0x0A || $0 == UInt8(ascii: "#") }
            guard isBare, root?.isFlow != true || key == nil else {
                return replacing(close..<close, texts.joined(separator: ", "))
            }
            // `[]` makes room for a list with dashes.
            var text = bytes
            guard key == nil else {
                let range = withSpaceBefore(list.range)
                text.removeSubrange(range)
                let place = lineEndAfter(range.lowerBound, in: text)
                return inserted(blocks(entries, indent: newIndent), at: place, in: text)
            }
            let end = lineEndAfter(list.range.upperBound, in: bytes)
            let isAlone = isEmptyLine(at: list.range.upperBound)
            text.removeSubrange(isAlone ? list.range.lowerBound..<end : list.range)
            let place = isAlone ? list.range.lowerBound : lineEndAfter(list.range.lowerBound, in: text)
            return inserted(blocks(entries, indent: 0), at: place, in: text)
        }
        let comma = commaBehind(last, before: close)
        let end = comma.map { $0 + 1 } ?? last.range.upperBound
        guard line(last.range.lowerBound) != line(list.range.lowerBound), line(end) != line(close) else {
            let lead = comma == nil ? ", " : " "
            return replacing(end..<end, lead + texts.joined(separator: ", "))
        }
        // One item a line: a comment behind the last one stays with it.
        let margin = String(decoding: bytes[lineStart(last.range.lowerBound)..<last.range.lowerBound], as: UTF8.self)
        let indent = margin.utf8.allSatisfy { $0 == 0x20 } ? margin : "  "
        let lines = texts.enumerated().map { index, text in
            indent + text + (index < texts.count - 1 || comma != nil ? "," : "")
        }
        let place = lineEndAfter(end, in: bytes)
        var text = inserted(lines, at: place, in: bytes)
        if comma == nil { text.insert(UInt8(ascii: ","), at: last.range.upperBound) }
        return text
    }

    /// A document that has no such list yet.
    private func addingList(_ entries: [SourceEntry], key: String?) throws(EditError) -> [UInt8] {
        guard let key else { return inserted(blocks(entries, indent: 0), at: bytes.count, in: bytes) }
        guard let root, case .map(let all) = root.content, !root.isFlow, let last = all.last else {
            throw EditError("it has no '\(key)' and is written in braces; add 'sources: []' to it")
        }
        let end = max(last.key.range.upperBound, last.value.range.upperBound)
        let margin = String(repeating: " ", count: max(0, root.position.column - 1))
        let lines = ["", margin + key + ":"] + blocks(entries, indent: newIndent)
        return inserted(lines, at: lineEndAfter(end, in: bytes), in: bytes)
    }

    // MARK: Removing

    /// The text without the item of a list that begins at a place; nil when none does.
    func removing(itemAt position: YAMLPosition) -> [UInt8]? {
        guard let root else { return nil }
        if case .list(let items) = root.content { return removing(position, from: root, items, key: nil) }
        guard case .map(let entries) = root.content else { return nil }
        for entry in entries {
            guard case .list(let items) = entry.value.content else { continue }
            if let text = removing(position, from: entry.value, items, key: entry.key) { return text }
        }
        return nil
    }

    private func removing(
        _ position: YAMLPosition, from list: YAMLLayout.Node, _ items: [YAMLLayout.Node], key: YAMLLayout.Node?
    ) -> [UInt8]? {
        guard let index = items.firstIndex(where: { $0.position == position }) else { return nil }
        let item = items[index]
        if list.isFlow { return removingInBrackets(index, items, list) }
        let before = index == 0 ? list.range.lowerBound : items[index - 1].range.upperBound
        guard let dash = dash(of: item, from: before), firstVisible(from: lineStart(dash)) == dash else { return nil }
        let start = lineStart(dash)
        var end = lineEndAfter(item.range.upperBound, in: bytes)
        // Where lines are left empty between items, one of two goes.
        if end < bytes.count, isEmptyLine(at: end), start == 0 || isEmptyLine(at: lineStart(start - 1)) {
            end = lineEndAfter(end, in: bytes)
        }
        var text = bytes
        text.removeSubrange(start..<end)
        guard items.count == 1 else { return text }
        guard let key, let colon = bytes[key.range.upperBound...].firstIndex(of: UInt8(ascii: ":")) else {
            text.insert(contentsOf: Array("[]".utf8) + lineEnd, at: start)
            return text
        }
        text.insert(contentsOf: " []".utf8, at: colon + 1)
        return text
    }

    private func removingInBrackets(_ index: Int, _ items: [YAMLLayout.Node], _ list: YAMLLayout.Node) -> [UInt8] {
        let item = items[index]
        var range = item.range
        if index + 1 < items.count {
            range = item.range.lowerBound..<items[index + 1].range.lowerBound
        } else if index > 0 {
            range = items[index - 1].range.upperBound..<item.range.upperBound
        } else if let comma = commaBehind(item, before: list.range.upperBound - 1) {
            range = item.range.lowerBound..<(comma + 1)
        }
        return replacing(range, "")
    }

    // MARK: Text

    private static func text(_ node: YAMLLayout.Node) -> String? {
        guard case .scalar(let text) = node.content else { return nil }
        return text
    }

    /// Where the dashes of a new list go: as in the other lists of the file, else two further in.
    private var newIndent: Int {
        guard let root, case .map(let entries) = root.content else { return 0 }
        for entry in entries {
            guard case .list(let items) = entry.value.content, !entry.value.isFlow, let first = items.first,
                let dash = dash(of: first, from: entry.value.range.lowerBound)
            else { continue }
            return column(dash)
        }
        return root.position.column - 1 + 2
    }

    private func blocks(_ entries: [SourceEntry], indent: Int, offset: Int = 2, isSpaced: Bool = false) -> [String] {
        var lines: [String] = []
        for (index, entry) in entries.enumerated() {
            if isSpaced, index > 0 { lines.append("") }
            lines += entry.block(indent: indent, offset: offset)
        }
        return lines
    }

    private func inserted(_ lines: [String], at place: Int, in text: [UInt8]) -> [UInt8] {
        var new: [UInt8] = []
        let place = min(place, text.count)
        if place > 0, text[place - 1] != 0x0A { new += lineEnd }
        for line in lines { new += Array(line.utf8) + lineEnd }
        // The last line had no end, and has none again.
        if place == text.count, place > 0, text[place - 1] != 0x0A { new.removeLast(lineEnd.count) }
        return Array(text[..<place]) + new + text[place...]
    }

    private func replacing(_ range: Range<Int>, _ text: String) -> [UInt8] {
        Array(bytes[..<range.lowerBound]) + Array(text.utf8) + bytes[range.upperBound...]
    }

    /// The dash of an item: the last one that begins a line of its list before the item, or stands right before it.
    private func dash(of item: YAMLLayout.Node, from start: Int) -> Int? {
        var at = item.range.lowerBound
        while at > start, bytes[at - 1] == 0x20 || bytes[at - 1] == 0x09 { at -= 1 }
        if at > 0, bytes[at - 1] == UInt8(ascii: "-"), at - 1 >= lineStart(at - 1) { return at - 1 }
        var line = lineStart(item.range.lowerBound)
        while line > 0, line > start || lineEndAfter(line, in: bytes) > start {
            line = lineStart(line - 1)
            guard let visible = firstVisible(from: line) else { continue }
            if bytes[visible] == UInt8(ascii: "-") { return visible }
            if bytes[visible] != UInt8(ascii: "#") { return nil }
        }
        return nil
    }

    private func commaBehind(_ item: YAMLLayout.Node, before close: Int) -> Int? {
        var at = item.range.upperBound
        while at < close {
            if bytes[at] == UInt8(ascii: ",") { return at }
            if bytes[at] == UInt8(ascii: "#") {
                at = lineEndAfter(at, in: bytes)
            } else {
                at += 1
            }
        }
        return nil
    }

    private func withSpaceBefore(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
        return start..<range.upperBound
    }

    private func lineStart(_ at: Int) -> Int {
        bytes[..<min(at, bytes.count)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    }

    private func line(_ at: Int) -> Int { lineStart(at) }

    private func column(_ at: Int) -> Int { at - lineStart(at) }

    private func lineEndAfter(_ at: Int, in text: [UInt8]) -> Int {
        guard at < text.count else { return text.count }
        return text[at...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
    }

    /// The first character that is no space on the line that begins at a place; nil on an empty one.
    private func firstVisible(from start: Int) -> Int? {
        var at = start
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
        return at < bytes.count && bytes[at] != 0x0A && bytes[at] != 0x0D ? at : nil
    }

    private func isEmptyLine(at start: Int) -> Bool { firstVisible(from: start) == nil }

    private func hasEmptyLine(_ range: Range<Int>) -> Bool {
        var at = lineEndAfter(range.lowerBound, in: bytes)
        while at < range.upperBound {
            if isEmptyLine(at: at) { return true }
            at = lineEndAfter(at, in: bytes)
        }
        return false
    }
}
