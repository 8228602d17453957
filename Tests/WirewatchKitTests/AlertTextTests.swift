import Testing
import WirewatchKit

@Suite("How an alert reads")
struct AlertTextTests {
    static let alert = Alert(
        id: "0123456789abcdef0123456789abcdef", time: Timestamp(milliseconds: 1_767_528_003_250), severity: .high,
        rule: "robot-orders", title: "Orders for Tallis robots pass two billion", url: "https://example.org/tallis",
        source: "wire", published: PublicationDate(text: "2026-01-04"), message: "Large orders for robots",
        because: [
            AlertReason(
                condition: "topic robotics >= 0.6", span: TextSpan(.title, 11..<24), text: "Tallis robots"),
            AlertReason(condition: "source wire", span: nil, text: "wire"),
        ],
        metrics: [
            Metric(
                kind: "orders", span: TextSpan(.caption(0), 4..<30), surface: "over 2 to 3 billion crowns",
                amount: .range(low: 2e9, high: nil), unit: "CZK", qualifier: .over,
                change: Change(direction: .up, by: Quantity(.value(12.5), unit: "%")), per: "year",
                timeframe: "this year", subject: "orders", entity: "tallis",
                equivalents: [Quantity(.value(9e7), unit: "EUR")], confidence: 0.9, sentence: 0..<60)
        ],
        topics: [Topic(id: "robotics", score: 0.75)], labels: ["desk": "robots", "area": "eu"])

    @Test("As lines for a person")
    func plain() {
        #expect(
            AlertText().lines(Self.alert) == """
                HIGH     2026-01-04 12:00:03Z  robot-orders  Large orders for robots
                         Orders for Tallis robots pass two billion
                         https://example.org/tallis
                         - topic robotics >= 0.6: "Tallis robots" (title)
                         - source wire: wire

                """)
    }

    @Test("A title that the message holds already is not repeated, and the source stands in for an address")
    func short() {
        var alert = Self.alert
        alert.message = "Robots: \(alert.title)"
        alert.url = nil
        alert.because = []
        #expect(
            AlertText().lines(alert) == """
                HIGH     2026-01-04 12:00:03Z  robot-orders  Robots: Orders for Tallis robots pass two billion
                         wire

                """)
    }

    @Test("The text that matched is highlighted, and colour adds nothing but colour")
    func colored() {
        let text = AlertText(TerminalText(colored: true)).lines(Self.alert)
        #expect(text.contains("\"\u{1B}[1;33mTallis robots\u{1B}[0m\""))
        #expect(text.contains("\u{1B}[1;31mHIGH\u{1B}[0m     "))
        #expect(text.replacing(/\u{1B}\[[0-9;]*m/, with: "") == AlertText().lines(Self.alert))
    }

    @Test("Nothing from outside steers the terminal or forges a line")
    func hostile() {
        var alert = Self.alert
        let evil = "a\u{1B}[2Jb\u{9B}31mc\r\nCRITICAL d\u{202E}e\u{2066}f\u{0}g\u{7F}"
        (alert.message, alert.title, alert.url, alert.rule) = (evil, evil, evil, evil)
        alert.because = [AlertReason(condition: evil, span: TextSpan(.body, 0..<1), text: evil)]
        let text = AlertText().lines(alert)
        let unsafe = text.unicodeScalars.filter { scalar in
            scalar != "\n" && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x202E)
        }
        #expect(unsafe.isEmpty)
        #expect(text.split(separator: "\n").count == 3)
        #expect(text.contains("a\\u{1b}[2Jb\\u{9b}31mc  CRITICAL d\\u{202e}e\\u{2066}f\\u{0}g\\u{7f}"))
    }

    @Test("A long text is cut with an ellipsis")
    func long() {
        var alert = Self.alert
        alert.because = [
            AlertReason(condition: "text", span: TextSpan(.body, 0..<1), text: String(repeating: "né", count: 500))
        ]
        let line = AlertText().lines(alert).split(separator: "\n").last ?? ""
        #expect(line.contains("né…\" (body)") || line.contains("n…\" (body)"))
        #expect(line.count < 200)
    }

    @Test("What a record says is read back whole")
    func roundTrip() throws {
        var json = JSONWriter()
        Record.alert(Self.alert).write(to: &json, seq: 7)
        #expect(try Alert(json: json.bytes) == Self.alert)
    }

    @Test("A dead letter too")
    func deadLetter() throws {
        let letter = DeadLetter(
            id: "x", time: Timestamp(seconds: 1_767_528_000), source: "wire", url: nil, stage: "extract",
            error: "no title", document: "<p>\u{1F916}")
        var json = JSONWriter()
        Record.deadLetter(letter).write(to: &json, seq: 1)
        #expect(try DeadLetter(json: json.bytes) == letter)
    }

    @Test(
        "What is no alert is told apart, with the reason",
        arguments: [
            ("{", "not valid JSON"), ("[]", "expected"), ("{}", "missing member 'id'"),
            (#"{"id":"a","time":"noon","severity":"high","rule":"r","message":"m"}"#, "'time' is \"noon\""),
            (
                #"{"id":"a","time":"2026-01-04T12:00:00Z","severity":"red","rule":"r","message":"m"}"#,
                "one of info, low"
            ),
            (
                #"{"schema":"wirewatch.article/1","id":"a","time":"2026-01-04","severity":"low","rule":"","message":""}"#,
                "'schema' is not wirewatch.alert/1"
            ),
        ])
    func mistakes(json: String, reason: String) {
        let error = #expect(throws: RecordDecodingError.self) { try Alert(json: Array(json.utf8)) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test("Spans that make no sense are left out, not trusted")
    func badSpans() throws {
        let json = """
            {"id":"a","time":"2026-01-04T12:00:00Z","severity":"low","rule":"r","message":"m","because":[
            {"condition":"c","field":"body","start":9,"end":3,"text":"t"},
            {"condition":"c","field":"nowhere","start":0,"end":3},{"condition":"c","field":"tags[-1]","start":-5,"end":3}]}
            """
        let alert = try Alert(json: Array(json.utf8))
        #expect(alert.because.count == 3)
        #expect(alert.because.prefix(2).allSatisfy { $0.span == nil })
        #expect(alert.because[2].span == nil)
    }
}
