import WirewatchKit

/// Other rules than those that the configuration names, or one of them alone, for commands that try rules out.
public struct RuleSelection: Sendable {
    /// A file whose rules take the place of those of the `alert` stages: a list of rules, or a map with `rules` and
    /// `macros`. Relative to the current folder.
    public var file: String?
    /// The one rule to keep.
    public var id: String?

    public init(file: String? = nil, id: String? = nil) {
        self.file = file
        self.id = id
    }

    /// The expanded configuration with other rules; what is wrong with them is reported to the expander.
    func applied(to top: OptionValue, _ expander: Expander) -> OptionValue {
        guard case .map(var entries) = top.content,
            let index = entries.firstIndex(where: { $0.key == "pipeline" }),
            case .list(var stages) = entries[index].value.content
        else { return top }
        var found = false
        for stage in stages.indices where stages[stage]["type"].flatMap(OptionReader.text) == "alert" {
            if let file { stages[stage] = replaced(stages[stage], file, expander) }
            if let id { stages[stage] = kept(stages[stage], id, &found) }
        }
        if let id, !found {
            expander.diagnostics.add(Diagnostic(at: entries[index].keyLocation, "there is no rule '\(id)'"))
        }
        entries[index].value = OptionValue(.list(stages), at: entries[index].value.location)
        return OptionValue(.map(entries), at: top.location)
    }

    private func replaced(_ stage: OptionValue, _ file: String, _ expander: Expander) -> OptionValue {
        guard case .map(var entries) = stage.content else { return stage }
        let path = FilePath.absolute(file, in: FileSystem.currentFolder)
        do {
            guard let value = try expander.expand(fileAt: path, from: stage.location, depth: 1) else {
                expander.diagnostics.add(Diagnostic(at: nil, "the rules in '\(file)' cannot be used"))
                return stage
            }
            if case .map(let own) = value.content {
                entries.removeAll { entry in own.contains { $0.key == entry.key } }
                entries += own
            } else {
                entries.removeAll { $0.key == "rules" }
                entries.append(OptionValue.Entry(key: "rules", keyLocation: value.location, value: value))
            }
        } catch {
            expander.diagnostics.add(Diagnostic(at: nil, "cannot read the rules in '\(file)': \(error.reason)"))
        }
        return OptionValue(.map(entries), at: stage.location)
    }

    private func kept(_ stage: OptionValue, _ id: String, _ found: inout Bool) -> OptionValue {
        guard case .map(var entries) = stage.content,
            let index = entries.firstIndex(where: { $0.key == "rules" }),
            case .list(let rules) = entries[index].value.content
        else { return stage }
        let kept = rules.filter { $0["id"].flatMap(OptionReader.text) == id }
        // A stage of other rules keeps them: it has to have some.
        if kept.isEmpty { return stage }
        found = true
        entries[index].value = OptionValue(.list(kept), at: entries[index].value.location)
        return OptionValue(.map(entries), at: stage.location)
    }
}
