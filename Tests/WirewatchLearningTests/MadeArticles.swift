import WirewatchKit

@testable import WirewatchLearning

/// Made articles: of cranes, of boats, of both and of neither.
enum MadeArticles {
    static let fillers = [
        "the day was long and nobody had much to say of it", "prices rose a little and then fell again",
        "a committee met and wrote a letter to another", "there was rain in the morning and sun at noon",
        "three people came and four went home", "the bridge stays closed until the end of the month",
    ]
    static let cranes = [
        "a crane lifted the glass", "the hoist swung its jib around", "riggers checked the counterweight",
    ]
    static let boats = ["the ferry left its berth", "a keel was laid at the yard", "sailors mended the rudder"]

    /// The terms say half of what there is to know of cranes, and nothing of boats.
    static func set(count: Int = 120) -> TrainingSet {
        var set = TrainingSet(lexicon: ["cranes"])
        for number in 0..<count {
            var article = Article()
            article.title = "Report number \(number)"
            article.body = fillers[number % fillers.count] + ". " + fillers[(number / 2) % fillers.count] + "."
            var topics: [String] = []
            if number % 3 == 0 {
                article.body += " " + cranes[(number / 3) % 3] + "."
                topics.append("cranes")
            }
            if number % 4 == 0 {
                article.body += " " + boats[(number / 4) % 3] + "."
                topics.append("boats")
            }
            set.add(article, measures: [TopicMeasure(strength: number % 9 == 0 ? 1.5 : 0)], topics: topics)
        }
        return set
    }
}
