import WirewatchConfig
import WirewatchDigest
import WirewatchEngine
import WirewatchFeeds
import WirewatchKit

/// Reads an article out of a page by the `extract` stage alone.
struct PageReader {
    private let pipeline: InlinePipeline

    /// - Parameter configuration: whose `extract` stage it is; nil, or one without, for the stage with its defaults.
    init(_ configuration: Configuration? = nil) throws {
        let stage: Component
        if let found = configuration?.pipeline.first(where: { $0.plugin.name == Self.stageName }) {
            stage = found
        } else {
            stage = try Self.plainStage()
        }
        pipeline = try InlinePipeline(
            configuration: Configuration(file: "", stateDirectory: "", pipeline: [stage]), clock: SystemClock(),
            log: .standardError())
    }

    private static let stageName = "extract"

    private static func plainStage() throws -> Component {
        guard let plugin = Wirewatch.plugins.first(where: { $0.kind == .stage && $0.name == stageName }) else {
            throw InputError("there is no stage '\(stageName)'")
        }
        let place = SourceLocation(file: "(command line)", line: 1, column: 1)
        let value = OptionValue(.map([]), at: place)
        let reader = OptionReader(value, specs: plugin.specs, diagnostics: OptionReader.Diagnostics())
        return Component(
            name: plugin.name, plugin: plugin, options: try plugin.readOptions(reader), value: value, location: place)
    }

    /// - Parameter url: the page's address, if known.
    func read(_ content: Document.Content, url: String?, source: String, explaining: Bool = false) -> InlineResult {
        var article = Article()
        article.url = url
        let identity = url ?? SHA256.identifier(of: content.bytes)
        return pipeline.process(
            Document(identity: identity, article: article, content: content), source: source, explaining: explaining)
    }
}
