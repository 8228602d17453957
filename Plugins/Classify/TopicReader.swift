internal import WirewatchKit
internal import WirewatchText

/// Reads a topic from options, reporting every mistake at its place.
enum TopicReader {
    static func topic(_ id: String, _ reader: OptionReader) -> ClassifyOptions.TopicOptions {
        var topic = ClassifyOptions.TopicOptions(
            id: id, threshold: reader.number("threshold") ?? 2.5, titleWeight: reader.number("title_weight") ?? 2.5)
        var seen: [Term: SourceLocation] = [:]
        func add(_ text: String, weight: Double, isCaseSensitive: Bool, at place: SourceLocation) {
            let term = Term(text, isCaseSensitive: isCaseSensitive)
            if let problem = term.problem {
                reader.report("the term '\(text)' of topic '\(id)' \(problem)", at: place)
            } else if let first = seen.updateValue(place, forKey: term) {
                reader.report(
                    "the term '\(text)' of topic '\(id)' was given before, in line \(first.line); remove one",
                    at: place)
            } else {
                topic.terms.append(ClassifyOptions.WeightedTerm(term: term, weight: weight))
            }
        }
        for value in reader.list("terms") {
            if let term = reader.reader(of: value, ClassifyOptions.termGroup) {
                guard let text = term.string("term") else { continue }
                add(
                    text, weight: term.number("weight") ?? 1, isCaseSensitive: term.bool("case"),
                    at: term.location("term"))
            } else if let text = OptionReader.text(value) {
                add(text, weight: 1, isCaseSensitive: false, at: value.location)
            }
        }
        for value in reader.list("vague") {
            if let text = OptionReader.text(value) {
                add(text, weight: 0.3, isCaseSensitive: false, at: value.location)
            }
        }
        topic.required = conditionTerms("required", of: id, reader)
        topic.excluded = conditionTerms("excluded", of: id, reader)
        if !topic.terms.isEmpty, topic.terms.allSatisfy(\.isVague) {
            reader.report(
                "topic '\(id)' has vague terms alone (below weight \(ClassifyOptions.preciseWeight)), so it would never be found; "
                    + "add a precise one")
        }
        return topic
    }

    private static func conditionTerms(_ name: String, of id: String, _ reader: OptionReader) -> [String] {
        reader.list(name).compactMap { value in
            guard let text = OptionReader.text(value) else { return nil }
            if let problem = Term(text).problem {
                reader.report("the '\(name)' term '\(text)' of topic '\(id)' \(problem)", at: value.location)
                return nil
            }
            return text
        }
    }
}
