internal import WirewatchKit
internal import WirewatchText

/// Reads `topics` and `extend` into one list, reporting every mistake at its place.
struct TopicsReader {
    private var topics: [TopicReader] = []
    private var numbers: [String: Int] = [:]

    static func topics(_ options: OptionReader) -> [ClassifyOptions.TopicOptions] {
        var reader = TopicsReader()
        var weights = ClassifyOptions.FieldWeights()
        if let group = options.group("field_weights", ClassifyOptions.fieldWeightsGroup) {
            TopicReader.read(&weights, group)
        }
        for entry in options.entries("topics") {
            guard let group = options.reader(of: entry.value, ClassifyOptions.topicGroup) else { continue }
            reader.add(entry.key, group, weights)
        }
        if reader.topics.isEmpty, case .map? = options.raw("topics")?.content {
            options.report(
                "no topics; name at least one, such as 'robotics: {terms: [robot]}'", at: options.location("topics"))
        }
        for map in options.list("extend") {
            guard case .map(let entries) = map.content else { continue }
            for entry in entries {
                guard let group = options.reader(of: entry.value, ClassifyOptions.extensionGroup) else { continue }
                reader.extend(entry.key, group, weights, options)
            }
        }
        for topic in reader.topics { topic.check() }
        reader.checkParents()
        return reader.topics.map(\.topic)
    }

    private mutating func add(_ id: String, _ group: OptionReader, _ weights: ClassifyOptions.FieldWeights) {
        var topic = TopicReader(id, group, weights)
        topic.read(group, isExtension: false)
        numbers[id] = topics.count
        topics.append(topic)
    }

    private mutating func extend(
        _ id: String, _ group: OptionReader, _ weights: ClassifyOptions.FieldWeights, _ options: OptionReader
    ) {
        if let number = numbers[id] {
            topics[number].read(group, isExtension: true)
        } else if group.raw("terms") == nil {
            group.report(
                "'extend' names the topic '\(id)', which 'topics' does not have; a new one needs 'terms'"
                    + Spelling.hint(id, among: numbers.keys.sorted()))
        } else {
            add(id, group, weights)
        }
    }

    // MARK: Parents

    private func checkParents() {
        for topic in topics {
            guard let parent = topic.topic.parent else {
                if topic.topic.includesParent {
                    topic.report(
                        "include_parent",
                        "topic '\(topic.topic.id)' has no 'parent' to include; name it, or leave "
                            + "'include_parent' out")
                }
                continue
            }
            if numbers[parent] == nil {
                topic.report(
                    "parent",
                    "the parent '\(parent)' of topic '\(topic.topic.id)' is no topic"
                        + Spelling.hint(parent, among: numbers.keys.sorted()))
            } else if let loop = loop(from: topic.topic.id), loop.min() == topic.topic.id {
                // Told once, at one of its topics.
                topic.report(
                    "parent",
                    loop.count == 1
                        ? "topic '\(parent)' is its own parent; name another, or leave 'parent' out"
                        : "the parents go round in a loop: \((loop + [loop[0]]).joined(separator: " -> ")); take one of them out"
                )
            }
        }
    }

    /// The parents from a topic back to itself; nil when they end somewhere.
    private func loop(from id: String) -> [String]? {
        var path = [id]
        while let parent = numbers[path[path.count - 1]].flatMap({ topics[$0].topic.parent }) {
            if parent == id { return path }
            if path.contains(parent) { return nil }
            path.append(parent)
        }
        return nil
    }
}
