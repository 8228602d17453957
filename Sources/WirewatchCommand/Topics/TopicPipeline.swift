import WirewatchConfig
import WirewatchEngine
import WirewatchKit

/// The configured stages up to the one that finds topics, and what its terms say.
struct TopicPipeline {
    /// The ids of the topics with terms.
    let topics: [String]
    /// What the terms say of an article, in the order of ``topics``.
    let measure: @Sendable (Article) -> [TopicMeasure]
    private let pipeline: InlinePipeline

    /// - Parameter includingTopics: whether articles go through the stage that finds topics too.
    /// - Throws: ``Failure`` with code 78 when no stage, or more than one, finds topics by terms.
    init(_ configuration: Configuration, includingTopics: Bool) throws {
        var configuration = configuration
        let stages = configuration.pipeline.indices.filter { configuration.pipeline[$0].options is any TopicMeasuring }
        guard stages.count == 1, let index = stages.first,
            let options = configuration.pipeline[index].options as? any TopicMeasuring
        else {
            throw Failure(
                .configuration,
                stages.isEmpty
                    ? "no stage of the pipeline finds topics by terms; add one of type 'classify'"
                    : "\(stages.count) stages find topics by terms; keep one, for topics are learned beside one")
        }
        topics = options.measuredTopics
        measure = options.makeTopicMeasure()
        configuration.pipeline = Array(configuration.pipeline[..<(includingTopics ? index + 1 : index)])
        pipeline = try InlinePipeline(
            configuration: configuration, clock: SystemClock(),
            log: Logger.standardError(level: configuration.log.level))
    }

    /// The articles of a set as they leave the stages, with their labels; what is wrong with the others goes to standard
    /// error.
    ///
    /// - Throws: ``Failure`` with code 65 when none is left.
    func forEach(_ set: LabelledSet, _ body: (Article, [String]) -> Void) throws {
        for fault in set.faults.prefix(20) { Self.tell(fault.place, fault.reason) }
        if set.faults.count > 20 { StandardOutput.message("wirewatch: and \(set.faults.count - 20) more") }
        var count = 0
        for entry in set.entries {
            let result = pipeline.process(entry.input.document, source: entry.input.source, id: entry.input.id)
            if let failure = result.failed {
                Self.tell(entry.place, "stage '\(failure.stage)' failed: \(failure.error)")
            } else if let drop = result.dropped {
                Self.tell(entry.place, "dropped by stage '\(drop.stage)': \(drop.reason)")
            } else {
                count += 1
                body(result.article, entry.topics)
            }
        }
        if count == 0 {
            throw Failure(
                .dataError,
                set.entries.isEmpty && set.faults.isEmpty
                    ? "the set is empty; it takes lines of {\"title\", \"text\", \"topics\"}, or a folder for each topic"
                    : "no labelled article could be read")
        }
    }

    private static func tell(_ place: String, _ text: String) {
        StandardOutput.message("wirewatch: \(TerminalText.safe(place)): \(TerminalText.safe(text))")
    }
}
