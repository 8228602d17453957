internal import WirewatchKit
internal import WirewatchText

/// Finds the terms of all topics in one pass over each text of an article.
struct TopicFinder: Sendable {
    private enum Role { case term(Int), required, excluded }

    /// What a term of the matcher means to one topic.
    private struct Use {
        var topic: Int
        var role: Role
        var weight: Double
    }

    private let options: ClassifyOptions
    private let matcher: TermMatcher
    /// For each term of the matcher, the topics that use it.
    private let uses: [[Use]]

    init(_ options: ClassifyOptions) {
        self.options = options
        var numbers: [Term: Int] = [:]
        var terms: [Term] = []
        var uses: [[Use]] = []
        func add(_ term: Term, _ use: Use) {
            if let number = numbers[term] {
                uses[number].append(use)
            } else {
                numbers[term] = terms.count
                terms.append(term)
                uses.append([use])
            }
        }
        for (topic, group) in options.topics.enumerated() {
            for (n, term) in group.terms.enumerated() {
                add(term.term, Use(topic: topic, role: .term(n), weight: term.weight))
            }
            for text in group.required { add(Term(text), Use(topic: topic, role: .required, weight: 0)) }
            for text in group.excluded { add(Term(text), Use(topic: topic, role: .excluded, weight: 0)) }
        }
        self.uses = uses
        matcher = TermMatcher(terms)
    }

    /// The hits of every topic, in the order of the options.
    func scores(_ article: Article) -> [TopicScore] {
        var scores = [TopicScore](repeating: TopicScore(), count: options.topics.count)
        var reach = [Int](repeating: -1, count: options.topics.count)
        var isRequirementMet = options.topics.map(\.required.isEmpty)
        var words = Words()
        var matches: [TermMatch] = []
        for field in article.textFields {
            guard let text = article.text(of: field) else { continue }
            matches.removeAll(keepingCapacity: true)
            matcher.find(in: text, words: &words, into: &matches)
            let ledeEnd = field == .body ? Self.ledeEnd(text) : 0
            for topic in reach.indices { reach[topic] = -1 }
            for match in matches {
                for use in uses[match.term] {
                    switch use.role {
                    case .required: isRequirementMet[use.topic] = true
                    case .excluded:
                        scores[use.topic].veto = "excluded by '\(matcher.terms[match.term].text)'"
                    case .term(let term):
                        // Inside a longer term of the same topic: 'robot' in 'humanoid robot'.
                        guard match.range.upperBound > reach[use.topic] else { continue }
                        reach[use.topic] = match.range.upperBound
                        scores[use.topic].hits.append(
                            .init(
                                term: term, weight: use.weight, place: Self.place(field, match.range, ledeEnd),
                                span: TextSpan(field, match.range)))
                    }
                }
            }
        }
        for topic in scores.indices where !isRequirementMet[topic] && scores[topic].veto == nil {
            scores[topic].veto = "none of its required terms occurs"
        }
        return scores
    }

    private static func place(_ field: TextField, _ range: Range<Int>, _ ledeEnd: Int) -> TopicScore.Place {
        switch field {
        case .title: .title
        case .subtitle: .subtitle
        case .caption, .editorsNote: .caption
        case .tag: .tag
        case .body: range.upperBound <= ledeEnd ? .lede : .body
        }
    }

    /// Where the lede ends: after the second paragraph, but not before byte 600 nor after byte 1,200.
    private static func ledeEnd(_ body: String) -> Int {
        var body = body
        return body.withUTF8 { bytes in
            var breaks = 0
            var at = 0
            while at + 1 < min(bytes.count, 1200) {
                if bytes[at] == 0x0A && bytes[at + 1] == 0x0A {
                    breaks += 1
                    if breaks >= 2 { return max(at, 600) }
                }
                at += 1
            }
            return 1200
        }
    }
}
