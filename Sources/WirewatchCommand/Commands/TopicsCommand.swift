import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchKit
import WirewatchLearning

/// `wirewatch topics`: the configured topics, and how well they are found.
struct TopicsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics",
        abstract: "Judge how well the configured topics are found.",
        subcommands: [EvaluateTopics.self])
}

/// `wirewatch topics eval`
struct EvaluateTopics: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Score the configured topics on articles that people labelled.",
        discussion: """
            Takes JSON lines of {"title": ..., "text": ..., "topics": ["ai", ...]} (also article records, or pages with \
            "content_type"), or a folder with a folder of documents for each topic ('none' for those without). "topics": [] \
            says that an article has none of them. Tags are not read, for labels are often made from them.

            The articles go through the stages of the configuration, with the model that 'classify' names, or without it. \
            Only topics that the set has somewhere are judged, for nobody looked for the others. Precision, recall and F1 \
            are given for each topic, over all decisions (micro) and as mean of the topics (macro).

            EXAMPLES
              wirewatch topics eval labelled.jsonl
              wirewatch topics eval labelled.jsonl --no-model --json
              wirewatch topics eval sections.jsonl --as mobility=autonomy,ev_battery
            """)

    @ArgumentParser.OptionGroup var file: ConfigurationFile
    @ArgumentParser.OptionGroup var labels: LabelNames

    @Argument(help: "Files of JSON lines, or folders.", completion: .file())
    var sets: [String]

    @Flag(name: .customLong("no-model"), help: "Judge the topics' terms alone, whatever model there is.")
    var withoutModel = false

    @Flag(help: "Print one JSON object instead of a table.")
    var json = false

    @Option(help: "The articles that a topic must have to count in macro averages.")
    var minSupport = 20

    func validate() throws {
        if sets.isEmpty { throw ValidationError("name a file of labelled articles") }
    }

    func run() throws {
        let configuration = try file.load(showingDoubts: false)
        let set = try LabelledSet(paths: sets)
        let pipeline = try TopicPipeline(configuration, includingTopics: !withoutModel)
        var scores = TopicScores(topics: set.topics)
        var count = 0
        try pipeline.forEach(set) { article, topics in
            count += 1
            let found =
                withoutModel
                ? zip(pipeline.topics, pipeline.measure(article)).filter { $1.isFound }.map(\.0)
                : article.topics.map(\.id)
            scores.add(found: labels.widened(Set(found)), labelled: Set(topics))
        }
        guard !scores.topics.isEmpty else {
            throw Failure(.dataError, "none of the \(count) articles has a topic; label them with 'topics'")
        }
        let text = TopicScoresText(terminal: Terminal.text(for: STDOUT_FILENO), minimumSupport: minSupport)
        guard json else {
            let title = withoutModel ? "terms alone" : "as configured"
            return try StandardOutput.write("\(count) articles\n" + text.table([.init(title: title, scores: scores)]))
        }
        var out = JSONWriter()
        out.beginObject()
        out.member("articles", count)
        text.write(scores, to: &out)
        out.endObject()
        out.endLine()
        try StandardOutput.write(out.bytes)
    }
}
