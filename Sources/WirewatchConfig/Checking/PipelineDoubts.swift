import WirewatchKit

/// Warns of what is allowed but hardly meant.
struct PipelineDoubts {
    /// Stages that need what an earlier one finds; both by type.
    private static let order: [(first: String, then: String, reason: String)] = [
        ("extract", "classify", "topics are found in the extracted text"),
        ("extract", "metrics", "metrics are found in the extracted text"),
        ("extract", "story", "stories are compared by the extracted text"),
        ("extract", "dedupe", "duplicates are found by the extracted text"),
        ("extract", "alert", "rules look at the extracted text"),
        ("classify", "alert", "rules look at the topics"),
        ("metrics", "alert", "rules look at the metrics"),
        ("story", "alert", "alerts are raised once a story"),
        ("entities", "alert", "rules look at the entities"),
        ("alert", "noise_control", "only alerts that were raised can be held back"),
    ]

    let diagnostics: OptionReader.Diagnostics
    let top: OptionValue

    func warn(sources: [Component], pipeline: [Component], sinks: [Component]) {
        if isEmpty("sources") { warn(place("sources"), "there are no sources, so nothing will ever come in") }
        if isEmpty("sinks") { warn(place("sinks"), "there are no sinks, so nothing will be recorded") }
        warnOfOrder(pipeline)
        guard !pipeline.contains(where: { $0.plugin.name == "alert" }), !mentions("alert") else { return }
        for sink in sinks where sink.records(.alerts) {
            warn(
                sink.value["records"]?.location ?? sink.location,
                "sink '\(sink.name)' asks for alerts, but the pipeline has no stage of type 'alert'")
        }
    }

    private func warnOfOrder(_ pipeline: [Component]) {
        for rule in Self.order {
            guard let late = pipeline.lastIndex(where: { $0.plugin.name == rule.first }),
                let early = pipeline.firstIndex(where: { $0.plugin.name == rule.then }), early < late
            else { continue }
            warn(
                pipeline[late].location,
                "stage '\(pipeline[late].name)' comes after '\(pipeline[early].name)', but \(rule.reason)")
        }
    }

    private func isEmpty(_ section: String) -> Bool {
        switch top[section]?.content {
        case nil, .null: true
        case .list(let items): items.isEmpty
        default: false
        }
    }

    /// Whether the pipeline lists such a stage, with mistakes perhaps.
    private func mentions(_ type: String) -> Bool {
        guard case .list(let items)? = top["pipeline"]?.content else { return false }
        return items.contains { $0["type"].flatMap(OptionReader.text) == type }
    }

    private func place(_ section: String) -> SourceLocation { top[section]?.location ?? top.location }

    private func warn(_ place: SourceLocation, _ message: String) {
        diagnostics.add(Diagnostic(.warning, at: place, message))
    }
}

extension Component {
    /// Whether a sink asks for records of this kind.
    func records(_ kind: RecordKind) -> Bool {
        let written = value["records"].map { OptionReader.elements($0).compactMap(OptionReader.text) }
        let standard = plugin.specs.first { $0.name == "records" }?.defaultText.map { [$0] }
        return (written ?? standard ?? []).contains(kind.rawValue)
    }
}
