/// A syntax error as libyaml reports it.
struct SyntaxFailure: Error {
    var problem: String
    var position: YAMLPosition
    /// What libyaml was about when it met the problem, and where that began.
    var context: String?
    var contextPosition: YAMLPosition?

    static let outOfMemory = SyntaxFailure(
        problem: "not enough memory to parse the file", position: YAMLPosition(line: 1, column: 1))

    /// The same in words that say what to do.
    func problem(in text: String) -> YAMLProblem {
        let lines = TextLines(text)
        let found = explanation(lines)
        return YAMLProblem(
            position: inside(found.position, lines), message: found.message + hint(lines))
    }

    private func explanation(_ lines: TextLines) -> (position: YAMLPosition, message: String) {
        let character = lines.scalar(at: position)
        switch problem {
        case _ where character == "\t" && problem != "found unexpected end of stream",
            "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected",
            "found a tab character where an intendation space is expected":
            return (position, "a tab is used for indentation; YAML wants spaces")
        case "found character that cannot start any token":
            let name = character.map(String.init) ?? ""
            return (position, "an unquoted text cannot begin with '\(name)'; put it in quotes")
        case "mapping values are not allowed in this context":
            if let cause = keyBefore(lines) { return cause }
            return (
                position,
                "':' is not expected here; put a text that contains ': ' in quotes, "
                    + "or correct the indentation"
            )
        case "did not find expected key" where context == "while parsing a block mapping":
            return (
                position,
                "expected a key at the indentation of the map that begins at \(begin(contextPosition)); "
                    + "correct the indentation, or put the text before it in quotes"
            )
        case "did not find expected '-' indicator":
            return (
                position,
                "expected '-', for the list that begins at \(begin(contextPosition)) goes on at this "
                    + "indentation; correct the indentation"
            )
        case "did not find expected ',' or ']'":
            return (contextPosition ?? position, unclosed("[", "]"))
        case "did not find expected ',' or '}'":
            return (contextPosition ?? position, unclosed("{", "}"))
        case "found unexpected end of stream" where isQuoted,
            "found unexpected document indicator" where isQuoted:
            return (contextPosition ?? position, "the quoted text that begins here has no closing quote")
        case "found unknown escape character":
            return (
                position,
                "unknown escape '\\\(escape(lines))' in a double-quoted text; write '\\\\' for a backslash, "
                    + "or use single quotes, which leave backslashes alone"
            )
        case "could not find expected ':'":
            return (
                contextPosition ?? position,
                "this line has no ':' after its key; write 'key: value', or correct the indentation"
            )
        case "did not find expected alphabetic or numeric character":
            let sign = context == "while scanning an alias" ? "*" : "&"
            return (
                contextPosition ?? position,
                "an unquoted text cannot begin with '\(sign)'; put it in quotes"
            )
        case "block sequence entries are not allowed in this context":
            return (position, "a list cannot begin here; put '- ' on a line of its own below the key")
        case "did not find expected <document start>":
            return (
                position,
                "this is not part of what comes before; the file must be one map of 'key: value' lines"
            )
        case "did not find expected node content":
            let name = character.map { "'\($0)'" } ?? "the end of the line"
            return (position, "expected a value, found \(name)")
        default: return (position, plain)
        }
    }

    /// A line without a proper `:` goes on as text into the next one, where the next `:` is then one too many: the
    /// mistake is in the line before.
    private func keyBefore(_ lines: TextLines) -> (position: YAMLPosition, message: String)? {
        guard let line = lines[position.line], position.line > 1,
            line.unicodeScalars.prefix(position.column - 1).allSatisfy({ $0 != ":" && $0 != "\"" && $0 != "'" }),
            let number = (1..<position.line).last(where: { isContent(lines[$0]) }), let before = lines[number]
        else { return nil }
        let scalars = Array(before.unicodeScalars)
        for (index, scalar) in scalars.enumerated() where scalar == ":" {
            let isSeparator = index + 1 == scalars.count || scalars[index + 1] == " " || scalars[index + 1] == "\t"
            return isSeparator
                ? nil : (YAMLPosition(line: number, column: index + 1), "write a space behind this ':'")
        }
        let indent = scalars.prefix { $0 == " " || $0 == "-" }.count
        return (
            YAMLPosition(line: number, column: indent + 1),
            "this line has no ':' after its key; write 'key: value', or correct the indentation"
        )
    }

    private func isContent(_ line: Substring?) -> Bool {
        guard let first = line?.unicodeScalars.first(where: { $0 != " " }) else { return false }
        return first != "#"
    }

    /// libyaml's own words, for the rarer problems.
    private var plain: String {
        guard let context else { return problem }
        guard let contextPosition, contextPosition != position else { return "\(problem) \(context)" }
        return "\(problem) \(context) that begins at \(begin(contextPosition))"
    }

    private var isQuoted: Bool { context == "while scanning a quoted scalar" }

    private func begin(_ place: YAMLPosition?) -> String {
        place.map { "\($0.line):\($0.column)" } ?? "its first line"
    }

    private func unclosed(_ open: String, _ close: String) -> String {
        "the '\(open)' that begins here is not closed: expected ',' or '\(close)' "
            + "at \(position.line):\(position.column)"
    }

    private func escape(_ lines: TextLines) -> String {
        let next = YAMLPosition(line: position.line, column: position.column + 1)
        return (lines.scalar(at: next)).map(String.init) ?? ""
    }

    /// `${NAME}` has braces, which end an unquoted text within `[ ]` and `{ }`.
    private func hint(_ lines: TextLines) -> String {
        guard problem.hasPrefix("did not find expected ','"), let contextPosition,
            let line = lines[contextPosition.line], line.unicodeScalars.contains("$"),
            line.utf8.count < 4096, line.contains("${")
        else { return "" }
        return "; put a text with ${...} inside [ ] or { } in double quotes"
    }

    /// A problem at the end of the text is shown at the last line that has something on it.
    private func inside(_ place: YAMLPosition, _ lines: TextLines) -> YAMLPosition {
        var line = min(place.line, lines.lines.count)
        guard line < place.line || (lines[line]?.isEmpty ?? true) && line == lines.lines.count else {
            return place
        }
        while line > 1, lines[line]?.isEmpty ?? true { line -= 1 }
        return YAMLPosition(line: line, column: (lines[line]?.unicodeScalars.count ?? 0) + 1)
    }
}
