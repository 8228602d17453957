import Glibc
import Testing

/// `RuleLanguage/` holds a rule for every condition and every kind of window, each with tests of its own.
@Suite("The language of rules, and the commands that try rules out")
struct RuleLanguageTests {
    private static let rules = String(#filePath.dropLast("RuleLanguageTests.swift".count)) + "RuleLanguage/config.yaml"

    @Test("The tests under the rules hold, and there are enough of them")
    func rules() throws {
        let folder = try TestFolder()
        let result = try RunningProgram.run("test", Self.rules, in: folder)
        #expect(result.code == 0, "\(result.output)\(result.errors)")
        let summary = result.output.split(separator: "\n").last ?? ""
        let numbers = summary.split { !$0.isNumber }.compactMap { Int($0) }
        #expect(numbers.count == 4 && numbers[0] >= 210 && numbers[1] >= 88, "\(summary)")
    }

    @Test("The tests under the shipped rules hold with the shipped topics")
    func shipped() throws {
        let folder = try TestFolder()
        let root = Self.rules.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        let result = try RunningProgram.run("test", root + "/config.yaml", in: folder)
        #expect(result.code == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("ok   cost-down"))
    }

    private static let small = """
        sources: [{name: none, type: files, path: in}]
        pipeline:
          - type: alert
            rules:
              - id: pumps
                when: {text: {any: pump}}
                tests:
                  - {text: A pump, expect: alert, because: pump}
                  - {text: A <pump>, expect: none}
                  - {text: A pump, expect: alert, because: [valve]}
              - {id: valves, when: {text: {any: valve}}, tests: [{text: Hose, expect: alert}]}
        sinks: [{name: articles, type: json_log, path: logs/articles.jsonl, records: articles}]
        """

    @Test("A test that fails is told with its reason and place, in JUnit's XML too, and makes the exit code 1")
    func failures() throws {
        let folder = try TestFolder()
        try folder.write(Self.small, to: "config.yaml")
        let result = try RunningProgram.run("test", "--junit", "report.xml", in: folder)
        #expect(result.code == 1)
        #expect(
            result.output == """
                ok   pumps  A pump
                FAIL pumps  A <pump>
                     expected no alert, but there is one: text 'pump' ("pump")
                     config.yaml:9
                FAIL pumps  A pump
                     the alert does not name 'valve'; it names text 'pump' ("pump")
                     config.yaml:10
                FAIL valves  Hose
                     expected an alert, but there is none
                     config.yaml:11
                4 tests of 2 rules: 1 hold, 3 fail

                """)
        let xml = folder.text("report.xml")
        #expect(xml.contains(#"<testsuite name="wirewatch" tests="4" failures="3" errors="0""#))
        #expect(xml.contains(#"<testcase classname="pumps" name="A &lt;pump&gt;""#))
        let one = try RunningProgram.run("test", "--rule", "valves", "-q", in: folder)
        #expect(one.code == 1 && one.output.hasSuffix("1 tests of 1 rules: 0 hold, 1 fail\n"))
    }

    private static func article(_ n: Int, _ title: String, _ received: String) -> String {
        let id = String(repeating: "0", count: 30) + (n < 10 ? "0\(n)" : "\(n)")
        return
            #"{"schema":"wirewatch.article/1","id":"\#(id)","source":"wire","title":"\#(title)","body":"","received":"\#(received)"}"#
            + "\n"
    }

    @Test("Old articles go through other rules, archives first, at the times when they arrived")
    func replay() throws {
        let folder = try TestFolder()
        try folder.write(Self.small, to: "config.yaml")
        mkdir(folder.path("logs"), 0o700)
        try folder.write(
            Self.article(1, "Old pump", "2026-01-01T10:00:00Z") + Self.article(2, "Pump one", "2026-01-02T10:00:00Z"),
            to: "logs/articles-20260104T120000Z-000001.jsonl")
        try folder.write(
            Self.article(3, "Pump two", "2026-01-02T10:30:00Z") + "torn\n"
                + Self.article(4, "Pump three", "2026-01-03T10:00:00Z"), to: "logs/articles.jsonl")
        try folder.write(
            """
            macros: {things: [pump, valve]}
            rules:
              - {id: two-in-an-hour, when: {text: {any: $things}}, window: {over: 1h, at_least: 2}}
            """, to: "new.yaml")
        let old = try RunningProgram.run("replay", "--since", "2026-01-02", in: folder)
        #expect(old.code == 0)
        #expect(old.errors.contains("logs/articles.jsonl:2: not valid JSON"))
        #expect(
            old.output == """
                3 articles, 3 alerts
                2026-01-02  2  pumps 2
                2026-01-03  1  pumps 1
                pumps  3
                  2026-01-02 10:00:00Z  Pump one
                  2026-01-02 10:30:00Z  Pump two
                  2026-01-03 10:00:00Z  Pump three

                """)
        let new = try RunningProgram.run("replay", "--since", "2026-01-01", "--rules", "new.yaml", in: folder)
        #expect(new.output.hasPrefix("4 articles, 1 alerts\n2026-01-02  1  two-in-an-hour 1\n"))
        let records = try RunningProgram.run(
            "replay", "--since", "2026-01-01", "--rules", "new.yaml", "--json", in: folder)
        #expect(records.output.split(separator: "\n").count == 1)
        #expect(records.output.contains(#""window":{"kind":"sliding","by":null,"key":null,"over":3600,"#))
        #expect(access(folder.path("state"), F_OK) != 0)
    }

    @Test("Of many rules those are explained of which some part holds, and any other when it is asked for")
    func explain() throws {
        let folder = try TestFolder()
        let rules = (1...40).map { "      - {id: r\($0), when: {text: {any: word\($0)}, source: [a, b]}}\n" }.joined()
        try folder.write(
            "sources: [{name: none, type: files, path: in}]\npipeline:\n  - type: alert\n    rules:\n" + rules,
            to: "config.yaml")
        try folder.write(
            #"{"content_type": "application/vnd.wirewatch.article+json", "title": "word7"}"# + "\n", to: "a.jsonl")
        let some = try RunningProgram.run("explain", "a.jsonl", in: folder)
        #expect(some.output.contains("rule r7\n") && !some.output.contains("rule r8\n"), "\(some.output)\(some.errors)")
        #expect(some.output.contains("✓ text 'word7'") && some.output.contains("✗ source a or b"))
        #expect(some.output.contains("39 of which no part holds are not shown: --rule ID shows one"))
        let one = try RunningProgram.run("explain", "a.jsonl", "--rule", "r8", in: folder)
        #expect(one.output.contains("✗ text 'word8': none of it occurs"))
        let none = try RunningProgram.run("explain", "a.jsonl", "--rule", "r41", in: folder)
        #expect(none.code == 78 && none.errors.contains("there is no rule 'r41'"))
    }
}
