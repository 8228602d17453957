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
                "extract", "classify", "entities", "metrics", "dedupe", "story", "alert", "noise_control",
            ])
    }

    /// With the Chinese terms turned on.
    static let chinese = Configuration.load(
        path: root + "/chinese.yaml", environment: [:], registry: PluginRegistry(standardPlugins),
        replacing: [
            root + "/chinese.yaml": Array(
                """
                sources: [{name: none, type: files, path: in}]
                pipeline:
                  - type: classify
                    topics: !include Plugins/Classify/topics.yaml
                    extend: !include Plugins/Classify/topics-zh.yaml
                sinks: [{name: out, type: console}]
                """.utf8)
        ])

    /// Made once: reading the lexicon takes longer than all the cases.
    private static let english = stage(loaded)
    private static let bilingual = stage(chinese)

    private static func stage(_ loaded: LoadResult) -> (any Stage)? {
        guard let component = loaded.configuration?.pipeline.first(where: { $0.plugin.name == "classify" }),
            case .stage(let make) = component.plugin.factory
        else { return nil }
        return try? make(component.options, .test())
    }

    static func topics(_ isChinese: Bool = false, title: String, body: String) throws -> [String] {
        var event = ArticleEvent(article: Article())
        event.article.title = title
        event.article.body = body
        _ = try #require(isChinese ? bilingual : english).process(&event)
        return event.article.topics.map(\.id).sorted()
    }

    @Test("takes in the Chinese terms without mistakes or doubts")
    func validChinese() { #expect(Self.chinese.diagnostics.map(\.message) == []) }

    @Test(
        "finds each topic in a short report in Chinese",
        arguments: [
            ("ai", "新的大语言模型写出更短的摘要", "实验室用更少的文本训练它。"),
            ("robotics", "仓库迎来双臂人形机器人", "每只灵巧手能举起五公斤。"),
            ("autonomy", "无人驾驶出租车获准夜间上路", "自动驾驶车辆绕开老城。"),
            ("semiconductors", "晶圆代工厂启动第二条产线", "新线将生产三百毫米晶圆。"),
            ("quantum", "量子比特寿命创下纪录", "这台量子计算机运行了一小时。"),
            ("ev_battery", "電動車改用固態電池", "新車續航更長，動力電池可以更換。"),
            ("space", "可回收火箭首次入轨", "它把六颗卫星送入太空。"),
            ("biotech", "基因治疗让小鼠恢复听力", "明年将开始临床试验。"),
            ("security", "港口遭勒索软件攻击停摆三天", "黑客利用旧防火墙的漏洞进入。"),
            ("policy", "网信办就推荐算法管理办法征求意见", "监管机构可以对违规平台罚款。"),
            ("telecom", "電信業者關閉舊基地台", "寬頻網路改由光纖提供。"),
            ("energy", "海上风电发电量首次超过煤电", "电网当日输送了三吉瓦。"),
            ("hardware", "三折叠智能手机亮相", "这款折叠屏手机还配有无线耳机。"),
            ("startups_funding", "工具厂商完成天使轮融资", "本轮由一家创投机构领投。"),
        ])
    func eachChinese(_ topic: String, _ title: String, _ body: String) throws {
        #expect(try Self.topics(true, title: title, body: body).contains(topic))
    }

    @Test(
        "finds no topic where Chinese words only look like it, nor one that a longer word takes away",
        arguments: [
            ("火箭队客场再胜一场", "球迷在卫星城的广场上看东方卫视的转播。", []),
            ("券商融资融券余额上升", "分析师认为散户情绪回暖。", []),
            ("聊天机器人写信", "这个聊天机器人替老人写信。", ["ai"]),
            ("新能源汽车降价", "多款新能源汽车本周降价。", ["ev_battery"]),
            ("政府召开会议", "会议讨论了面包的价格和学校的假期。", []),
        ])
    func noneChinese(_ title: String, _ body: String, _ expected: [String]) throws {
        #expect(try Self.topics(true, title: title, body: body) == expected)
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
