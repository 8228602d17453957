import Testing
import WirewatchConfig
import WirewatchKit

@Suite("Printing diagnostics")
struct RenderTests {
    private func render(_ line: String, column: Int, colour: Bool = false) -> [String] {
        let place = SourceLocation(file: "c.yaml", line: 1, column: column)
        let text = DiagnosticRenderer.render(
            [Diagnostic(at: place, "wrong")], texts: ["c.yaml": line], colour: colour)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test(
        "The caret stands below its character",
        arguments: [
            ("a: b", 4, "a: b", 3), ("a: b", 5, "a: b", 4), ("\ta: b", 2, "    a: b", 4),
            ("記事: b", 5, "記事: b", 6), ("😀: b", 4, "😀: b", 4), ("e\u{301}: b", 5, "e\u{301}: b", 3),
            ("a\u{1B}[2J: b", 7, "a\u{FFFD}[2J: b", 6), ("a: b", 99, "a: b", 4), ("", 1, "", 0),
        ] as [(String, Int, String, Int)])
    func caret(_ line: String, _ column: Int, _ shown: String, _ offset: Int) {
        let printed = render(line, column: column)
        #expect(printed[0] == "c.yaml:1:\(column): error: wrong")
        #expect(printed[1] == "    " + shown)
        #expect(printed[2] == "    " + String(repeating: " ", count: offset) + "^")
    }

    @Test("Of a long line only the part round the place is shown", arguments: [1, 50, 150, 299, 300, 5000])
    func window(_ column: Int) {
        let line = String(repeating: "0123456789", count: 30)
        let printed = render(line + (column > 300 ? line : ""), column: column)
        #expect(printed[1].count <= 4 + 110 + 6)
        if column <= 300 {
            let shown = Array(printed[1])
            #expect(shown[printed[2].count - 1] == Character("\((column - 1) % 10)"))
        }
    }

    @Test("Colour is for terminals alone")
    func colour() {
        #expect(render("a: b", column: 4, colour: true)[0].contains("\u{1B}[1;31merror:"))
        #expect(!render("a: b", column: 4).joined().contains("\u{1B}"))
    }

    @Test("Text that a message quotes cannot steer the terminal")
    func escapes() {
        let text = DiagnosticRenderer.render(
            [Diagnostic(at: nil, "unknown option '\u{1B}[2J'")], texts: [:], colour: false)
        #expect(text == "error: unknown option '\u{FFFD}[2J'\n")
    }

    @Test("A place in a file that is not at hand is printed without its line")
    func unknownFile() {
        let place = SourceLocation(file: "other.yaml", line: 3, column: 1)
        #expect(
            DiagnosticRenderer.render([Diagnostic(.warning, at: place, "odd")], texts: [:], colour: false)
                == "other.yaml:3:1: warning: odd\n")
    }

    @Test("A missing file is named as it was given")
    func missing() {
        let result = Configuration.load(path: "no/such.yaml", environment: [:], registry: Sample.registry)
        #expect(result.configuration == nil)
        #expect(
            DiagnosticRenderer.render(result.diagnostics, texts: result.texts, colour: false)
                == "error: cannot read 'no/such.yaml': there is no such file\n")
    }

    @Test("Two plugins of one name are an error of the host")
    func duplicatePlugins() {
        let registry = PluginRegistry([Sample.extract, Sample.extract])
        let result = Configuration.load(path: "no/such.yaml", environment: [:], registry: registry)
        #expect(result.diagnostics.contains { $0.message == "two plugins supply a stage of type 'extract'" })
        #expect(registry.all.count == 1)
    }
}
