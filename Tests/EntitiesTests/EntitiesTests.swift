import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchEntities

@Suite("Names of the watchlist")
struct WatchlistTests {
    static let list: OptionLiteral = [
        "watchlist": [
            ["id": "velm", "name": "Velm Robotics", "type": "company", "aliases": ["Velm", "维尔姆"]],
            ["id": "velm-music", "name": "Velm Music", "type": "product"],
            [
                "id": "sketch", "name": "Sketch AI", "type": "company",
                "aliases": [["alias": "Sketch", "case": "exact", "with": ["humanoid", "robot"]]],
                "except": ["Sketch 1", "Sketch Street"],
            ],
            [
                "id": "arc", "name": "Arc Holdings", "type": "company",
                "aliases": [
                    ["alias": "ARC", "case": "exact"], ["alias": "Arc", "not_with": ["welding"], "within": "sentence"],
                ],
            ],
            [
                "id": "plum", "name": "Plum", "type": "product",
                "aliases": [["alias": "Plum", "with": ["browser"], "within": "4 words"]],
            ],
            ["id": "sarro", "name": "Sarro", "type": "place"],
            ["id": "sarro-works", "name": "Sarro Works", "type": "company", "short": "Works"],
            ["id": "ikone", "name": "ikone", "type": "product"],
            ["id": "mina-oakmere", "name": "Mina Oakmere", "type": "person"],
            [
                "id": "comet-a", "name": "Comet Foods", "type": "company",
                "aliases": [["alias": "Comet", "with": ["soup"]]],
            ],
            [
                "id": "comet-b", "name": "Comet Rockets", "type": "company",
                "aliases": [["alias": "Comet", "with": ["launch"]]],
            ],
        ],
        "discover": [],
    ]

    @Test(
        "are found where the text means them",
        arguments: [
            ("Velm opened a plant; Velm's robots work there.", ["velm: Velm", "velm: Velm"]),
            ("The firm 维尔姆 grew.", ["velm: 维尔姆"]),
            ("velm is a small word here.", []),
            ("Velm Music has songs, and Velm Robotics has none.", ["velm-music: Velm Music", "velm: Velm Robotics"]),
            ("An ikone for everybody: the Ikone.", ["ikone: ikone", "ikone: Ikone"]),
            ("Sketch drew a line.", []),
            ("Sketch showed a humanoid.", ["sketch: Sketch"]),
            ("A humanoid in Sketch 1 and on Sketch Street, with Sketches.", []),
            ("Sketch AI was there. Sketch left.", ["sketch: Sketch AI", "sketch: Sketch"]),
            ("ARC and arc and Arc.", ["arc: ARC", "arc: Arc"]),
            ("Arc welding is hot. Arc grew.", ["arc: Arc"]),
            ("Plum is a browser by day, as others know too well. Plum is sweet.", ["plum: Plum"]),
            ("A fee of Sarro$ 40 in Sarro.", ["sarro: Sarro"]),
            ("Sarro Works makes cups. Works said no.", ["sarro-works: Sarro Works", "sarro-works: Works"]),
            ("Works said no to Sarro.", ["sarro: Sarro"]),
            ("Nikola Sketch built a robot.", []),
            (
                "Oakmere was early. Then Mina Oakmere spoke, and Oakmere left with Jane Oakmere.",
                ["mina-oakmere: Mina Oakmere", "mina-oakmere: Oakmere"]
            ),
            ("Comet makes soup.", ["comet-a: Comet"]),
            ("Comet has a launch.", ["comet-b: Comet"]),
            ("Comet has soup at the launch.", []),
            ("Comet Rockets had soup at the launch, Comet said.", ["comet-b: Comet Rockets", "comet-b: Comet"]),
            ("", []),
        ])
    func finds(_ body: String, _ expected: [String]) throws {
        #expect(try Finding(body, options: Self.list).mentions == expected)
    }

    @Test("have spans in the field that they stand in, and do not run over its end")
    func fields() throws {
        let finding = try Finding(
            "In Sarro.", title: "Velm", subtitle: "Robotics for Sarro", tags: ["velm", "Music"], captions: ["Velm"],
            options: Self.list)
        #expect(
            finding.mentions == ["velm: Velm", "sarro: Sarro", "sarro: Sarro", "velm: Velm", "velm: velm"])
        #expect(
            finding.article.entities.first { $0.id == "velm" }?.mentions.map(\.field.name) == [
                "title", "captions[0].text", "tags[0]",
            ])
    }

    @Test("make an entity the subject by place, count and share")
    func roles() throws {
        let filler = String(repeating: "Nothing of note was said about it at the meeting. ", count: 60)
        let finding = try Finding(filler + "Sarro.", title: "Velm grows", options: Self.list)
        #expect(finding.article.entities.map(\.id) == ["velm", "sarro"])
        #expect(finding.article.entities.map(\.role) == [.subject, .mention])
        #expect(finding.article.entities.map { $0.score >= 0.5 } == [true, false])
        let often = try Finding("Velm grew. " + filler + "Velm said so, and Velm knows Velm.", options: Self.list)
        #expect(often.article.entities.map(\.role) == [.subject])
    }

    @Test("are explained, and so are those that do not count")
    func explains() throws {
        let explanation = try #require(Finding("Sketch drew. ARC paid.", options: Self.list).explanation)
        #expect(explanation.children.map(\.label) == ["arc (company)", "'Sketch' as sketch"])
        #expect(explanation.children.map(\.held) == [true, false])
        #expect(explanation.children[0].children.map(\.label) == ["alias 'ARC'"])
        #expect(explanation.children[1].spans == [TextSpan(.body, 0..<6)])
    }

    @Test("of other stages stay, and one's own are made anew")
    func others() throws {
        let stage = try Entities(options(EntitiesOptions.self, Self.list))
        var event = ArticleEvent(article: Article())
        event.article.body = "Velm"
        event.article.entities = [
            Entity(id: "velm", name: "old", type: "company", role: .mention, mentions: []),
            Entity(id: "else", name: "Else", type: "company", role: .mention, mentions: []),
        ]
        for _ in 0..<2 { _ = try stage.process(&event) }
        #expect(event.article.entities.map(\.name) == ["Velm Robotics", "Else"])
    }

    @Test("are extended, ignored and filtered as the options say")
    func changes() throws {
        func ids(_ more: [(String, OptionLiteral)]) throws -> [String] {
            guard case .map(let entries) = Self.list else { return [] }
            return try Finding("Velm, Kelp and Sarro.", options: .map(entries + more)).ids
        }
        #expect(try ids([]) == ["sarro", "velm"])
        #expect(
            try ids([("extend", [["id": "kelp", "name": "Kelp", "type": "company"]])]) == ["kelp", "sarro", "velm"])
        #expect(try ids([("extend", [["id": "velm", "aliases": ["Kelp"]]])]) == ["sarro", "velm"])
        #expect(try ids([("ignore", ["sarro"])]) == ["velm"])
        #expect(try ids([("types", ["place"])]) == ["sarro"])
    }

    @Test("do not crash on any bytes")
    func hostile() throws {
        let pieces = [
            "Velm", "'s", "’", " ", ".", "Sarro", "Works", "(", ")", "US$", "维", "é", "É", "\n\n", "Mina", "-", "said",
            "O",
        ]
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<400 {
            let text = (0..<30).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            let finding = try Finding(text, title: text, tags: [text], options: NameTests.list)
            for entity in finding.article.entities {
                for span in entity.mentions { #expect(finding.article.text(of: span) != nil) }
            }
        }
    }
}
