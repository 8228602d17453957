import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchNoiseControl

@Suite("Noise control")
struct NoiseControlTests {
    private static let start = Timestamp(seconds: 1_800_000_000)

    private static func alert(
        _ rule: String, at seconds: Int64 = 0, severity: Alert.Severity = .medium, source: String = "wire",
        story: String? = nil, labels: [String: String] = [:], title: String = "A pump learns to sing"
    ) -> Alert {
        Alert(
            id: "\(rule)-\(seconds)-\(source)", time: start + .seconds(seconds), severity: severity, rule: rule,
            title: title, url: nil, source: source, published: nil, message: title, story: story, because: [],
            labels: labels)
    }

    /// Sends the alerts through one by one, as articles that raise one alert each, and gives them back.
    private static func run(
        _ stage: NoiseControl, _ alerts: [Alert], _ state: MemoryState = MemoryState()
    ) throws -> [Alert] {
        try alerts.map { alert in
            var article = Article()
            article.alerts = [alert]
            var event = ArticleEvent(article: article, content: nil)
            #expect(try stage.process(&event, state: state) == .keep)
            return try #require(event.article.alerts.first)
        }
    }

    private static func stage(_ literal: OptionLiteral) throws -> NoiseControl {
        try NoiseControl(options(NoiseControlOptions.self, literal))
    }

    @Test("A silence of the configuration holds what matches, while it lasts")
    func fixedSilence() throws {
        let stage = try Self.stage([
            "silences": [
                ["match": ["source": ["acme*", "globex"], "severity": "<= low"], "until": "2027-01-15T08:10:00Z"],
                ["match": ["labels": ["team": "press"]], "comment": "they know"],
            ]
        ])
        let cases: [(alert: Alert, held: Bool)] = [
            (Self.alert("a", severity: .low, source: "acme-blog"), true),
            (Self.alert("a", severity: .info, source: "Globex"), true),
            (Self.alert("a", severity: .medium, source: "acme-blog"), false),
            (Self.alert("a", severity: .low, source: "initech"), false),
            // It ends 600 s after the start.
            (Self.alert("a", at: 599, severity: .low, source: "acme"), true),
            (Self.alert("a", at: 600, severity: .low, source: "acme"), false),
            (Self.alert("a", labels: ["team": "press"]), true),
            (Self.alert("a", labels: ["team": "lab"]), false),
        ]
        let out = try Self.run(stage, cases.map(\.alert))
        for (alert, expected) in zip(out, cases) {
            #expect((alert.held?.by == .silence) == expected.held, "\(expected.alert)")
        }
        #expect(out[6].held?.reason == "silence of the configuration: they know")
        #expect(out[0].held?.reason == "silence of the configuration until 2027-01-15T08:10:00Z")
    }

    @Test("An operator's silence outlives a restart, counts what it holds, and ends when it is expired")
    func askedSilence() throws {
        let state = MemoryState()
        var stage = try Self.stage([:])
        let wish = Silence(
            id: "", matcher: try AlertMatcher(words: ["rule=pump*", "source!=trade"]), from: Self.start,
            until: Self.start + .seconds(3600), author: "ada", comment: "fair")
        func ask(_ request: SilenceRequest) throws -> [Silence] {
            try Silence.list(json: stage.answer(request.json, state: state))
        }
        let added = try #require(try ask(.add(wish)).first)
        #expect(added.id.utf8.count == 12)
        #expect(try ask(.add(wish)).first?.id == added.id, "asking twice is asking once")
        stage = try Self.stage([:])
        let out = try Self.run(
            stage,
            [
                Self.alert("pump-news", at: 1), Self.alert("pump-news", at: 2, source: "trade"),
                Self.alert("valve-news", at: 3), Self.alert("pump", at: 4), Self.alert("pump", at: 3600),
            ], state)
        #expect(out.map { $0.held != nil } == [true, false, false, true, false])
        #expect(out[0].held?.reason == "silence \(added.id) until 2027-01-15T09:00:00Z, by ada: fair")
        #expect(try ask(.list(expired: false)).map(\.held) == [2])
        #expect(try ask(.expire(String(added.id.prefix(4)))).first?.held == 2)
        #expect(throws: OptionError.self) { try ask(.expire("zz")) }
    }

    @Test(
        "Wishes that make no sense are refused with a reason",
        arguments: [
            (#"{"add":{"match":[],"from":"2027-01-01","until":"2027-02-01"}}"#, "a silence needs a condition"),
            (#"{"add":{"match":["rule=a"],"from":"2027-01-02","until":"2027-01-01"}}"#, "would be over already"),
            (#"{"add":{"match":["role=a"],"from":"2027-01-01","until":"2027-02-01"}}"#, "did you mean 'rule'?"),
            (#"{"add":{"match":["severity=hihg"],"from":"2027-01-01","until":"2027-02-01"}}"#, "did you mean 'high'?"),
            (#"{"add":{"match":["rule=a"],"from":"soon","until":"2027-02-01"}}"#, "'soon' is no time"),
            (#"{"expire":""}"#, "there is no silence"), ("nonsense", "no request"),
        ])
    func refusals(request: String, reason: String) throws {
        let stage = try Self.stage([:])
        let error = try #require(throws: OptionError.self) {
            try stage.answer(Array(request.utf8), state: MemoryState())
        }
        #expect(error.description.contains(reason), "\(error)")
    }

    @Test("An alert makes the lesser ones of its story needless, and never itself")
    func inhibition() throws {
        let state = MemoryState()
        let literal: OptionLiteral = [
            "inhibit": [
                ["source": ["severity": ">= high"], "target": ["severity": "*"], "equal": "story", "for": "1h"]
            ]
        ]
        // A wildcard is no severity.
        #expect(throws: RefusedOptions.self) { try Self.stage(literal) }
        let rule: OptionLiteral = [
            "inhibit": [
                [
                    "source": ["severity": ">= high"], "target": ["severity": "< critical"], "equal": "story",
                    "for": "1h",
                ]
            ]
        ]
        let out = try Self.run(
            Self.stage(rule),
            [
                Self.alert("early", at: 0, story: "s1"),
                Self.alert("big", at: 10, severity: .high, story: "s1"),
                Self.alert("small", at: 20, story: "s1"), Self.alert("small", at: 30, story: "s2"),
                Self.alert("small", at: 40), Self.alert("again", at: 50, severity: .high, story: "s1"),
            ], state)
        #expect(out.map { $0.held != nil } == [false, false, true, false, false, false])
        #expect(out[2].held?.reason == "alert big-10-wire of big, at 2027-01-15T08:00:10Z, which agrees on story")
        // After a restart, and when the time has passed.
        let later = try Self.run(
            Self.stage(rule), [Self.alert("small", at: 3650, story: "s1"), Self.alert("small", at: 3651, story: "s1")],
            state)
        #expect(later.map { $0.held != nil } == [true, false])
    }

    @Test("Two alerts of one article: the greater holds the lesser back, whatever their order")
    func inhibitionWithin() throws {
        let stage = try Self.stage([
            "inhibit": [["source": ["rule": "merger"], "target": ["rule": "any-deal"], "equal": "source"]]
        ])
        var article = Article()
        article.alerts = [Self.alert("any-deal"), Self.alert("merger")]
        var event = ArticleEvent(article: article, content: nil)
        _ = try stage.process(&event, state: MemoryState())
        #expect(event.article.alerts.map { $0.held?.by } == [.inhibition, nil])
    }

    @Test("What is over a budget comes in one summary when the time is over, once, with restarts in between")
    func budget() throws {
        let state = MemoryState()
        let literal: OptionLiteral = ["budgets": [["match": ["severity": "<= medium"], "at_most": 2, "per": "1h"]]]
        var out: [Alert] = []
        for number in 0..<16 {
            // A new stage for each: everything is in the state.
            out += try Self.run(
                Self.stage(literal),
                [Self.alert(number % 4 == 3 ? "b" : "a", at: Int64(number), title: "Pump \(number)")], state)
        }
        #expect(out.count { $0.rule == "a" && $0.held == nil } == 2)
        #expect(out.count { $0.rule == "b" && $0.held == nil } == 2)
        #expect(out[15].held == AlertHold(by: .budget, reason: "rule b is over its budget of 2 in 1h"))
        #expect(try Self.run(Self.stage(literal), [Self.alert("a", severity: .high)], state)[0].held == nil)
        // The next hour has a budget of its own.
        #expect(try Self.run(Self.stage(literal), [Self.alert("a", at: 3600)], state)[0].held == nil)

        var early: [Alert] = []
        let stage = try Self.stage(literal)
        try stage.tick(Self.start + .seconds(3599), &early, state: state)
        #expect(early.isEmpty)
        var late: [Alert] = []
        try stage.tick(Self.start + .seconds(3605), &late, state: state)
        #expect(late.map(\.rule) == ["a", "b"])
        #expect(late[0].message == "10 more alerts of rule a held back: over the budget of 2 in 1h")
        #expect(late[0].because.map(\.text) == [2, 4, 5, 6, 8, 9, 10, 12, 13, 14].map { "Pump \($0)" })
        #expect(late[1].message == "2 more alerts of rule b held back: over the budget of 2 in 1h")
        #expect(late.allSatisfy { $0.time == Self.start + .seconds(3600) && $0.labels == ["summary": "budget"] })
        var again: [Alert] = []
        try Self.stage(literal).tick(Self.start + .seconds(7100), &again, state: state)
        #expect(again.isEmpty)
    }

    @Test("What stages before raised by the clock is judged too")
    func ticked() throws {
        let stage = try Self.stage(["silences": [["match": ["rule": "quiet"]]]])
        var alerts = [Self.alert("quiet"), Self.alert("loud")]
        try stage.tick(Self.start, &alerts, state: MemoryState())
        #expect(alerts.map { $0.held?.by } == [.silence, nil])
    }

    @Test("Requests and silences read as they were written")
    func roundTrip() throws {
        let silence = Silence(
            id: "0123456789ab", matcher: try AlertMatcher(words: ["rule=a,b*", "label.team!=x", "severity=>= high"]),
            from: Self.start, until: Self.start + .seconds(1), author: "a\"b", comment: "línea\n2", held: 3)
        #expect(try Silence.list(json: Silence.json([silence, silence])) == [silence, silence])
        for request in [SilenceRequest.add(silence), .list(expired: true), .list(expired: false), .expire("01")] {
            #expect(try SilenceRequest(json: request.json) == request)
        }
        #expect(silence.matcher.words == ["rule=a,b*", "label.team!=x", "severity=high,critical"])
    }
}
