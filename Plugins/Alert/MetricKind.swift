/// The kinds of metric that the `metrics` stage finds, so that a misspelt one is noticed.
enum MetricKind {
    static let all: Set<String> = money.union([
        "downloads", "users_usage", "customers_partners", "market_share", "unit_sales", "deployment", "growth_change",
        "cost_change", "speedup_efficiency", "model_size", "benchmark_score", "compute", "throughput_latency",
        "hardware_spec", "quantum", "energy_emissions", "headcount_layoffs", "duration", "date_target", "rank",
        "other_count",
    ])

    /// Kinds whose amounts are mostly money.
    static let money: Set<String> = [
        "funding", "valuation", "revenue_profit", "price", "orders_contracts", "investment_capex", "market_size",
    ]

    /// The kind that a name means: its own, or one of its words where no other kind has it: `orders` for
    /// `orders_contracts`. Nil for anything else.
    static func named(_ name: String) -> String? {
        if all.contains(name) { return name }
        let having = all.filter { $0.split(separator: "_").contains(Substring(name)) }
        return having.count == 1 ? having.first : nil
    }

    /// What a misspelt kind may have been meant to be, as words that end a message.
    static func suggestion(for name: String) -> String {
        let near = all.filter { kind in
            kind.contains(name) || name.contains(kind) || distance(kind, name) <= 2
        }
        if !near.isEmpty { return "; did you mean '\(near.sorted().joined(separator: "' or '"))'?" }
        return "; there are \(all.sorted().joined(separator: ", "))"
    }

    /// How many bytes must be changed, added or left out to make one word of the other (Levenshtein).
    private static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let change = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
