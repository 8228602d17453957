public import WirewatchKit
import WirewatchYAML

/// Prints diagnostics as compilers do: place, message, the line, and a caret below it.
public enum DiagnosticRenderer {
    /// One block for each diagnostic, each line ended. `texts` holds the files under the names of the locations; a
    /// place in a file that is not among them is printed without its line. `colour` is for terminals.
    public static func render(_ diagnostics: [Diagnostic], texts: [String: String], colour: Bool) -> String {
        var lines: [String: TextLines] = [:]
        var output = ""
        for diagnostic in diagnostics {
            output += header(diagnostic, colour)
            guard let place = diagnostic.location, let text = texts[place.file] else { continue }
            let split = lines[place.file] ?? TextLines(text)
            lines[place.file] = split
            guard let line = split[place.line] else { continue }
            let shown = SourceLine(line, column: place.column)
            let caret = paint("^", diagnostic.severity == .error ? .red : .yellow, colour)
            output += "    \(shown.text)\n    \(String(repeating: " ", count: shown.caretOffset))\(caret)\n"
        }
        return output
    }

    /// One line without the text of the file: `config.yaml:14:7: error: ...`, for logs.
    public static func line(_ diagnostic: Diagnostic) -> String {
        header(diagnostic, false).split(separator: "\n").joined(separator: " ")
    }

    private enum Style: String { case bold = "1", red = "1;31", yellow = "1;33" }

    private static func header(_ diagnostic: Diagnostic, _ colour: Bool) -> String {
        let place = diagnostic.location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
        let word = paint("\(diagnostic.severity.rawValue):", diagnostic.severity == .error ? .red : .yellow, colour)
        return paint(printable(place), .bold, colour) + "\(word) \(printable(diagnostic.message))\n"
    }

    private static func paint(_ text: String, _ style: Style, _ colour: Bool) -> String {
        colour && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Messages quote the user's text, which must not steer the terminal.
    private static func printable(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            result.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
        }
        return String(result)
    }
}
