import Testing
import WirewatchConfig
import WirewatchKit
import WirewatchStandardPlugins
import WirewatchTesting

/// The shipped configuration, as a user gets it.
@Suite("Shipped configuration")
struct ShippedTopicsTests {
    static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    static let loaded = Configuration.load(
        path: root + "/config.yaml", environment: [:], registry: PluginRegistry(standardPlugins))

    @Test("has neither mistakes nor doubts")
    func valid() {
        #expect(Self.loaded.diagnostics.map(\.message) == [])
        #expect(
            Self.loaded.configuration?.pipeline.map(\.name) == [
                "extract", "classify", "entities", "metrics", "dedupe", "story", "alert",
            ])
    }

    static func topics(title: String, body: String) throws -> [String] {
        let component = try #require(loaded.configuration?.pipeline.first { $0.plugin.name == "classify" })
        guard case .stage(let make) = component.plugin.factory else { return ["classify is no stage"] }
        var event = ArticleEvent(article: Article())
        event.article.title = title
        event.article.body = body
        _ = try make(component.options, .test()).process(&event)
        return event.article.topics.map(\.id).sorted()
    }

    @Test(
        "finds each topic in a short report",
        arguments: [
            ("ai", "A smaller language model writes better summaries", "The lab trained it on fewer texts."),
            ("robotics", "Warehouse staff get help from two-armed robots", "Each gripper holds five kilograms."),
            ("autonomy", "Robotaxis may now drive at night in Velm", "The driverless cars avoid the old town."),
            ("semiconductors", "Foundry in Dellmar starts its second line", "It will process wafers of 300 mm."),
            ("quantum", "Qubits that last: a new record", "The quantum processor ran for an hour."),
            ("ev_battery", "Electric buses replace diesel in Sarro", "The battery packs last for 300 kilometers."),
            ("space", "Satellite operator orders six more launches", "The rocket will fly from the new spaceport."),
            ("biotech", "Gene therapy restores hearing in mice", "A clinical trial is to follow next year."),
            ("security", "Ransomware halts a port for three days", "The hackers came in through an old firewall."),
            (
                "policy", "Lawmakers agree on rules for recommendation algorithms",
                "The regulator may fine platforms that break the new legislation."
            ),
            ("telecom", "Mobile operator switches off its 4G masts", "Broadband over 5G takes their place."),
            ("energy", "Offshore wind overtakes gas in the north", "The power grid carried 3 gigawatts of it."),
            ("hardware", "A smartphone that opens twice", "The foldable phone has three displays and a headset."),
            (
                "startups_funding", "Tool maker closes its seed round",
                "The venture capital firm Oakmere was the lead investor."
            ),
        ])
    func each(_ topic: String, _ title: String, _ body: String) throws {
        #expect(try Self.topics(title: title, body: body).contains(topic))
    }

    @Test(
        "finds no topic where words only look like it",
        arguments: [
            (
                "The bakery that never closes",
                "A battery of ovens bakes all night. The government of the town is proud."
            ),
            ("Orbit gum gets a new wrapper", "The maker banned plastic from its platform of brands."),
            ("Fish and chips for all", "The chip shop by the harbour has a new driver and a new van."),
            (
                "Minister opens parliament",
                "The election was held in May. Lawmakers debated pensions and the price of bread."
            ),
            (
                "Crisis at the choir",
                "Hackney's singers attack the high notes with vigour; the security of their pitch is great."
            ),
        ])
    func none(_ title: String, _ body: String) throws {
        #expect(try Self.topics(title: title, body: body) == [])
    }
}
