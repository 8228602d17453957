import Testing
import WirewatchKit
import WirewatchMetrics

/// One sentence and the one claim that it makes.
struct ClaimCase: Sendable, CustomTestStringConvertible {
    var text: String
    var surface: String
    var amount: Amount
    var unit: String
    var kind: String?
    var qualifier: Metric.Qualifier?
    var per: String?

    init(
        _ text: String, _ surface: String, _ amount: Amount, _ unit: String, kind: String? = nil,
        qualifier: Metric.Qualifier? = nil, per: String? = nil
    ) {
        self.text = text
        self.surface = surface
        self.amount = amount
        self.unit = unit
        self.kind = kind
        self.qualifier = qualifier
        self.per = per
    }

    var testDescription: String { text }
}

private let extractor = MetricExtractor()

@Suite("Claims")
struct ClaimTests {
    static let cases: [ClaimCase] = [
        ClaimCase(
            "The tool had 3 million downloads in May.", "3 million downloads", .value(3e6), "download",
            kind: "downloads"),
        ClaimCase(
            "The game was installed over 25 million times.", "over 25 million times", .value(25e6), "install",
            kind: "downloads",
            qualifier: .over),
        ClaimCase(
            "The term \"chip\" appears 17 times in the bill.", "17 times", .value(17), "mention", kind: "other_count"),
        ClaimCase(
            "It lowers energy use by as much as 45 percent.", "as much as 45 percent", .value(45), "%", qualifier: .upTo
        ),
        ClaimCase(
            "Orders worth an estimated 7.25 billion yuan came in.", "an estimated 7.25 billion yuan",
            .value(7_250_000_000), "CNY",
            kind: "orders_contracts", qualifier: .estimated),
        ClaimCase("Maize added 5-1/4 cents by noon.", "5-1/4 cents", .value(5.25), "cent"),
        ClaimCase("Soybeans closed at $7.93-3/4 a bushel.", "$7.93-3/4 a bushel", .value(7.9375), "USD", per: "bushel"),
        ClaimCase("The board is 2-1/2 metres long.", "2-1/2 metres", .value(2.5), "m"),
        ClaimCase("The engine gives 410 Nm of torque.", "410 Nm", .value(410), "N.m"),
        ClaimCase("The club paid 75m pounds for him.", "75m pounds", .value(75e6), "GBP"),
        ClaimCase("Farmers sold 30m tonnes of maize.", "30m tonnes", .value(30e6), "t"),
        ClaimCase("They rent 1.2m square feet.", "1.2m square feet", .value(1.2e6), "[sft_i]"),
        ClaimCase("The motor turns with 12 kNm.", "12 kNm", .value(12), "kN.m"),
        ClaimCase("A 6m-high fence went up.", "6m", .value(6), "m"),
        ClaimCase("The wall is 75m long.", "75m", .value(75), "m"),
        ClaimCase("Sales topped HK$31.7 million.", "HK$31.7 million", .value(31_700_000), "HKD", qualifier: .over),
        ClaimCase(
            "Training takes two to five weeks.", "two to five weeks", .range(low: 2, high: 5), "wk", kind: "duration"),
        ClaimCase(
            "The port handles hundreds of thousands of small parcels.", "hundreds of thousands of small parcels",
            .range(low: 100_000, high: 1_000_000), "parcel", qualifier: .about),
        ClaimCase(
            "The park is worth more than a three-hundred-million-yuan.", "more than a three-hundred-million-yuan",
            .value(3e8), "CNY",
            qualifier: .over),
        ClaimCase(
            "It saves about 15 tonnes a year.", "about 15 tonnes a year", .value(15), "t", qualifier: .about,
            per: "year"),
        ClaimCase("Prices range from $5-10 billion.", "$5-10 billion", .range(low: 5e9, high: 10e9), "USD"),
        ClaimCase(
            "The line makes 40,000 wafers per month.", "40,000 wafers per month", .value(40_000), "wafer", per: "month"),
        ClaimCase(
            "The system costs $0.30 per million tokens.", "$0.30 per million tokens", .value(0.3), "USD", kind: "price",
            per: "million tokens"),
        ClaimCase(
            "A 13-billion-parameter model was shown.", "13-billion-parameter", .value(13e9), "parameter",
            kind: "model_size"),
        ClaimCase(
            "The startup was valued at ₹3.5 lakh crore.", "₹3.5 lakh crore", .value(3.5e12), "INR", kind: "valuation"),
        ClaimCase("Half a million users joined.", "Half a million users", .value(500_000), "user", kind: "users_usage"),
        ClaimCase(
            "Three hundred and five employees left.", "Three hundred and five employees", .value(305), "employee",
            kind: "headcount_layoffs"),
        ClaimCase("They bought two dozen robots.", "two dozen robots", .value(24), "robot"),
        ClaimCase("The train runs at 350 km/h.", "350 km/h", .value(350), "km/h"),
        ClaimCase(
            "The app climbed into the top 5 in Japan.", "top 5", .value(5), "rank", kind: "rank", qualifier: .upTo),
        ClaimCase("The plant is slated for 2031.", "slated for 2031", .value(2031), "a", kind: "date_target"),
        ClaimCase("Shipments reached 4.5 million.", "4.5 million", .value(4_500_000), "shipment", kind: "unit_sales"),
        ClaimCase("It is 3 times faster than before.", "3 times", .value(3), "x", kind: "speedup_efficiency"),
        ClaimCase("Rates rose 25 basis points.", "25 basis points", .value(25), "bp"),
        ClaimCase(
            "The chip has 2.5 trillion transistors.", "2.5 trillion transistors", .value(2.5e12), "transistor",
            kind: "hardware_spec"),
        ClaimCase("The reactor reached −196 °C.", "−196 °C", .value(-196), "Cel"),
        ClaimCase("The store charges 1.234.567,89 euros.", "1.234.567,89 euros", .value(1_234_567.89), "EUR"),
        ClaimCase("They shipped 12 500 units.", "12 500 units", .value(12_500), "unit", kind: "unit_sales"),
        ClaimCase("The drone flies at least 90 minutes.", "at least 90 minutes", .value(90), "min", qualifier: .over),
        ClaimCase(
            "Some 800 million monthly active users tap it.", "Some 800 million monthly active users", .value(8e8),
            "user", qualifier: .about),
    ]

    static let more: [ClaimCase] = [
        ClaimCase("One in five adults tried it.", "One in five", .value(0.2), "1"),
        ClaimCase("It includes 30 measures.", "30 measures", .value(30), "measure"),
        ClaimCase("The city runs 600 robotaxis.", "600 robotaxis", .value(600), "robotaxi"),
        ClaimCase("It built 9,000 5G base stations.", "9,000 5G base stations", .value(9_000), "station"),
        ClaimCase("The index ranked Chile ninth globally.", "ninth", .value(9), "rank", kind: "rank"),
        ClaimCase("The cars drove 2 million driverless miles.", "2 million driverless miles", .value(2e6), "[mi_i]"),
        ClaimCase("It covers 17,000-odd drones.", "17,000-odd drones", .value(17_000), "drone"),
        ClaimCase("The tax yields 250 million Dutch guilders.", "250 million Dutch guilders", .value(250e6), "NLG"),
        ClaimCase("The robot jumped 1.2 metres.", "1.2 metres", .value(1.2), "m"),
        ClaimCase("The site has 300-plus engineers.", "300-plus engineers", .value(300), "engineer", qualifier: .over),
        ClaimCase(
            "It rose as much as 4.1 percent.", "as much as 4.1 percent", .value(4.1), "%", kind: "growth_change",
            qualifier: .upTo),
        ClaimCase("Output jumped tenfold.", "tenfold", .value(10), "x", kind: "growth_change"),
    ]

    @Test("Forms that need more than a number and a noun", arguments: more)
    func form(_ expected: ClaimCase) throws { try claim(expected) }

    @Test("A sentence's claim has its span, value, unit, qualifier and rate", arguments: cases)
    func claim(_ expected: ClaimCase) throws {
        let metrics = extractor.metrics(in: expected.text)
        try #require(metrics.count == 1, "\(metrics.map(\.surface))")
        let metric = metrics[0]
        #expect(metric.surface == expected.surface)
        #expect(metric.amount == expected.amount)
        #expect(metric.unit == expected.unit)
        #expect(metric.qualifier == expected.qualifier)
        #expect(metric.per == expected.per)
        if let kind = expected.kind { #expect(metric.kind == kind) }
        let bytes = Array(expected.text.utf8)
        #expect(String(decoding: bytes[metric.span.range], as: UTF8.self) == metric.surface)
    }

    static let nothing: [String] = [
        "Published: Mar 4, 2024 9:15 AM", "By Ann Lee 14 August 2024", "In 2024 the firm moved.",
        "The 14th Five-Year Plan (2021-2025) ended.", "The 14th Five-Year Plan (2021-25) ended.",
        "One of the rooms was empty.", "It runs on a single card.", "Both sides met several times.",
        "A three-wheeled cart passed.", "The 70-something teacher smiled.", "GPT-5 and Claude 4.5 were tested.",
        "The Boeing 737 landed.", "See Chapter 11 and Fig. 3.", "It works 24/7.", "Version 2.1.3 is out.",
        "Call 1-800-555-0199 now.", "The coming three years matter.", "The second half of 2025 was calm.",
        "A 9-year-old boy won.", "She is 34 years old.", "The first-tier cities grew for the first time.",
        "Lines 3, 5 and 7 were closed.", "The iPhone 15 was shown.", "Three years ago it was sold.", "1. Introduction",
        "The 1990s were different.", "5G and 3D are terms.", "It rained on Dec. 5, 2025.",
    ]

    @Test("Dates, names, ages and idioms are no claims", arguments: nothing)
    func noClaim(_ text: String) {
        #expect(extractor.metrics(in: text).map(\.surface) == [])
    }

    @Test("A claim never crosses the end of a sentence")
    func sentences() {
        let text = "The lab built 12 robots. 40 engineers work there. It opened in the U.S. in 2019."
        let metrics = extractor.metrics(in: text)
        #expect(metrics.map(\.surface) == ["12 robots", "40 engineers"])
        #expect(metrics.map(\.sentence) == [0..<24, 25..<49])
    }

    static let splits: [(String, [String])] = [
        (
            "Mr. Li of Acme Inc. has 12 robots. Dr. Wu has 14 robots.",
            ["Mr. Li of Acme Inc. has 12 robots.", "Dr. Wu has 14 robots."]
        ),
        ("It left the U.S. The group has 30 ships.", ["The group has 30 ships."]),
        (
            "At 9 p.m. on Jan. 5 it had 3.5 million users! Now 4 million users.",
            [
                "At 9 p.m. on Jan. 5 it had 3.5 million users!", "Now 4 million users.",
            ]
        ),
        ("\"We have 20 labs.\" She said 30 labs.", ["\"We have 20 labs.\"", "She said 30 labs."]),
        ("Robots: 40 units\n\nDrones: 50 units", ["Robots: 40 units", "Drones: 50 units"]),
        ("J. K. Lin sold 60 cars.", ["J. K. Lin sold 60 cars."]),
    ]

    @Test("Sentences end where they should", arguments: splits)
    func sentenceEnds(_ text: String, _ expected: [String]) {
        let bytes = Array(text.utf8)
        let found = extractor.metrics(in: text).map { String(decoding: bytes[$0.sentence], as: UTF8.self) }
        #expect(found == expected)
    }

    @Test("Decimals with magnitudes are exact")
    func exact() {
        for (text, value) in [
            ("US$180.6 million", 180_600_000.0), ("US$4.35 million", 4_350_000), ("€1.005 billion", 1_005_000_000),
            ("$0.1 trillion", 100_000_000_000), ("$8.41 billion", 8_410_000_000),
        ] {
            #expect(extractor.metrics(in: text).first?.amount == .value(value))
        }
    }
}

@Suite("What stands around a claim")
struct ContextTests {
    @Test("A change from one level to another is one claim")
    func fromTo() throws {
        let metrics = extractor.metrics(in: "The update lifts accuracy from 60-65 percent to nearly 90 percent.")
        try #require(metrics.count == 1)
        #expect(metrics[0].surface == "from 60-65 percent to nearly 90 percent")
        #expect(metrics[0].amount == .value(90))
        #expect(metrics[0].qualifier == .nearly)
        #expect(
            metrics[0].change
                == Change(
                    direction: .up, from: Quantity(.range(low: 60, high: 65), unit: "%"),
                    to: Quantity(.value(90), unit: "%")))
    }

    @Test("A change of a time is a change, not a range")
    func timeChange() throws {
        let metrics = extractor.metrics(in: "The tool cuts setup time from 50 minutes to 6 minutes.")
        try #require(metrics.count == 1)
        #expect(metrics[0].amount == .value(6))
        #expect(metrics[0].change?.direction == .down)
        #expect(metrics[0].change?.from == Quantity(.value(50), unit: "min"))
    }

    @Test("\"to\" before \"from\" is the same change")
    func toFrom() throws {
        let metrics = extractor.metrics(in: "Revenue fell to $3 billion from $4 billion a year earlier.")
        try #require(metrics.count == 1)
        #expect(metrics[0].change?.direction == .down)
        #expect(metrics[0].change?.from == Quantity(.value(4e9), unit: "USD"))
        #expect(metrics[0].amount == .value(3e9))
        #expect(metrics[0].per == nil)
        #expect(metrics[0].kind == "revenue_profit")
    }

    @Test("\"by\" and \"to\" are told apart")
    func byAndTo() throws {
        let metrics = extractor.metrics(in: "Exports grew by 12 percent to 90 million tonnes.")
        try #require(metrics.count == 2)
        #expect(metrics[0].change == Change(direction: .up, by: Quantity(.value(12), unit: "%")))
        #expect(metrics[1].change == Change(direction: .up, to: Quantity(.value(90e6), unit: "t")))
    }

    @Test("An amount in brackets in another currency is an equivalent")
    func equivalent() throws {
        let metrics = extractor.metrics(in: "It won 2.4 billion yuan (US$333.5 million) in orders so far in 2024.")
        try #require(metrics.count == 1)
        #expect(metrics[0].surface == "2.4 billion yuan (US$333.5 million)")
        #expect(metrics[0].unit == "CNY")
        #expect(metrics[0].equivalents == [Quantity(.value(333_500_000), unit: "USD")])
        #expect(metrics[0].timeframe == "so far in 2024")
        #expect(metrics[0].kind == "orders_contracts")
    }

    @Test("A span of time beside a claim is its timeframe, not a claim")
    func timeframe() throws {
        let metrics = extractor.metrics(in: "The app drew 4 million users within nine days of its debut.")
        try #require(metrics.count == 1)
        #expect(metrics[0].timeframe == "within nine days of its debut")
    }

    @Test("A noun left out is found before the number")
    func ellipsis() {
        let metrics = extractor.metrics(
            in:
                "Japan will have the largest number of delivery drones by 2040, at 12.5 million, ahead of Korea at 3.1 million."
        )
        #expect(metrics.map(\.unit) == ["drone", "drone"])
        #expect(metrics.map(\.amount) == [.value(12_500_000), .value(3_100_000)])
        #expect(metrics.map(\.timeframe) == ["by 2040", "by 2040"])
    }

    @Test("A rate said before the amount belongs to it")
    func rates() {
        let metrics = extractor.metrics(
            in: "It cuts per-mile repair costs by 18 percent, with annual sales of 5 million units.")
        #expect(metrics.map(\.per) == ["mile", "year"])
        #expect(metrics.map(\.kind) == ["cost_change", "unit_sales"])
        #expect(metrics.map(\.subject) == ["per-mile repair costs", "annual sales"])
    }

    @Test("Users' units and cue words are known")
    func additions() {
        let own = MetricExtractor(units: ["wspm": "{wafer}/mo"], kinds: ["defects": ["defect rate"]])
        let metrics = own.metrics(in: "The fab runs 900 wspm with a defect rate of 3 percent.")
        #expect(metrics.map(\.unit) == ["{wafer}/mo", "%"])
        #expect(metrics.last?.kind == "defects")
    }

    @Test("Users' counted words are known in both languages, under the name asked for")
    func countedWords() {
        let own = MetricExtractor(nouns: ["cobots": "robot", "sheepdog": "dog", "机器狗": "robot dog"])
        #expect(own.metrics(in: "The hall has 40 cobots and 12 sheepdog.").map(\.unit) == ["robot", "dog"])
        #expect(own.metrics(in: "公司去年销售了3万只机器狗。").map(\.unit) == ["robot dog"])
        #expect(extractor.metrics(in: "公司去年销售了3万只机器狗。").map(\.unit) != ["robot dog"])
    }

    @Test("A user's name for a known code measures what the code does")
    func knownCodes() {
        let own = MetricExtractor(units: ["bucks": "USD", "刀": "USD"])
        let prices = ["It is priced at 30 bucks.", "售价为300刀。"].flatMap { own.metrics(in: $0) }
        #expect(prices.map(\.unit) == ["USD", "USD"])
        #expect(prices.map(\.kind) == ["price", "price"])
    }

    @Test("Users' Chinese units and cue words are known")
    func chineseAdditions() {
        let own = MetricExtractor(units: ["箱": "{box}"], kinds: ["defects": ["次品率"]])
        let metrics = own.metrics(in: "工厂每天生产500箱，次品率为3%。")
        #expect(metrics.map(\.unit) == ["{box}", "%"])
        #expect(metrics.last?.kind == "defects")
    }
}
