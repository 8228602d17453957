import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchKit
import WirewatchLearning

/// `wirewatch train`: learns what words weigh for topics.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Learn from labelled articles what words weigh for your topics.",
        discussion: """
            Takes what `wirewatch topics eval` takes: JSON lines of {"title": ..., "text": ..., "topics": ["ai", ...]}, or a \
            folder with a folder of documents for each topic ('none' for those without). Some hundreds of articles are \
            needed, and at least \(TrainingOptions().minimumExamples) of each topic; of a topic with fewer, or of one where \
            words do no better, the terms go on deciding alone.

            What is learned stands beside the terms of the configuration: a weight for each of the words that tell most, and \
            for what the terms say. Each topic's figures come from articles that it was not learned from. The same articles \
            give the same file, byte for byte. Models learn an outlet's manner as well; judge them with \
            `wirewatch topics eval` on articles of other outlets before you rely on one.

            EXAMPLES
              wirewatch train labelled.jsonl                 then 'model: topics.model' in the stage 'classify'
              wirewatch train labelled/ --output desk.model
              wirewatch train sections.jsonl --as mobility=autonomy,ev_battery --json
            """)

    @ArgumentParser.OptionGroup var file: ConfigurationFile
    @ArgumentParser.OptionGroup var labels: LabelNames

    @Argument(help: "Files of JSON lines, or folders.", completion: .file())
    var sets: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("The model's file.", valueName: "file"), completion: .file())
    var output = "topics.model"

    @Flag(name: .customLong("dry-run"), help: "Print the figures and write no model.")
    var isDryRun = false

    @Option(help: "How many words the model weighs at most, 100 to 100000.")
    var features = TrainingOptions().features

    @Option(help: "How many parts are held out in turn, 2 to 20.")
    var folds = TrainingOptions().folds

    @Option(help: "The fewest articles that a topic is learned from.")
    var minExamples = TrainingOptions().minimumExamples

    @Option(
        help: "How closely the labels are followed, 0.01 to 100. Default: what judges the articles held out best.")
    var cost: Double?

    @Option(help: "The articles that a topic must have to count in macro averages.")
    var minSupport = TrainingOptions().minimumSupport

    @Flag(help: "Print one JSON object instead of a table.")
    var json = false

    func validate() throws {
        if sets.isEmpty { throw ValidationError("name a file of labelled articles") }
        if !(100...100_000).contains(features) { throw ValidationError("--features takes 100 to 100000") }
        if !(2...20).contains(folds) { throw ValidationError("--folds takes 2 to 20") }
        if let cost, !(0.01...100).contains(cost) { throw ValidationError("--cost takes 0.01 to 100") }
        if minExamples < 1 { throw ValidationError("--min-examples takes 1 or more") }
    }

    func run() throws {
        let configuration = try file.load(showingDoubts: false)
        let labelled = try LabelledSet(paths: sets)
        let pipeline = try TopicPipeline(configuration, includingTopics: false)
        var set = TrainingSet(lexicon: pipeline.topics)
        try pipeline.forEach(labelled) { article, topics in
            let measures = pipeline.measure(article)
            let alone = zip(pipeline.topics, measures).filter { $1.isFound }.map(\.0)
            set.add(article, measures: measures, topics: topics, byTerms: labels.widened(Set(alone)))
        }
        var options = TrainingOptions()
        (options.features, options.folds, options.minimumExamples) = (features, folds, minExamples)
        (options.cost, options.minimumSupport) = (cost, minSupport)
        let result: TopicTraining.Result
        do {
            result = try TopicTraining(set, options: options).run()
        } catch {
            throw Failure(.dataError, error.description)
        }
        if !isDryRun { try OutputFile.replace(output, with: result.model.fileBytes) }
        try StandardOutput.write(json ? jsonReport(result) : report(result))
    }

    private func report(_ result: TopicTraining.Result) -> String {
        let report = result.report
        let text = TopicScoresText(terminal: Terminal.text(for: STDOUT_FILENO), minimumSupport: minSupport)
        let notes = report.deciders.compactMapValues(\.note)
        var lines = "\(report.articles) articles, each judged by what was learned from the other parts of \(folds)\n"
        lines += text.table(
            [.init(title: "terms alone", scores: report.lexicon), .init(title: "trained", scores: report.heldOut)],
            notes: notes)
        if isDryRun { return lines }
        return lines + "wrote \(TerminalText.safe(output)): \(result.model.topicIDs.count) topics, "
            + "\(result.model.wordCount) words; name it as 'model' of the stage 'classify'\n"
    }

    private func jsonReport(_ result: TopicTraining.Result) -> String {
        let text = TopicScoresText(terminal: TerminalText(colored: false), minimumSupport: minSupport)
        var json = JSONWriter()
        json.beginObject()
        json.member("articles", result.report.articles)
        for (name, scores) in [("terms", result.report.lexicon), ("trained", result.report.heldOut)] {
            json.key(name)
            json.beginObject()
            text.write(scores, to: &json)
            json.endObject()
        }
        json.key("decided_by")
        json.beginObject()
        for (topic, decider) in result.report.deciders.sorted(by: { $0.key < $1.key }) {
            json.member(topic, decider.rawValue)
        }
        json.endObject()
        json.member("words", result.model.wordCount)
        json.member("model", isDryRun ? nil : output)
        json.endObject()
        json.endLine()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension TrainingReport.Decider {
    fileprivate var note: String? {
        switch self {
        case .words: nil
        case .terms: "words did no better: by its terms alone"
        case .termsForLackOfExamples: "too few articles: by its terms alone"
        case .nothing: "too few articles and no terms: not found"
        }
    }
}
