public import WirewatchConfig
public import WirewatchKit

/// What became of one document in an ``InlinePipeline``.
public struct InlineResult: Sendable {
    /// The article after the last stage that saw it.
    public var article: Article
    /// The stage that dropped it, and why.
    public var dropped: (stage: String, reason: String)?
    /// The stage that failed on it, and why.
    public var failed: (stage: String, error: String)?
    /// What each stage says of its decision, in order.
    public var explanations: [(stage: String, explanation: Explanation)] = []
}

/// The configured stages as a filter on the caller's thread, for `process` and `explain`: no sources, no sinks,
/// nothing durable. Stateful stages remember only within the one pipeline.
public final class InlinePipeline {
    private enum Kind {
        case pure(any Stage)
        case stateful(any StatefulStage, MemoryComponentState)
    }

    private let configuration: Configuration
    private let log: Logger
    private var stages: [(name: String, kind: Kind)]
    private let clock: any WirewatchClock

    /// - Throws: ``EngineError`` or what a stage throws when it cannot be made.
    public init(configuration: Configuration, clock: any WirewatchClock, log: Logger) throws {
        self.clock = clock
        self.configuration = configuration
        self.log = log
        let search = TermSearch()
        stages = try configuration.pipeline.map { component in
            let context = StageContext(name: component.name, clock: clock, log: log, search: search)
            return (component.name, try Self.make(component, context))
        }
    }

    private static func make(_ component: Component, _ context: StageContext) throws -> Kind {
        switch component.plugin.factory {
        case .stage(let make): return .pure(try make(component.options, context))
        case .statefulStage(let make):
            return .stateful(try make(component.options, context), MemoryComponentState())
        case .source, .sink: throw EngineError("'\(component.plugin.name)' is no stage")
        }
    }

    /// Makes the stateful stages anew, so that nothing is left of what went through them.
    public func forget() throws {
        for (index, component) in configuration.pipeline.enumerated() {
            guard case .stateful = stages[index].kind else { continue }
            let context = StageContext(name: component.name, clock: clock, log: log)
            stages[index].kind = try Self.make(component, context)
        }
    }

    /// Runs a document through all stages.
    ///
    /// - Parameters:
    ///   - id: the article's id; nil makes one from the source and the document's identity, as the daemon does.
    ///   - explaining: whether to ask each stage for its reasons.
    public func process(
        _ document: Document, source: String, id: String? = nil, explaining: Bool = false
    ) -> InlineResult {
        var article = document.article
        article.id = id ?? Article.identifier(source: source, identity: document.identity)
        article.source = source
        if article.received.milliseconds == 0 { article.received = clock.now() }
        var event = ArticleEvent(article: article, content: document.content)
        var result = InlineResult(article: article)
        for (name, kind) in stages {
            do {
                let verdict =
                    switch kind {
                    case .pure(let stage): try stage.process(&event)
                    case .stateful(let stage, let state): try stage.process(&event, state: state)
                    }
                if explaining, let explanation = Self.explain(kind, event) {
                    result.explanations.append((name, explanation))
                }
                if case .drop(let reason) = verdict {
                    result.dropped = (name, reason)
                    break
                }
            } catch {
                if explaining, let explanation = Self.explain(kind, event) {
                    result.explanations.append((name, explanation))
                }
                result.failed = (name, String(describing: error))
                break
            }
        }
        result.article = event.article
        return result
    }

    private static func explain(_ kind: Kind, _ event: ArticleEvent) -> Explanation? {
        switch kind {
        case .pure(let stage): stage.explain(event)
        case .stateful(let stage, _): stage.explain(event)
        }
    }
}

/// State that lives as long as its pipeline.
private final class MemoryComponentState: StateAccess {
    private var values: [String: [UInt8]] = [:]

    func value(_ key: String) -> [UInt8]? { values[key] }

    func entries(prefix: String) -> [(key: String, value: [UInt8])] {
        values.filter { $0.key.utf8.starts(with: prefix.utf8) }.map { (key: $0.key, value: $0.value) }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    func set(_ key: String, _ value: [UInt8]) { values[key] = value }

    func remove(_ key: String) { values[key] = nil }
}
