/// How like an article and a story are, in what the decision to join goes by.
struct Likeness {
    static let names = [
        "cosine", "mean_link", "title_cosine", "log_articles", "days_apart", "recency", "covered", "title_covered",
        "log_terms", "margin", "story_covered", "age", "no_text", "log_shared", "name_cosine", "names_covered",
        "strongest_covered", "story_names_covered", "names_missing",
    ]
    static let count = 19

    var values: InlineArray<19, Float> = .init(repeating: 0)

    /// The cosine of the full vectors, by which candidates are set apart from one another.
    static let cosine = 0
    static let margin = 9
}

/// Whether an article joins a story: a network of one small hidden layer over their ``Likeness``.
///
/// The weights were fitted to labelled articles (0 is as likely as not), first with every article in its right story, then on
/// what the grouping itself had made of them. Titles alone, ledes and longer texts went in together, with and without times.
/// Half the units were fitted from one beginning, half from another, and speak for half each: the mean of two errs less.
struct JoinModel: Sendable {
    static let units = 16

    /// Values of all hidden units, as the processor's registers hold them.
    private typealias Units = (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>)

    /// For each value of the likeness its weights in all hidden units, then their biases.
    private let hidden: [Units]
    private let output: Units
    private let bias: Float

    /// - Parameters:
    ///   - hidden: For each of ``units`` hidden units a weight for each value of the likeness, and its bias.
    ///   - output: A weight for each hidden unit.
    init(hidden units: [[Float]], output: [Float], bias: Float) {
        hidden = (0...Likeness.count).map { value in Self.units(units.map { $0[value] }) }
        self.output = Self.units(output)
        self.bias = bias
    }

    private static func units(_ values: [Float]) -> Units {
        (
            SIMD4(values[0..<4]), SIMD4(values[4..<8]), SIMD4(values[8..<12]), SIMD4(values[12..<16])
        )
    }

    func score(_ likeness: Likeness) -> Float {
        var input = hidden[Likeness.count]
        let values = likeness.values.span
        for at in values.indices {
            let weights = hidden[at]
            input.0 += weights.0 * values[at]
            input.1 += weights.1 * values[at]
            input.2 += weights.2 * values[at]
            input.3 += weights.3 * values[at]
        }
        var sum: Float = 0
        func add(_ weights: SIMD4<Float>, _ input: SIMD4<Float>) {
            let size = input.replacing(with: -input, where: input .< 0)
            let told = weights * input / (1 + size)
            for at in told.indices { sum += told[at] }
        }
        add(output.0, input.0)
        add(output.1, input.1)
        add(output.2, input.2)
        add(output.3, input.3)
        return bias + sum
    }
}
