public import WirewatchKit
internal import WirewatchText

extension Plugin {
    /// The `classify` stage.
    public static let classify = Plugin.stage(
        "classify", summary: "Finds an article's topics by weighted terms, with the text that tells each."
    ) { (options: ClassifyOptions, _) in Classify(options) }
}

/// Finds topics by their terms: one pass over each text of the article for the terms of all topics.
struct Classify: Stage {
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

    func process(_ event: inout ArticleEvent) throws -> Verdict {
        let article = event.article
        let scores = scores(article)
        var topics: [Topic] = []
        for (group, topic) in zip(options.topics, scores) where !topic.hits.isEmpty && topic.veto == nil {
            let score = score(topic, group, article)
            guard score >= 0.5 else { continue }
            topics.append(Topic(id: group.id, score: score, evidence: evidence(topic, group)))
        }
        topics.sort { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score }
        // Topics that another stage found stay; those of the same id are made anew.
        let own = Set(options.topics.map(\.id))
        event.article.topics = topics + article.topics.filter { !own.contains($0.id) }
        return .keep
    }

    // MARK: Finding terms

    /// The hits of every topic, in the order of the options.
    private func scores(_ article: Article) -> [TopicScore] {
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

    // MARK: Judging

    private func score(_ topic: TopicScore, _ group: ClassifyOptions.TopicOptions, _ article: Article) -> Double {
        let parts = topic.parts(bodyBytes: article.body.utf8.count, titleWeight: group.titleWeight)
        return TopicScore.score(points: parts.total, threshold: group.threshold)
    }

    /// The first occurrence of every term, by weight and place; then the repeats, in the same order.
    private func evidence(_ topic: TopicScore, _ group: ClassifyOptions.TopicOptions) -> [TopicEvidence] {
        func stronger(_ a: TopicScore.Hit, _ b: TopicScore.Hit) -> Bool {
            let (x, y) = (Self.strength(a), Self.strength(b))
            if x != y { return x > y }
            if a.place != b.place { return a.place < b.place }
            return a.span.range.lowerBound < b.span.range.lowerBound
        }
        var seen: Set<Int> = []
        var first: [TopicScore.Hit] = []
        var repeated: [TopicScore.Hit] = []
        for hit in topic.hits.sorted(by: stronger) {
            if seen.insert(hit.term).inserted { first.append(hit) } else { repeated.append(hit) }
        }
        return (first + repeated).prefix(options.evidenceLimit).map { hit in
            TopicEvidence(term: group.terms[hit.term].term.text, span: hit.span, weight: hit.weight)
        }
    }

    private static func strength(_ hit: TopicScore.Hit) -> Double {
        switch hit.place {
        case .title: hit.weight * 3
        case .subtitle, .lede: hit.weight * 1.5
        case .tag, .caption, .body: hit.weight
        }
    }

    // MARK: Explaining

    func explain(_ event: ArticleEvent) -> Explanation? {
        let article = event.article
        let scored = zip(options.topics, scores(article))
            .filter { !$0.1.hits.isEmpty }
            .map { group, topic in (group, topic, score(topic, group, article)) }
            .sorted { $0.2 > $1.2 }
        let found = scored.count { $0.1.veto == nil && $0.2 >= 0.5 }
        return Explanation(
            "topics", detail: "\(found) found of \(options.topics.count), \(scored.count - found) more had a term",
            children: scored.map { explanation($0, $1, $2, article) })
    }

    private func explanation(
        _ group: ClassifyOptions.TopicOptions, _ topic: TopicScore, _ score: Double, _ article: Article
    ) -> Explanation {
        let parts = topic.parts(bodyBytes: article.body.utf8.count, titleWeight: group.titleWeight)
        var detail =
            "score \(rounded(score)): \(rounded(parts.total)) points of \(rounded(group.threshold)) (title "
            + "\(rounded(parts.title)), lede \(rounded(parts.lede)), density \(rounded(parts.density)), distinct terms "
            + "\(rounded(parts.distinct)))"
        if let veto = topic.veto { detail += "; \(veto)" }
        if parts.total == 0 { detail += "; vague terms alone" }
        let terms = Dictionary(grouping: topic.hits, by: \.term).sorted {
            let (a, b) = (Double($0.value.count) * $0.value[0].weight, Double($1.value.count) * $1.value[0].weight)
            return a == b ? $0.key < $1.key : a > b
        }
        return Explanation(
            group.id, held: topic.veto == nil && score >= 0.5, detail: detail,
            children: terms.map { term, hits in
                Explanation(
                    group.terms[term].term.text, detail: "weight \(rounded(hits[0].weight)), \(hits.count) times",
                    spans: hits.map(\.span))
            })
    }

    private func rounded(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        let fraction = hundredths % 100
        if fraction == 0 { return String(hundredths / 100) }
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction % 10 == 0 ? fraction / 10 : fraction)"
    }
}
