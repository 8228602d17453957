internal import WirewatchKit
internal import WirewatchText

/// Reads one topic from options, and what extends it.
struct TopicReader {
    private(set) var topic: ClassifyOptions.TopicOptions
    /// Where the topic itself is written.
    private let group: OptionReader
    private var terms = TermList()
    private var places: [String: SourceLocation] = [:]

    init(_ id: String, _ group: OptionReader, _ weights: ClassifyOptions.FieldWeights) {
        topic = ClassifyOptions.TopicOptions(id: id)
        topic.fieldWeights = weights
        self.group = group
    }

    /// Reads options; those of an extension add terms, and replace the rest where they are written.
    mutating func read(_ reader: OptionReader, isExtension: Bool) {
        terms.begin(isExtension: isExtension)
        let scope = TermScope(topic: topic.id, reader: reader)
        for value in reader.list("terms") {
            if let group = reader.reader(of: value, ClassifyOptions.termGroup) {
                terms.add(group, scope)
            } else if let text = OptionReader.text(value) {
                terms.add(text, ClassifyOptions.WeightedTerm(term: Term(text), weight: 1), at: value.location, scope)
            }
        }
        for value in reader.list("vague") {
            guard let text = OptionReader.text(value) else { continue }
            terms.add(text, ClassifyOptions.WeightedTerm(term: Term(text), weight: 0.3), at: value.location, scope)
        }
        topic.terms = terms.all
        topic.required += scope.texts("required", reader, what: "'required' term")
        topic.excluded += scope.texts("excluded", reader, what: "'excluded' term")
        for name in ["threshold", "parent", "include_parent", "languages", "at_least", "terms"]
        where reader.raw(name) != nil {
            places[name] = reader.location(name)
        }
        if let threshold = reader.number("threshold") { topic.threshold = threshold }
        readFieldWeights(reader)
        if let minimum = reader.group("at_least", ClassifyOptions.minimumGroup) {
            if let count = minimum.integer("count") { topic.minimum.count = count }
            if let distinct = minimum.integer("distinct") { topic.minimum.distinct = distinct }
            if let density = minimum.number("density") { topic.minimum.density = density }
        }
        if reader.raw("parent") != nil { topic.parent = reader.string("parent") }
        if reader.raw("include_parent") != nil { topic.includesParent = reader.bool("include_parent") }
        if reader.raw("languages") != nil { topic.languages = scope.languages(reader) }
    }

    private mutating func readFieldWeights(_ reader: OptionReader) {
        if let weights = reader.group("field_weights", ClassifyOptions.fieldWeightsGroup) {
            Self.read(&topic.fieldWeights, weights)
            if weights.raw("title") != nil, reader.raw("title_weight") != nil {
                reader.report(
                    "topic '\(topic.id)' has both 'title_weight' and 'field_weights: {title: ...}', which say the same; keep one",
                    at: reader.location("title_weight"))
            }
        }
        if let title = reader.number("title_weight") { topic.fieldWeights.title = title }
    }

    static func read(_ weights: inout ClassifyOptions.FieldWeights, _ group: OptionReader) {
        if let title = group.number("title") { weights.title = title }
        if let lede = group.number("lede") { weights.lede = lede }
        if let body = group.number("body") { weights.body = body }
        if let tags = group.number("tags") { weights.tags = tags }
        if let captions = group.number("captions") { weights.captions = captions }
        if [weights.title, weights.lede, weights.body, weights.tags, weights.captions].allSatisfy({ $0 == 0 }) {
            group.report("all of 'field_weights' are 0, so that no term would ever count")
        }
    }

    // MARK: Checking

    /// Reports at one of the topic's options.
    func report(_ option: String, _ message: String) {
        group.report(message, at: places[option] ?? group.value.location)
    }

    /// Reports what keeps the whole topic from ever being found.
    func check() {
        let precise = topic.terms.filter { !$0.isVague }
        if topic.terms.isEmpty { return }
        if precise.isEmpty {
            group.report(
                "topic '\(topic.id)' has vague terms alone (below weight \(ClassifyOptions.preciseWeight)), so it would never "
                    + "be found; add a precise one")
            return
        }
        if topic.minimum.distinct > precise.count {
            report(
                "at_least",
                "topic '\(topic.id)' asks for \(topic.minimum.distinct) different terms and has \(precise.count) of "
                    + "weight 0.5 and more, so it would never be found")
        }
        let most = TopicScore.mostPoints(topic)
        if topic.threshold > most {
            report(
                "threshold",
                "topic '\(topic.id)' asks for \(shown(topic.threshold)) points, and its terms make \(shown(most)) "
                    + "at most, so it would never be found; lower the threshold or raise weights")
        }
        terms.check(topic, group)
    }
}

/// Two digits after the point at most.
func shown(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    let fraction = hundredths % 100
    if fraction == 0 { return String(hundredths / 100) }
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction % 10 == 0 ? fraction / 10 : fraction)"
}
