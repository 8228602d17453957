import Testing
import WirewatchConfig
import WirewatchExtract
import WirewatchKit
import WirewatchStandardPlugins

struct ExtractMistakeTests {
    private static let folder = String(#filePath.dropLast("/MistakeTests.swift".count)) + "/Mistakes/"

    @Test(
        "mistakes in the stage's options are all told at once, each with its place and what to do",
        arguments: [
            (
                "specs.yaml",
                """
                3:21 'keep' of stage 'extract' must be one of 'article', 'paywall_stub', 'video', 'index', \
                'not_found', 'consent_wall', 'login_wall', 'blocked' or 'needs_script', not 'paywal_stub'; did \
                you mean 'paywall_stub'?
                4:14 'origins' of stage 'extract' must be true or false, not 'some'
                7:9 unknown option 'bdy' in 'sites' of stage 'extract'; did you mean 'body'?
                8:9 'sites' of stage 'extract' needs the option 'host', such as 'host: news.example.org'
                9:15 'sites.body' of stage 'extract' must be a text, not a map
                """
            ),
            (
                "sites.yaml",
                """
                4:15 'host': 'https://cranes.example/' is no host: write a name such as news.example.org, or \
                *.example.org for all below
                6:32 'host': '*.example' is no host: write a name such as news.example.org, or *.example.org \
                for all below
                7:15 'path': the glob '/news/[a-' has a '[' without its ']'
                8:15 'body': the selector 'div:first-child', at character 4: ':' is not known here; choose by \
                element, #id, .class or [attribute=value]
                9:26 'remove': the selector '#a >', at character 5: an element is missing; write its name, #id, \
                .class or [attribute=value]
                10:9 a site needs at least one of 'body', 'title', 'authors', 'published' and 'remove'
                """
            ),
        ])
    func golden(file: String, expected: String) {
        let result = Configuration.load(
            path: Self.folder + file, environment: [:], registry: PluginRegistry(standardPlugins))
        #expect(result.configuration == nil)
        let printed = result.diagnostics.filter { $0.severity == .error }.map { diagnostic in
            "\(diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-") \(diagnostic.message)"
        }
        #expect(printed.joined(separator: "\n") == expected)
    }
}
