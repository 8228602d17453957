internal import Glibc

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
struct JoinModel: Sendable {
    /// For each hidden unit a weight for each value of the likeness, and its bias.
    var hidden: [[Float]]
    /// A weight for each hidden unit, and the bias.
    var output: [Float]

    func score(_ likeness: Likeness) -> Float {
        var sum = output[hidden.count]
        for unit in hidden.indices {
            let weights = hidden[unit]
            var input = weights[Likeness.count]
            for at in 0..<Likeness.count { input += weights[at] * likeness.values[at] }
            sum += output[unit] * tanhf(input)
        }
        return sum
    }
}
