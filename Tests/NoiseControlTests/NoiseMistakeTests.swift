import Testing
import WirewatchConfig
import WirewatchKit
import WirewatchStandardPlugins

@Suite("Mistakes in noise control and stories")
struct NoiseMistakeTests {
    @Test(
        "Each is told at its place, with what to do",
        arguments: [
            (
                """
                  - {type: story, threshold: 2, fields: []}
                  - type: noise_control
                    silences:
                      - {match: {rulle: a}}
                      - {comment: everything}
                    inhibit:
                      - {source: {rule: a}}
                    budgets:
                      - {at_most: 0}
                      - {match: {source: x}, per: 1d, by: site}
                """,
                """
                3:30 'threshold' of stage 'story' must be from 0.05 to 0.95, not '2'
                3:41 'fields' of stage 'story' is an empty list; it needs at least one item
                6:18 unknown option 'rulle' in 'silences.match' of stage 'noise_control'; did you mean 'rule'?
                7:9 'silences' of stage 'noise_control' needs the option 'match', a map of options
                9:9 'inhibit' of stage 'noise_control' needs the option 'target', a map of options
                11:19 'budgets.at_most' of stage 'noise_control' must be from 1 to 100000, not '0'
                12:9 'budgets' of stage 'noise_control' needs the option 'at_most', a whole number
                12:43 'budgets.by' of stage 'noise_control' must be one of 'rule', 'source', 'topic' or 'all', not 'site'
                """
            ),
            (
                """
                  - type: noise_control
                    silences:
                      - {match: {severity: hihg}, until: soon}
                      - {match: {rule: a}, from: 2026-02-01, until: 2026-01-01}
                    inhibit:
                      - {source: {severity: critical}, target: {severity: "<"}, equal: [stroy, topic]}
                """,
                """
                5:28 'hihg' is no severity; did you mean 'high'?
                5:42 'soon' is no time; write it as 2026-03-01 or 2026-03-01T08:00:00Z
                6:53 the silence ends before it begins; mend 'from' or 'until'
                8:59 '<' is no severity; there are info, low, medium, high, critical, and '>= high' for all from there on
                8:72 alerts cannot agree on 'stroy'; did you mean 'story'?
                8:72 alerts cannot agree on 'topic'; there are rule, source, story, key, severity, title and label.NAME
                """
            ),
        ])
    func golden(stages: String, expected: String) {
        let main = """
            sources: [{name: in, type: files, path: in}]
            pipeline:
            \(stages)
            sinks: [{name: out, type: console}]
            """
        let result = Configuration.load(
            path: "/main.yaml", environment: [:], registry: PluginRegistry(standardPlugins),
            replacing: ["/main.yaml": Array(main.utf8)])
        #expect(result.configuration == nil)
        let printed = result.diagnostics.filter { $0.severity == .error }.map { diagnostic in
            "\(diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-") \(diagnostic.message)"
        }
        #expect(printed.joined(separator: "\n") == expected)
    }
}
