import WirewatchKit

extension Configuration {
    /// Reads a configuration file with all that it includes, and checks it whole.
    ///
    /// Every mistake is reported in one go. Reads files, opens nothing else, changes nothing. `path` may be relative
    /// to the current folder; `environment` is where variables, `STATE_DIRECTORY` and `CREDENTIALS_DIRECTORY` come from.
    ///
    /// - Parameter replacing: texts to read in place of files, to check a change before it is made; by absolute path, of files
    ///   that need not exist yet.
    /// - Parameter rules: other rules for the `alert` stages, or one of them alone; nil for what the file says.
    public static func load(
        path: String, environment: [String: String], registry: PluginRegistry, replacing: [String: [UInt8]] = [:],
        rules: RuleSelection? = nil
    ) -> LoadResult {
        let expander = Expander(mainFile: path, environment: environment, replacing: replacing)
        for plugin in registry.duplicates {
            expander.diagnostics.add(
                Diagnostic(at: nil, "two plugins supply a \(plugin.kind.rawValue) of type '\(plugin.name)'"))
        }
        var top = expander.expandMain()
        if let rules { top = top.map { rules.applied(to: $0, expander) } }
        let configuration = top.flatMap { Assembly(expander, registry).configuration($0) }
        let diagnostics = sorted(expander.diagnostics.all, expander.order)
        let isRefused = diagnostics.contains { $0.severity == .error }
        return LoadResult(
            configuration: isRefused ? nil : configuration, diagnostics: diagnostics, texts: expander.texts)
    }

    /// By file in the order of reading, then by place; what was said twice of one place is kept once.
    private static func sorted(_ diagnostics: [Diagnostic], _ order: [String]) -> [Diagnostic] {
        let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        func key(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
            guard let place = diagnostic.location else { return (-1, 0, 0) }
            return (rank[place.file] ?? order.count, place.line, place.column)
        }
        var seen: Set<Diagnostic> = []
        let unique = diagnostics.filter { seen.insert($0).inserted }
        return unique.enumerated()
            .sorted { a, b in
                let (x, y) = (key(a.element), key(b.element))
                return x == y ? a.offset < b.offset : x < y
            }
            .map(\.element)
    }
}

/// Puts a configuration together from its expanded value.
private struct Assembly {
    let expander: Expander
    let registry: PluginRegistry

    init(_ expander: Expander, _ registry: PluginRegistry) {
        self.expander = expander
        self.registry = registry
    }

    func configuration(_ top: OptionValue) -> Configuration? {
        guard case .map(let entries) = top.content else {
            if !expander.failed.contains(top.location) {
                expander.report(
                    at: top.location,
                    "the file must be a map with the keys 'sources', 'pipeline' and 'sinks', not \(top.kindName)")
            }
            return nil
        }
        let lists = Set(Plugin.Kind.allCases.map(\.section))
        let checker = SpecChecker(
            component: nil, diagnostics: expander.diagnostics, failed: expander.failed, secrets: expander.secrets)
        for entry in entries where !lists.contains(entry.key) || entry.value.isNull {
            checker.check([entry], at: top.location, TopLevel.specs)
        }
        let state = stateDirectory(top)
        // A mistake in it is reported by then.
        let listen = top["listen"] == nil ? nil : try? ListenOptions(reader(top, "listen", ListenOptions.specs))
        let rates =
            ExchangeRates(OptionReader(top, specs: TopLevel.specs, diagnostics: expander.diagnostics)) ?? .shipped
        let scope = OptionScope(listener: Self.listener(listen, isWritten: top["listen"] != nil), rates: rates)
        let sources = list(.source, scope).components(top["sources"])
        let pipeline = list(.stage, OptionScope(rates: rates)).components(top["pipeline"])
        var sinks = list(.sink).components(top["sinks"])
        PipelineDoubts(diagnostics: expander.diagnostics, top: top)
            .warn(sources: sources, pipeline: pipeline, sinks: sinks)
        if let sink = deadLetterSink(beside: sinks, state: state, at: top.location) { sinks.append(sink) }
        return Configuration(
            file: expander.files.first ?? "", files: expander.files, stateDirectory: state, sources: sources,
            pipeline: pipeline, sinks: sinks, engine: EngineOptions(reader(top, "engine", EngineOptions.specs)),
            log: LogOptions(reader(top, "log", LogOptions.specs)), listen: listen, rates: rates,
            servedPaths: scope.paths.map { ServedPath(path: $0.path, includesBelow: $0.includesBelow) })
    }

    private func list(_ kind: Plugin.Kind, _ scope: OptionScope = OptionScope()) -> ComponentList {
        ComponentList(kind: kind, registry: registry, expander: expander, folder: expander.mainFolder, scope: scope)
    }

    private static func listener(_ options: ListenOptions?, isWritten: Bool) -> OptionScope.Listener {
        guard let options else { return isWritten ? .unknown : .absent }
        return .at(options.address, publicURL: options.publicURL)
    }

    private func reader(_ top: OptionValue, _ section: String, _ specs: [OptionSpec]) -> OptionReader {
        let value = top[section] ?? OptionValue(.null, at: top.location)
        return OptionReader(value, specs: specs, diagnostics: expander.diagnostics)
    }

    private func stateDirectory(_ top: OptionValue) -> String {
        if let text = top["state"].flatMap(OptionReader.text), !text.isEmpty {
            return FilePath.absolute(text, in: expander.mainFolder)
        }
        // systemd lists several folders with colons; the first is ours.
        let given = expander.environment["STATE_DIRECTORY"]?.prefix { $0 != ":" } ?? ""
        return FilePath.absolute(given.isEmpty ? "state" : String(given), in: expander.mainFolder)
    }

    /// Dead letters are never thrown away: without a sink of the user's for them, they go beside the state.
    private func deadLetterSink(beside sinks: [Component], state: String, at place: SourceLocation) -> Component? {
        let name = RecordKind.deadLetters.rawValue
        guard let plugin = registry.plugin(kind: .sink, name: "json_log"),
            !sinks.contains(where: { $0.records(.deadLetters) || $0.name == name })
        else { return nil }
        func entry(_ key: String, _ text: String) -> OptionValue.Entry {
            OptionValue.Entry(
                key: key, keyLocation: place, value: OptionValue(.string(text), at: place, scalarText: text))
        }
        let value = OptionValue(
            .map([entry("path", state + "/dead_letters.jsonl"), entry("records", name)]), at: place)
        guard let read = list(.sink).read(value, plugin, name: name) else { return nil }
        return Component(name: name, plugin: plugin, options: read.options, value: read.value, location: place)
    }
}
