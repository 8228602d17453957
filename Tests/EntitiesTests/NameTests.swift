import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchEntities

@Suite("Names that a text introduces")
struct NameTests {
    static let list: OptionLiteral = [
        "watchlist": [
            ["id": "velm", "name": "Velm", "type": "company"],
            ["id": "morgan-oak", "name": "Morgan Oak", "type": "company"],
            ["id": "widget-federation", "name": "World Widget Federation", "type": "organisation"],
            ["id": "norland", "name": "Norland", "type": "place"],
        ]
    ]

    @Test(
        "are people, then known by surname",
        arguments: [
            (
                "\"It works,\" said Peter Oakmere. Oakmere has two cats.",
                ["peter-oakmere: Peter Oakmere", "peter-oakmere: Oakmere"]
            ),
            (
                "Oakmere was quiet. Dolores Oakmere, chief economist of Velm, told us. Oakmere left.",
                ["dolores-oakmere: Dolores Oakmere", "velm: Velm", "dolores-oakmere: Oakmere"]
            ),
            (
                "Minister Chen Haoran spoke. Chen smiled. Chen Li did not.",
                ["chen-haoran: Chen Haoran", "chen-haoran: Chen"]
            ),
            (
                "Kim Seo-yun, a professor of physics, and Ito Haruka, a researcher, met. Kim wrote to Ito.",
                ["kim-seo-yun: Kim Seo-yun", "ito-haruka: Ito Haruka", "kim-seo-yun: Kim", "ito-haruka: Ito"]
            ),
            (
                "CEO Zorana Blick-Hart left. Blick-Hart will stay.",
                ["zorana-blick-hart: Zorana Blick-Hart", "zorana-blick-hart: Blick-Hart"]
            ),
            (
                "Dr. J. R. Falk spoke with Ludwig van der Holt, founder of Velm. Holt nodded.",
                [
                    "j-r-falk: J. R. Falk", "ludwig-van-der-holt: Ludwig van der Holt", "velm: Velm",
                    "ludwig-van-der-holt: Holt",
                ]
            ),
            ("A driver surnamed Qian waved. Qian drove on.", ["qian: Qian", "qian: Qian"]),
            (
                "A driver surnamed Liu waved. Liu drove on. Liu Ping, a mayor of Norland, spoke. Liu laughed.",
                ["liu: Liu", "liu: Liu", "liu-ping: Liu Ping", "norland: Norland"]
            ),
            (
                "Morgan Oak said no. Velm Norland said no.",
                ["morgan-oak: Morgan Oak", "velm: Velm", "norland: Norland"]
            ),
            ("The Annual Report said no. Blue Widgets said no. In Port Sarro, president of nothing.", []),
            ("On Tuesday Maria Fell said yes.", ["maria-fell: Maria Fell"]),
        ])
    func people(_ body: String, _ expected: [String]) throws {
        #expect(try Finding(body, options: Self.list).mentions == expected)
    }

    @Test(
        "are organisations by the word that says so",
        arguments: [
            (
                "The Fast Widget Institute met the Institute of Deep Water and Ice.",
                [
                    "fast-widget-institute: Fast Widget Institute",
                    "institute-of-deep-water-and-ice: Institute of Deep Water and Ice",
                ]
            ),
            (
                "Norland's Foreign Ministry and Norland's Marsh Institute spoke.",
                [
                    "norlands-foreign-ministry: Norland's Foreign Ministry", "norland: Norland", "norland: Norland",
                    "marsh-institute: Marsh Institute",
                ]
            ),
            (
                "The Norland Nursing Home is in Norland.",
                ["norland-nursing-home: Norland Nursing Home", "norland: Norland", "norland: Norland"]
            ),
            ("The ministry, the institute and a University spoke. Universities did not.", []),
            (
                "The Institute of Ice and Velm agree.",
                ["institute-of-ice: Institute of Ice", "velm: Velm"]
            ),
            ("Kelp Widgets Inc. and Velm grew.", ["kelp-widgets-inc: Kelp Widgets Inc", "velm: Velm"]),
            (
                "The World Widget Federation (WWF) met. WWF rules. The Royal Ice Society (RIS) met; RIS rules.",
                [
                    "widget-federation: World Widget Federation", "widget-federation: WWF", "widget-federation: WWF",
                    "royal-ice-society: Royal Ice Society", "royal-ice-society: RIS", "royal-ice-society: RIS",
                ]
            ),
        ])
    func organisations(_ body: String, _ expected: [String]) throws {
        #expect(try Finding(body, options: Self.list).mentions.sorted() == expected.sorted())
    }

    @Test("count in the title and captions too, but are not introduced in headlines")
    func elsewhere() throws {
        let finding = try Finding(
            "So said Maria Fell.", title: "Fell Speaks to CEO Pay Institute", captions: ["Maria Fell"],
            options: Self.list)
        #expect(finding.mentions == ["maria-fell: Fell", "maria-fell: Maria Fell", "maria-fell: Maria Fell"])
    }

    @Test("are left alone where the options say so")
    func off() throws {
        guard case .map(let entries) = Self.list else { return }
        let body = "So said Maria Fell of the Marsh Institute."
        #expect(try Finding(body, options: .map(entries + [("discover", [])])).ids == [])
        #expect(try Finding(body, options: .map(entries + [("discover", ["people"])])).ids == ["maria-fell"])
        #expect(try Finding(body, options: .map(entries + [("types", ["organisation"])])).ids == ["marsh-institute"])
    }
}
