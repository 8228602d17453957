/// The lines of a text, divided as libyaml counts them: at LF, CR, CR LF, NEL, LS and PS.
public struct TextLines: Sendable {
    /// At least one; without their ends.
    public let lines: [Substring]

    public init(_ text: String) {
        var lines: [Substring] = []
        let scalars = text.unicodeScalars
        var start = scalars.startIndex
        var index = start
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let next = scalars.index(after: index)
            guard Self.isBreak(scalar) else {
                index = next
                continue
            }
            lines.append(text[start..<index])
            let isPair = scalar == "\r" && next < scalars.endIndex && scalars[next] == "\n"
            index = isPair ? scalars.index(after: next) : next
            start = index
        }
        lines.append(text[start...])
        self.lines = lines
    }

    /// The line with this number, counted from 1.
    public subscript(line: Int) -> Substring? {
        lines.indices.contains(line - 1) ? lines[line - 1] : nil
    }

    /// The character at a place; nil at the end of a line.
    func scalar(at position: YAMLPosition) -> Unicode.Scalar? {
        guard let line = self[position.line], position.column >= 1 else { return nil }
        return line.unicodeScalars.dropFirst(position.column - 1).first
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
