import Testing
import WirewatchKit

@testable import WirewatchCommand

@Suite("What is written on the standard streams")
struct OutputTests {
    @Test(
        "Levels become the priorities that journald reads",
        arguments: [
            (.trace, 7), (.debug, 7), (.info, 6), (.notice, 5), (.warning, 4), (.error, 3), (.critical, 2),
        ] as [(Logger.Level, Int)])
    func priorities(level: Logger.Level, priority: Int) {
        let line = StandardErrorLog.line("text", level, .journal, now: Timestamp(seconds: 0))
        #expect(line == "<\(priority)>text\n")
    }

    @Test("For people a line has the time, and the level where it matters")
    func human() {
        let form = StandardErrorLog.Form.human(TerminalText(colored: false))
        let noon = Timestamp(seconds: 1_767_528_000)
        #expect(StandardErrorLog.line("text", .info, form, now: noon) == "12:00:00Z text\n")
        #expect(StandardErrorLog.line("text", .warning, form, now: noon) == "12:00:00Z warning: text\n")
        #expect(StandardErrorLog.line("text", .error, form, now: noon) == "12:00:00Z error: text\n")
    }

    @Test("Ranges that touch or overlap are highlighted as one, in order")
    func merged() {
        #expect(HighlightedText.merged([8..<9, 0..<3, 2..<5, 5..<6, 1..<1]) == [0..<6, 8..<9])
    }

    @Test("Highlighting keeps every character, over line ends too")
    func highlighted() {
        let lines = HighlightedText(TerminalText(colored: true)).lines("a robot\n\nwalks é far", [2..<14, 15..<17])
        let match = "\u{1B}[1;33m"
        #expect(lines == ["a \(match)robot\u{1B}[0m", "", "\(match)walks\u{1B}[0m \(match)é\u{1B}[0m far"])
        #expect(HighlightedText(TerminalText(colored: false)).lines("ab", [1..<9]) == ["ab"])
    }

    @Test(
        "A log's line reads by its kind; anything else is shown as it is",
        arguments: [
            (
                #"{"schema":"wirewatch.article/1","title":"A title","source":"wire","url":"https://x.example/"}"#,
                "no date  wire  A title\n  https://x.example/\n"
            ),
            (#"{"schema":"wirewatch.alert/1","title":"cut"#, "damaged record (not valid JSON): "),
            ("no record\u{7}", "no record\\u{7}\n"),
            (
                #"{"schema":"wirewatch.dead_letter/1","id":"i","time":"2026-01-04T12:00:00Z","stage":"extract","#
                    + #""error":"empty","source":"wire"}"#,
                "FAILED   2026-01-04 12:00:00Z  wire  extract: empty\n         i\n"
            ),
        ])
    func records(line: String, text: String) {
        #expect(RecordText(TerminalText(colored: false)).lines(Array(line.utf8)).hasPrefix(text))
    }
}
