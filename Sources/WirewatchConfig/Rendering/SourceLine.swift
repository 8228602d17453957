/// A line of a file as a message shows it: fit for a terminal, with the place marked below it.
struct SourceLine {
    /// Columns of a terminal that a line may take.
    static let window = 110
    static let tabWidth = 4

    let text: String
    /// Columns before the caret.
    let caretOffset: Int

    /// `column` counts Unicode scalars from 1, and may be one past the end.
    init(_ line: Substring, column: Int) {
        var cells: [Cell] = []
        var caret: Int?
        for (index, scalar) in line.unicodeScalars.prefix(max(column, 1) + 4 * Self.window).enumerated() {
            if index == column - 1 { caret = cells.count }
            if scalar == "\t" {
                cells += Array(repeating: Cell(text: " ", width: 1), count: Self.tabWidth)
            } else {
                cells.append(Cell(scalar))
            }
        }
        (text, caretOffset) = Self.cut(cells, around: caret ?? cells.count)
    }

    private struct Cell {
        var text: String
        var width: Int

        init(text: String, width: Int) { (self.text, self.width) = (text, width) }

        /// What would steer a terminal, or turn the writing direction, is shown as a mark.
        init(_ scalar: Unicode.Scalar) {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate: self.init(text: "\u{FFFD}", width: 1)
            case .format where scalar != "\u{200D}": self.init(text: "\u{FFFD}", width: 1)
            default: self.init(text: String(scalar), width: DisplayWidth.of(scalar))
            }
        }
    }

    /// The part of a long line that has the caret in it, with `...` where something is left out.
    private static func cut(_ cells: [Cell], around caret: Int) -> (text: String, caretOffset: Int) {
        let total = cells.reduce(0) { $0 + $1.width }
        guard total > window else {
            return (cells.map(\.text).joined(), cells[..<caret].reduce(0) { $0 + $1.width })
        }
        var start = caret
        var before = 0
        while start > 0, before + cells[start - 1].width <= window * 2 / 3 {
            start -= 1
            before += cells[start].width
        }
        var end = caret
        var width = before
        while end < cells.count, width + cells[end].width <= window {
            width += cells[end].width
            end += 1
        }
        let head = start > 0 ? "..." : ""
        let tail = end < cells.count ? "..." : ""
        return (head + cells[start..<end].map(\.text).joined() + tail, head.count + before)
    }
}
