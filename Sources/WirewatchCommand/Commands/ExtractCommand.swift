import ArgumentParser
import Glibc
import WirewatchConfig
import WirewatchEngine
import WirewatchKit

/// `wirewatch extract`: the article of a page.
struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Print the article of a page: its title, byline, dates and text.",
        discussion: """
            Reads an HTML page or a page-text dump: a file, an address, or standard input. An address is fetched as the \
            daemon would: same User-Agent, limits and manners. The stage 'extract' of the configuration reads it, with its \
            'sites' and 'keep'; without a configuration, or without such a stage, one with its defaults.

            Formats: json, an article record on one line (as in the logs; the default when the output is no terminal); \
            markdown (the default on a terminal); text. With --explain, in place of the article: what kind of page it is \
            and by which signs, where each field was read, and each block of the page with what became of it and why.

            The exit code is 0 when there is an article; 65 when there is none, or the page is of a kind that is not kept, \
            such as an index page; 66 when a file cannot be opened; of an address that cannot be fetched, that of \
            `wirewatch fetch`.

            EXAMPLES
              wirewatch extract page.html
              wirewatch extract --format markdown https://example.org/2026/story > story.md
              curl -s https://example.org/story | wirewatch extract --url https://example.org/story -
              wirewatch extract --explain page.html
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, markdown, text
    }

    @Option(help: "json, markdown or text.")
    var format: Format?

    @Option(
        help: ArgumentHelp(
            "The page's address, for a file or standard input: for hints of sites, relative links and dates.",
            valueName: "url"))
    var url: String?

    @Flag(help: "Show how the page was read, in place of the article.")
    var explain = false

    @ArgumentParser.OptionGroup var web: WebOptions
    @ArgumentParser.OptionGroup var configurationFile: ConfigurationFile

    @Argument(help: "A page or a text dump: a file or an address; - for standard input.", completion: .file())
    var page: String

    func validate() throws {
        if explain, format != nil { throw ValidationError("--explain has a form of its own; leave out --format") }
        if let url, !WebFetcher.isAddress(url) {
            throw ValidationError("--url '\(url)' is no address; write it in full, such as https://example.org/story")
        }
    }

    func run() throws {
        let reader = try PageReader(configuration())
        let given: GivenPage
        do {
            given = try GivenPage(page, url: url, fetcher: web.fetcher())
        } catch let error as WebError {
            throw Failure(error.code, error.description)
        }
        let place = page == "-" ? "standard input" : page
        let result = reader.read(given.content, url: given.url, source: "extract", explaining: explain)
        if explain {
            try StandardOutput.write(
                ExplanationText(Terminal.text(for: STDOUT_FILENO)).extraction(result, place: place))
            if result.failed != nil { throw Failure(.dataError, "") }
            return
        }
        if let failed = result.failed {
            throw Failure(
                .dataError,
                "\(TerminalText.safe("\(place): \(failed.error)"))\n--explain shows what was found in the page")
        }
        try write(result.article)
    }

    private func write(_ article: Article) throws {
        switch format ?? (Terminal.isTerminal(STDOUT_FILENO) ? .markdown : .json) {
        case .json:
            var json = JSONWriter()
            Record.article(article).write(to: &json, seq: nil)
            try StandardOutput.write(json.bytes)
        case .markdown: try StandardOutput.write(ArticleMarkdown.markdown(article))
        case .text: try StandardOutput.write(ArticleMarkdown.text(article))
        }
    }

    /// The configuration that is named; else the one in the usual places if it is there and without mistakes.
    private func configuration() throws -> Configuration? {
        if configurationFile.path != nil { return try configurationFile.load(showingDoubts: false) }
        guard let path = try? configurationFile.resolved() else { return nil }
        if let configuration = try configurationFile.loadQuietly() { return configuration }
        StandardOutput.message(
            "wirewatch: \(path) has mistakes and is not used (`wirewatch check` lists them); reading by defaults")
        return nil
    }
}
