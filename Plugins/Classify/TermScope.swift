internal import WirewatchKit
internal import WirewatchText

/// Where terms count: what stands near them, and in which languages.
struct TermScope {
    /// The topic's id, for messages.
    let topic: String
    /// Of the topic.
    let reader: OptionReader

    /// The widest reach of `within`.
    private static let widest = 200

    /// The conditions of some terms; nil when there are none.
    func context(_ group: OptionReader, of terms: [String]) -> ClassifyOptions.Context? {
        var context = ClassifyOptions.Context()
        context.near = texts("near", group, what: "'near' term")
        context.notNear = texts("not_near", group, what: "'not_near' term")
        let own = Set(terms.compactMap { Term($0).spellings.first })
        let near = Set(context.near.compactMap { Term($0).spellings.first })
        for name in ["near", "not_near"] {
            for value in group.list(name) {
                guard let text = OptionReader.text(value), let spelling = Term(text).spellings.first else { continue }
                if own.contains(spelling) {
                    group.report("'\(name)' of the term '\(text)' names the term itself", at: value.location)
                } else if name == "not_near", near.contains(spelling) {
                    group.report(
                        "'\(text)' is in both 'near' and 'not_near', so that the term would never count; remove one",
                        at: value.location)
                }
            }
        }
        if let text = group.raw("within").flatMap(OptionReader.text) {
            if group.raw("near") == nil, group.raw("not_near") == nil {
                group.report(
                    "'within' has no terms to look for; add 'near' or 'not_near'", at: group.location("within"))
            }
            if let words = Self.words(text) {
                context.within = words
            } else {
                group.report(
                    "'within' must be a number of words from 1 to \(Self.widest), such as '12 words', not '\(text)'",
                    at: group.location("within"))
            }
        }
        return context.near.isEmpty && context.notNear.isEmpty ? nil : context
    }

    private static func words(_ text: String) -> Int? {
        let parts = text.split(separator: " ")
        guard let count = parts.first.flatMap({ Int($0) }), (1...widest).contains(count), parts.count <= 2,
            parts.count == 1 || parts[1] == "words" || parts[1] == "word"
        else { return nil }
        return count
    }

    /// The terms of an option, but those that can match nothing.
    func texts(_ name: String, _ group: OptionReader, what: String) -> [String] {
        group.list(name).compactMap { value in
            guard let text = OptionReader.text(value) else { return nil }
            if let problem = Term(text).problem {
                group.report("the \(what) '\(text)' of topic '\(topic)' \(problem)", at: value.location)
                return nil
            }
            return text
        }
    }

    // MARK: Languages

    /// The language tags of some options, in small letters.
    func languages(_ group: OptionReader) -> [String] {
        group.list("languages").compactMap { value in
            guard let text = OptionReader.text(value) else { return nil }
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            let isTag =
                (2...3).contains(parts[0].utf8.count)
                && parts.allSatisfy { part in
                    !part.isEmpty && part.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 }
                }
            if !isTag {
                group.report(
                    "'\(text)' is no language tag; write one such as 'en', 'zh' or 'pt-BR'", at: value.location)
                return nil
            }
            return text.lowercased()
        }
    }
}
