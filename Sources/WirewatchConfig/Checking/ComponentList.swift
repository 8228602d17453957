import WirewatchKit

/// Turns one of the lists (`sources`, `pipeline`, `sinks`) into components, and reports what is wrong with it.
struct ComponentList {
    let kind: Plugin.Kind
    let registry: PluginRegistry
    let expander: Expander
    let folder: String
    let scope: OptionScope
    private let recent = RecentPlugin()

    /// The plugin of the component before, and what was made for it: ten thousand sources are of few types.
    private final class RecentPlugin {
        var plugin: Plugin?
        var groups = SpecChecker.GroupSpecs()

        func use(_ new: Plugin) {
            if plugin?.name != new.name { groups = SpecChecker.GroupSpecs() }
            plugin = new
        }
    }

    init(
        kind: Plugin.Kind, registry: PluginRegistry, expander: Expander, folder: String,
        scope: OptionScope = OptionScope()
    ) {
        self.kind = kind
        self.registry = registry
        self.expander = expander
        self.folder = folder
        self.scope = scope
    }

    private var diagnostics: OptionReader.Diagnostics { expander.diagnostics }

    func components(_ section: OptionValue?) -> [Component] {
        guard let section, !section.isNull else { return [] }
        guard case .list(let items) = section.content else {
            let example = kind == .stage ? "'- type: extract'" : "'- name: ...'"
            report(
                section.location,
                "'\(kind.section)' must be a list, not \(section.kindName); begin each item with '- ', such as \(example)"
            )
            return []
        }
        var names = [String: SourceLocation](minimumCapacity: items.count)
        var components: [Component] = []
        components.reserveCapacity(items.count)
        for item in items {
            if let component = component(item, &names) { components.append(component) }
        }
        return components
    }

    private func component(_ item: OptionValue, _ names: inout [String: SourceLocation]) -> Component? {
        guard case .map(let entries) = item.content else {
            if !expander.failed.contains(item.location) { notAMap(item) }
            return nil
        }
        let typeName = word("type", item, required: true)
        let name = name(item, typeName: typeName)
        var isValid = true
        if let name { isValid = claim(name.text, name.place, &names) }
        guard let typeName, let plugin = plugin(typeName.text, typeName.place) else { return nil }
        let shown = name?.text ?? plugin.name
        var options: [OptionValue.Entry] = []
        options.reserveCapacity(entries.count)
        for entry in entries where !entry.key.isName("type") && !entry.key.isName("name") { options.append(entry) }
        let value = OptionValue(.map(options), at: item.location)
        guard let read = read(value, plugin, name: shown), isValid, let name else { return nil }
        return Component(
            name: name.text, plugin: plugin, options: read.options, value: read.value, location: item.location,
            rates: scope.rates)
    }

    /// Checks the options and lets the plugin read them; nil when something is wrong.
    func read(
        _ value: OptionValue, _ plugin: Plugin, name: String
    ) -> (options: any PluginOptions, value: OptionValue)? {
        let own = OptionReader.Diagnostics()
        defer { for diagnostic in own.all { diagnostics.add(diagnostic) } }
        recent.use(plugin)
        let checker = SpecChecker(
            component: (kind, name), diagnostics: own, failed: expander.failed, secrets: expander.secrets,
            groups: recent.groups)
        guard case .map(let entries) = value.content else { return nil }
        checker.check(entries, at: value.location, plugin.specs)
        guard !own.hasErrors, !expander.hasGaps || isComplete(value) else { return nil }
        let resolved = PathResolution(folder: folder, checker: checker).resolve(value, plugin.specs)
        do {
            let options = try plugin.readOptions(
                OptionReader(resolved, specs: plugin.specs, diagnostics: own, scope: scope, owner: name))
            return own.hasErrors ? nil : (options, resolved)
        } catch {
            own.add(Diagnostic(at: value.location, "\(checker.owner): \(error)"))
            return nil
        }
    }

    private func isComplete(_ value: OptionValue) -> Bool {
        if expander.lacksPart(value.location) { return false }
        return switch value.content {
        case .list(let elements): elements.allSatisfy(isComplete)
        case .map(let entries): entries.allSatisfy { isComplete($0.value) }
        default: true
        }
    }

    // MARK: Names and types

    private typealias Word = (text: String, place: SourceLocation)

    /// The text of `type` or `name`; nil when it is absent or wrong.
    private func word(_ key: String, _ item: OptionValue, required: Bool) -> Word? {
        guard let value = item[key] else {
            if required { missing(key, item) }
            return nil
        }
        if expander.failed.contains(value.location) { return nil }
        guard let text = OptionReader.text(value), !text.isEmpty else {
            let isAbsent = value.isNull || OptionReader.text(value) == ""
            report(
                value.location,
                isAbsent
                    ? "'\(key)' of this \(kind.rawValue) has no value"
                    : "'\(key)' of this \(kind.rawValue) must be a word, not \(value.kindName)")
            return nil
        }
        return (text, value.location)
    }

    private func missing(_ key: String, _ item: OptionValue) {
        let known = registry.plugins(of: kind).map { "'\($0.name)'" }
        let remedy =
            key == "type"
            ? (known.isEmpty ? "" : "; it is one of " + Words.or(known))
            : ", such as 'name: my-\(OptionReader.text(item["type"] ?? item) ?? kind.rawValue)'"
        if key == "type", case .map(let entries) = item.content,
            let entry = entries.first(where: { registry.plugin(kind: kind, name: $0.key) != nil })
        {
            report(
                entry.keyLocation,
                "this \(kind.rawValue) has no 'type'; write '- type: \(entry.key)', with its options at the same "
                    + "indentation as 'type'")
            return
        }
        report(item.location, "this \(kind.rawValue) has no '\(key)'\(remedy)")
    }

    private func name(_ item: OptionValue, typeName: Word?) -> Word? {
        guard item["name"] != nil || kind != .stage else { return typeName }
        guard let name = word("name", item, required: true) else { return nil }
        guard TopLevel.isName(name.text) else {
            report(
                name.place,
                "'\(name.text)' cannot be a name; use letters, digits, '_', '.' and '-', beginning with a letter or "
                    + "digit, at most 64 characters")
            return nil
        }
        return name
    }

    private func claim(_ name: String, _ place: SourceLocation, _ names: inout [String: SourceLocation]) -> Bool {
        if let first = names[name] {
            let remedy = kind == .stage ? "give one of them another 'name'" : "choose another"
            report(
                place,
                "the name '\(name)' is taken by the \(kind.rawValue) at \(first.file):\(first.line):\(first.column); "
                    + remedy)
            return false
        }
        names[name] = place
        return true
    }

    private func plugin(_ name: String, _ place: SourceLocation) -> Plugin? {
        if let plugin = recent.plugin, plugin.name == name { return plugin }
        if let plugin = registry.plugin(kind: kind, name: name) { return plugin }
        for other in Plugin.Kind.allCases where registry.plugin(kind: other, name: name) != nil {
            report(
                place,
                "'\(name)' is \(Words.article(other.rawValue)), not \(Words.article(kind.rawValue)); "
                    + "move it to '\(other.section)'")
            return nil
        }
        let known = registry.plugins(of: kind).map(\.name)
        let hint = Spelling.hint(name, among: known)
        let list = known.isEmpty ? "" : "; known are " + Words.list(known.map { "'\($0)'" }, "and")
        report(place, "unknown \(kind.rawValue) type '\(name)'\(hint.isEmpty ? list : hint)")
        return nil
    }

    private func notAMap(_ item: OptionValue) {
        if let text = OptionReader.text(item), registry.plugin(kind: kind, name: text) != nil {
            report(item.location, "an item of '\(kind.section)' must be a map; write '- type: \(text)'")
        } else {
            report(
                item.location,
                "an item of '\(kind.section)' must be a map that begins with '- type:', not \(item.kindName)")
        }
    }

    private func report(_ place: SourceLocation, _ message: String) {
        diagnostics.add(Diagnostic(at: place, message))
    }
}
