internal import WirewatchKit
internal import WirewatchText

/// Why a topic that the user names was found in an article, or what it lacked.
struct TopicReasons {
    /// How many terms of each sort are named.
    private static let limit = 10

    private let id: String
    private let article: Article
    private let judge: TopicJudge
    private let learned: LearnedTopics?

    init(_ id: String, _ article: Article, _ judge: TopicJudge, _ learned: LearnedTopics?) {
        self.id = id
        self.article = article
        self.judge = judge
        self.learned = learned
    }

    /// - Parameter scratch: what was found and judged, refused terms included.
    func explanation(_ scratch: inout TopicScratch) -> Explanation {
        let byModel = learned?.explanation(topic: id, article, scratch)
        guard let number = judge.lexicon.topics.firstIndex(where: { $0.id == id }) else {
            return byModel ?? Explanation(id)
        }
        var byTerms = TopicExplanation(scratch, judge).explanation(number)
        byTerms.children += lacks(number, scratch)
        guard var byModel else { return byTerms }
        byTerms.label = "by its terms alone"
        byModel.children.append(byTerms)
        return byModel
    }

    private func lacks(_ number: Int, _ scratch: TopicScratch) -> [Explanation] {
        let topic = judge.lexicon.topics[number]
        let points = judge.points(number, scratch).points
        var lacks: [Explanation] = []
        if points < topic.threshold, scratch.scores[number] == 0 {
            let detail = "\(shown(topic.threshold - points)) short: \(shown(points)) of \(shown(topic.threshold))"
            lacks.append(Explanation("points", held: false, detail: detail))
        }
        if !topic.required.isEmpty {
            lacks.append(
                Explanation(
                    "one of these is required", held: scratch.tallies[number].hasRequired,
                    detail: topic.required.joined(separator: ", ")))
        }
        if points == 0, scratch.tallies[number].hits > 0 {
            lacks.append(
                Explanation(
                    "precise terms", held: false, detail: "none occurs, and vague ones never carry a topic alone"))
        }
        if !LanguageSet.includes(topic.languages, article.language) {
            lacks.append(
                Explanation(
                    "language", held: false,
                    detail:
                        "\(article.language ?? "unknown"), and the topic is for \(topic.languages.joined(separator: ", "))"
                ))
        }
        return lacks + missing(number, scratch)
    }

    private func missing(_ number: Int, _ scratch: TopicScratch) -> [Explanation] {
        let found = (scratch.hits + scratch.refused).map { judge.lexicon.entries[Int($0.entry)] }
            .filter { Int($0.topic) == number }.map { Int($0.term) }
        let missing = MissingTerms(judge.lexicon.topics[number], found: Set(found), in: article)
        var parts: [Explanation] = []
        if !missing.nearMisses.isEmpty {
            parts.append(
                Explanation(
                    "nearest misses",
                    children: missing.nearMisses.prefix(Self.limit).map {
                        Explanation($0.term, detail: $0.reason, spans: Array($0.spans.prefix(2)))
                    }))
        }
        if !missing.absent.isEmpty {
            let names = missing.absent.prefix(Self.limit).map { "\($0.term.text) (\(shown($0.weight)))" }
            let more = missing.absent.count - names.count
            parts.append(
                Explanation(
                    "heaviest terms that do not occur",
                    detail: names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")))
        }
        return parts
    }
}
