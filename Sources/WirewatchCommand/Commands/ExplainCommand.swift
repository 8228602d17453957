import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchEngine
import WirewatchKit

/// `wirewatch explain`: what each stage makes of a document, and why.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show what each stage finds in a document, which rules match, and why the others do not.",
        discussion: """
            Of more than 25 rules only those are shown of which some condition holds; --rule shows one whatever it \
            makes of the document. Nothing is written anywhere else and no state is touched. Spans are byte ranges of \
            the field that they name. On a terminal the article's text follows, with what was found highlighted. An \
            address is fetched as the daemon would.

            EXAMPLES
              wirewatch explain page.html
              wirewatch explain page.html --rule humanoid-orders
              wirewatch explain page.html --why robotics
              wirewatch explain https://example.org/story
              curl -s https://example.org/story | wirewatch explain --url https://example.org/story -
            """)

    @Option(
        help: ArgumentHelp(
            "The address of a page in a file or on standard input, for hints of sites and relative links.",
            valueName: "url"))
    var url: String?

    @ArgumentParser.OptionGroup var web: WebOptions
    @ArgumentParser.OptionGroup var file: ConfigurationFile

    @Argument(
        help: "A page, a text dump, a feed or an article record, or a page's address; - for standard input.",
        completion: .file())
    var document: String

    @Option(help: ArgumentHelp("Judge by this rule alone.", valueName: "id"))
    var rule: String?

    @Option(help: ArgumentHelp("Say why this topic was found, or what it lacked.", valueName: "topic"))
    var why: String?

    func run() throws {
        let configuration = try file.load(showingDoubts: false, rules: rule.map { RuleSelection(id: $0) })
        let log = Logger.standardError(level: configuration.log.level)
        let pipeline = try InlinePipeline(configuration: configuration, clock: SystemClock(), log: log)
        if let why, !pipeline.explainedTopics.contains(why) {
            let topics = pipeline.explainedTopics
            let hint = Spelling.closest(why, among: topics).map { "; did you mean '\($0)'?" }
            throw Failure(
                .usage, "no stage looks for a topic '\(why)'\(hint ?? "; there are: " + topics.joined(separator: ", "))"
            )
        }
        let text = ExplanationText(Terminal.text(for: STDOUT_FILENO))
        var succeeded = 0
        for (place, input) in try inputs() {
            do {
                var input = try input.get()
                input.document.article.url = input.document.article.url ?? url
                let result = pipeline.process(
                    input.document, source: input.source, id: input.id, explaining: true, topic: why)
                try StandardOutput.write(text.lines(result, place: place))
                if result.failed == nil { succeeded += 1 }
            } catch let failure as Failure {
                throw failure
            } catch let code as ExitCode {
                throw code
            } catch {
                StandardOutput.message("wirewatch: \(place): \(TerminalText.safe("\(error)"))")
            }
        }
        if succeeded == 0 { throw Failure(.dataError, "no document could be processed") }
    }

    private func inputs() throws -> [InputDocument.Read] {
        if WebFetcher.isAddress(document) {
            do {
                let page = try GivenPage(document, url: url, fetcher: web.fetcher())
                var article = Article()
                article.url = page.url
                let identity = page.url ?? document
                let read = Document(identity: identity, article: article, content: page.content)
                return [(document, .success(InputDocument(document: read, source: "explain", id: nil)))]
            } catch let error as WebError {
                throw Failure(error.code, error.description)
            }
        }
        return document == "-" ? try InputDocument.standardInput() : try InputDocument.documents(file: document)
    }
}
