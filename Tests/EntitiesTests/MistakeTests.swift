import Testing
import WirewatchConfig
import WirewatchKit
import WirewatchStandardPlugins

@Suite("Mistakes in watchlists")
struct MistakeTests {
    private static let folder = String(#filePath.dropLast("/MistakeTests.swift".count)) + "/Mistakes/"

    @Test(
        "are all told at once, each with its place and what to do",
        arguments: [
            (
                "specs.yaml",
                """
                5:38 'watchlist.type' of stage 'entities' must be one of 'company', 'product', 'person', \
                'organisation', 'place', 'policy', 'event' or 'standard', not 'compny'; did you mean 'company'?
                6:9 'watchlist' of stage 'entities' needs the option 'id', such as 'id: acme-robotics'
                7:20 unknown option 'nam' in 'watchlist' of stage 'entities'; did you mean 'name'?
                8:74 'watchlist.aliases.case' of stage 'entities' must be one of 'capital', 'exact' or 'any', not 'loud'
                9:57 'watchlist.aliases' of stage 'entities' needs the option 'alias', a text
                10:77 'watchlist.aliases.with' of stage 'entities' is an empty list; it needs at least one item
                11:16 'discover' of stage 'entities' must be one of 'people', 'organisations' or 'companies', not \
                'peoples'; did you mean 'people'?
                """
            ),
            (
                "names.yaml",
                """
                5:14 the id 'Velm Robotics' must be of small letters and digits, joined by hyphens, such as \
                'velm-robotics'
                6:57 the alias '--' of 'kelp' has no letter or digit
                6:70 'kelp' has the alias 'Kelps' twice; remove one
                7:14 the entity 'kelp' is defined already in line 6; give one of \
                them another id, or put both into one
                8:57 the alias 'Kelp' belongs to 'kelp' already (in line 6), so that neither would ever be found by it; \
                say with 'with' or 'not_with' when it means which
                13:39 'within' of the alias 'Plum One' has no words to look for; add 'with' or 'not_with'
                14:38 'with' of the alias 'Plum Two' names the alias itself
                15:58 'within' is 'nearby'; write 'article', 'sentence', or a number of words such as '12 words'
                16:18 the 'except' term '...' of 'plum' has no letter or digit
                18:14 a new entity such as 'kellp' needs a 'name' and a 'type'; did you mean 'kelp'?
                20:14 'sarro' is extended twice; put both into one entry
                21:14 'ignore' names 'plumm', which the watchlist does not have; did you mean 'plum'?
                """
            ),
            (
                "rules.yaml",
                """
                5:33 unknown option 'rol' in 'rules.when.entity' of stage 'alert'; did you mean 'role'?
                6:38 'rules.when.entity.any' of stage 'alert' is an empty list; it needs at least one item
                7:50 'rules.when.entity.role' of stage 'alert' must be one of 'subject' or 'mention', not 'sujet'
                """
            ),
        ])
    func golden(file: String, expected: String) {
        let result = Configuration.load(
            path: Self.folder + file, environment: [:], registry: PluginRegistry(standardPlugins))
        #expect(result.configuration == nil)
        let printed = result.diagnostics.map { diagnostic in
            "\(diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-") \(diagnostic.message)"
        }
        #expect(printed.joined(separator: "\n") == expected)
    }
}
