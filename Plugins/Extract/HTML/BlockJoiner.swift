internal import WirewatchMarkup

/// Puts blocks together as the parts of a body: the items of a list stay one block, and so do the rows of a table.
struct BlockJoiner {
    private(set) var parts: [(text: String, isSubheading: Bool)] = []
    private var list: Int?
    private var table: Int?
    private var row: Int?

    /// - Parameter isData: whether the block stands in a table of data; nil where nobody has looked.
    mutating func add(_ block: PageBlock, isData: Bool? = nil) {
        let text = block.text.text
        let isCell = block.row != nil && !block.text.isProse && (isData ?? (block.tag == .td || block.tag == .th))
        if block.tag == .li, let own = block.list, own == list {
            extend(by: "\n" + text)
        } else if isCell, let own = block.table, own == table {
            // A row a line, its cells parted by bars.
            extend(by: (block.row == row ? " | " : "\n") + text)
        } else {
            parts.append((text, block.tag.isHeading))
        }
        list = block.tag == .li ? block.list : nil
        table = isCell ? block.table : nil
        row = block.row
    }

    private mutating func extend(by text: String) {
        guard !parts.isEmpty else { return parts.append((text, false)) }
        parts[parts.count - 1].text += text
        parts[parts.count - 1].isSubheading = false
    }
}
