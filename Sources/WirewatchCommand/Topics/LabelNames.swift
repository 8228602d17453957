import ArgumentParser

/// `--as mobility=autonomy,ev_battery`: a label of a set that stands for topics of other names.
struct LabelNames: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "A label that stands for one or more configured topics; may be given again.",
            valueName: "label=topic,..."))
    var given: [String] = []

    func validate() throws {
        for text in given where Self.parts(text) == nil {
            throw ValidationError("'--as \(text)' is not of the form label=topic,topic")
        }
    }

    /// The topics found, and every label that one of them stands for.
    func widened(_ topics: Set<String>) -> Set<String> {
        var widened = topics
        for text in given {
            if let (label, parts) = Self.parts(text), !topics.isDisjoint(with: parts) { widened.insert(label) }
        }
        return widened
    }

    private static func parts(_ text: String) -> (label: String, topics: [String])? {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, !sides[0].isEmpty else { return nil }
        let topics = sides[1].split(separator: ",").map(String.init)
        return topics.isEmpty ? nil : (String(sides[0]), topics)
    }
}
