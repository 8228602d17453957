import Testing
import WirewatchKit

@testable import WirewatchLearning

@Suite("Learning topics")
struct TopicTrainingTests {
    @Test("Words are learned where terms are too few, and judged on articles held out")
    func learns() throws {
        let result = try TopicTraining(MadeArticles.set()).run()
        #expect(result.model.topicIDs == ["boats", "cranes"])
        #expect(result.report.articles == 120)
        let (boats, cranes) = (result.report.heldOut["boats"], result.report.heldOut["cranes"])
        #expect((boats?.f1 ?? 0) > 0.9 && (cranes?.f1 ?? 0) > 0.9)
        #expect(boats?.support == 30 && cranes?.support == 40)
        let alone = try #require(result.report.lexicon["cranes"])
        #expect(alone.recall < 0.5 && alone.precision == 1)
        #expect(result.report.deciders == ["boats": .words, "cranes": .words])
    }

    @Test("The same articles give the same file")
    func deterministic() throws {
        let first = try TopicTraining(MadeArticles.set()).run().model.fileBytes
        for _ in 0..<3 { #expect(try TopicTraining(MadeArticles.set()).run().model.fileBytes == first) }
    }

    @Test("What a model judges is what it was trained for, with the words that told it")
    func judges() throws {
        let model = try TopicTraining(MadeArticles.set()).run().model
        var article = Article()
        article.title = "News"
        article.body = "At noon the ferry left its berth, and sailors mended the rudder."
        var scratch = TopicModel.Scratch()
        for _ in 0..<2 {
            model.judge(article, [TopicMeasure(strength: 0)], &scratch)
            #expect(scratch.margins[0] > 0 && scratch.margins[1] < 0)
        }
        let words = model.words(ofTopic: 0, in: article, &scratch, limit: 5)
        #expect(!words.isEmpty && words.allSatisfy { article.text(of: $0.span)?.lowercased() == $0.word })
        #expect(zip(words, words.dropFirst()).allSatisfy { $0.weight >= $1.weight })
        #expect(words.contains { MadeArticles.boats.joined(separator: " ").contains($0.word) })
        #expect(!model.missingWords(ofTopic: 1, scratch, limit: 3).isEmpty)
    }

    @Test("A topic with too few articles stays with its terms, or is not found")
    func few() throws {
        var set = MadeArticles.set()
        for number in 0..<4 {
            var article = Article()
            article.title = "Kite number \(number)"
            set.add(article, measures: [TopicMeasure(strength: 0)], topics: ["kites"])
        }
        let result = try TopicTraining(set).run()
        #expect(!result.model.topicIDs.contains("kites"))
        #expect(result.report.deciders["kites"] == .nothing)
    }

    @Test("Terms that find everything are left to decide alone")
    func goodTerms() throws {
        var set = TrainingSet(lexicon: ["cranes"])
        for number in 0..<60 {
            var article = Article()
            article.body = MadeArticles.fillers[number % 6]
            set.add(
                article, measures: [TopicMeasure(strength: number % 3 == 0 ? 2 : 0)],
                topics: number % 3 == 0 ? ["cranes"] : [])
        }
        let result = try TopicTraining(set).run()
        #expect(result.report.heldOut["cranes"]?.f1 == 1)
        #expect(result.report.deciders["cranes"] == .terms)
    }

    @Test("An excluded topic is not given, whatever the words say")
    func excluded() throws {
        var set = TrainingSet(lexicon: ["cranes"])
        for number in 0..<60 {
            var article = Article()
            article.body = number % 2 == 0 ? MadeArticles.cranes[0] : MadeArticles.fillers[number % 6]
            set.add(
                article, measures: [TopicMeasure(strength: 0, isExcluded: true)],
                topics: number % 2 == 0 ? ["cranes"] : [])
        }
        #expect(try TopicTraining(set).run().report.heldOut["cranes"]?.truePositives == 0)
    }

    @Test("A set that nothing can be learned from is refused with what it lacks")
    func refused() {
        func message(_ topics: [[String]]) -> String {
            var set = TrainingSet(lexicon: [])
            for labels in topics { set.add(Article(), measures: [], topics: labels) }
            do {
                _ = try TopicTraining(set).run()
                return "learned"
            } catch {
                return error.description
            }
        }
        #expect(message([]) == "there is no labelled article")
        #expect(message([[], []]).contains("none of the 2 articles has a topic"))
        #expect(message(Array(repeating: ["ai"], count: 30)).contains("all 30 articles have the one topic 'ai'"))
        #expect(message([["ai"], ["ai"], []]).contains("no topic has at least 10 articles"))
    }

    @Test("Every fold has its share of each topic, whatever the order")
    func folds() {
        let labels = (0..<50).map { [$0 % 5] }
        let folds = Folds.assign(labels, count: 5)
        for topic in 0..<5 {
            let counts = (0..<5).map { fold in labels.indices.count { labels[$0] == [topic] && folds[$0] == fold } }
            #expect(counts == [2, 2, 2, 2, 2])
        }
    }
}
