/// The kinds of metric and the words that tell them apart, in data.
///
/// A kind is chosen by the cue words near a claim, nearer ones counting more, among the kinds that the claim's
/// dimension allows. `strong` words alone make a kind likely; `weak` ones help.
struct KindRow {
    var name: String
    var dimensions: [Dimension]
    var strong: String
    var weak: String = ""
}

enum KindTable {
    private static let counts: [Dimension] = [.count, .number, .rate]
    private static let measures: [Dimension] = [
        .length, .mass, .power, .energy, .data, .rate, .time, .frequency, .area, .volume, .temperature, .other, .count,
    ]

    static let rows: [KindRow] = [
        KindRow(
            name: "downloads", dimensions: counts,
            strong: "download downloads downloaded installs installations install", weak: "app"),
        KindRow(
            name: "users_usage", dimensions: counts + [.ratio],
            strong:
                "user users subscriber subscribers sign-ups signups dau mau developers queries query visits visitors views calls "
                + "requests viewers streams members followers accounts",
            weak: "active monthly daily weekly traffic"),
        KindRow(
            name: "customers_partners", dimensions: counts,
            strong:
                "customer customers client clients merchant merchants partner partners partnered partnerships enterprises "
                + "partnership", weak: "companies company firms businesses organizations signed"),
        KindRow(
            name: "funding", dimensions: [.money, .count],
            strong: "raised raises raise raising round funding seed backed financing investors venture ipo",
            weak: "series led secured closed investor startup"),
        KindRow(
            name: "valuation", dimensions: [.money],
            strong:
                "valuation valuations valued valuing market_cap market_capitalization market_capitalisation post-money pre-money "
                + "capitalization", weak: "worth"),
        KindRow(
            name: "revenue_profit", dimensions: [.money, .percent],
            strong:
                "revenue revenues turnover arr profit profits earnings ebitda margin margins loss losses income bookings",
            weak: "sales quarter quarterly net operating gross fiscal"),
        KindRow(
            name: "price", dimensions: [.money],
            strong: "price prices priced pricing retail retails subscription fee fees",
            weak: "costs cost starting starts sells per buy"),
        KindRow(
            name: "orders_contracts", dimensions: [.money] + counts,
            strong: "order orders ordered contract contracts backlog pre-orders preorders procurement tender",
            weak: "deal deals purchase agreement agreements worth"),
        KindRow(
            name: "investment_capex", dimensions: [.money],
            strong:
                "invest invests invested investing investment investments capex spend spends spending subsidy subsidies grant grants "
                + "capital_expenditure capital_expenditures fund acquisition acquire acquired acquires",
            weak: "commit committed plan plans build building budget"),
        KindRow(
            name: "market_size", dimensions: [.money, .count],
            strong:
                "market_value market_size tam cluster industry_worth addressable industry_value output_value economy",
            weak: "market industry sector worth valued value"),
        KindRow(
            name: "market_share", dimensions: [.percent, .ratio],
            strong: "market_share share accounts accounted accounting stake of_all",
            weak: "market dominates holds"),
        KindRow(
            name: "unit_sales", dimensions: counts,
            strong:
                "sold shipped shipments shipment deliveries delivered units unit sales vehicles smartphones phones shipping sell sells selling",
            weak: "cars robots annual"),
        KindRow(
            name: "deployment", dimensions: counts,
            strong:
                "rollout deployed deploy deploys deployment installed_base mass-produce in_use operating launched satellites stations "
                + "capacity fleet rolled produce production", weak: "robots robot humanoid robotaxis vehicles charging"),
        KindRow(
            name: "cost_change", dimensions: [.percent, .money, .ratio],
            strong: "cheaper cost costs savings saving saves save", weak: "reduce reduces cut cuts lower lowering"),
        KindRow(
            name: "speedup_efficiency", dimensions: [.ratio, .percent],
            strong:
                "faster speed-up speedup utilization utilisation efficiency efficient throughput latency slower productivity speeds",
            weak: "performance speed training inference hardware"),
        KindRow(
            name: "growth_change", dimensions: [.percent, .ratio],
            strong: "year-on-year year-over-year yoy growth grew grow growing surged surge",
            weak:
                "rose rise increase increased fell declined decline dropped drop jumped climbed up down expanded higher lower"
        ),
        KindRow(
            name: "model_size", dimensions: [.count, .data],
            strong: "parameter parameters token tokens context_window", weak: "model models trained"),
        KindRow(
            name: "benchmark_score", dimensions: [.percent, .number],
            strong:
                "accuracy benchmark benchmarks scored score scores elo swe-bench mmlu humaneval gpqa pass_rate rated rating",
            weak: "test tests outperformed achieved accurate"),
        KindRow(
            name: "compute", dimensions: [.compute, .count, .rate],
            strong: "gpu gpus flops tflops tops petaflops exaflops accelerators accelerator tpus compute chips",
            weak: "cluster training"),
        KindRow(
            name: "throughput_latency", dimensions: [.rate, .time, .data, .count, .frequency],
            strong: "latency throughput response_time tokens_per frames_per ping", weak: "inference bandwidth real-time"
        ),
        KindRow(
            name: "hardware_spec", dimensions: measures,
            strong:
                "transistors transistor wafer wafers hbm bandwidth memory die node process battery range payload weighs weight weighing "
                + "storage screen display horsepower torque camera megapixel",
            weak: "chip device speed top height tall long degrees freedom"),
        KindRow(
            name: "quantum", dimensions: [.count, .percent, .time, .number],
            strong: "qubit qubits fidelity coherence", weak: "quantum error_rate"),
        KindRow(
            name: "energy_emissions", dimensions: [.power, .energy, .mass, .percent, .volume, .temperature],
            strong:
                "emissions emission co2 carbon electricity solar energy power grid megawatts gigawatts data_centre data_center pue renewable",
            weak: "capacity consumption tons tonnes data"),
        KindRow(
            name: "headcount_layoffs", dimensions: [.count, .percent, .number],
            strong:
                "employee employees headcount staff layoffs layoff workforce hire hires hired hiring jobs job workers engineers laid_off "
                + "employs employ", weak: "cut team roles positions researchers"),
        KindRow(name: "duration", dimensions: [.time], strong: ""),
        KindRow(name: "date_target", dimensions: [.year], strong: ""),
        KindRow(name: "rank", dimensions: [.rank], strong: ""),
        KindRow(name: "other_count", dimensions: [.count, .number], strong: "patents countries cities papers stores"),
        KindRow(name: "other", dimensions: [], strong: ""),
    ]

    /// The kind of a dimension when no word says more.
    static func fallback(_ dimension: Dimension, hasChange: Bool) -> String {
        switch dimension {
        case .count, .number: "other_count"
        case .time: "duration"
        case .year: "date_target"
        case .rank: "rank"
        case .percent where hasChange: "growth_change"
        case .ratio where hasChange: "growth_change"
        case .power, .energy: "energy_emissions"
        case .compute: "compute"
        case .data, .frequency, .length: "hardware_spec"
        default: "other"
        }
    }
}
