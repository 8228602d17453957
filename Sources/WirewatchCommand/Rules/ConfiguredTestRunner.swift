import WirewatchEngine
import WirewatchKit

/// Runs tests of the configuration through its stages, each with a state of its own.
struct ConfiguredTestRunner {
    let pipeline: InlinePipeline
    /// When the last article of each test arrives.
    let now: Timestamp

    /// Why a test fails; nil when it holds.
    func fault(_ test: ConfiguredTest) throws -> String? {
        try pipeline.forget()
        let total = test.inputs.dropFirst().reduce(Duration.zero) { $0 + $1.after }
        var time = now - total
        var last: Article?
        for (index, input) in test.inputs.enumerated() {
            if index > 0 { time = time + input.after }
            let document: Document
            do {
                document = try Self.document(input, at: time, number: index + 1)
            } catch {
                return "\(error)"
            }
            let result = pipeline.process(document, source: input.article.source)
            let which = test.inputs.count > 1 ? "article \(index + 1)" : "the article"
            if let failure = result.failed { return "stage '\(failure.stage)' failed on \(which): \(failure.error)" }
            if let drop = result.dropped, drop.stage != "alert", index == test.inputs.count - 1 {
                return "stage '\(drop.stage)' dropped \(which): \(drop.reason)"
            }
            last = result.article
        }
        return last.flatMap(test.fault)
    }

    private static func document(
        _ input: ConfiguredTest.Input, at time: Timestamp, number: Int
    ) throws -> Document {
        var document = Document(identity: "test \(number)", article: input.article)
        if case .file(let path) = input.content {
            guard let first = try InputDocument.documents(file: path).first else {
                throw InputError("there is no article in \(path)")
            }
            document = try first.document.get().document
            document.identity = "test \(number)"
            complete(&document.article, from: input.article)
        }
        document.article.received = time
        if let age = input.age {
            document.article.published = PublicationDate((time - age).civil, precision: .second, offsetMinutes: 0)
        }
        document.article.story?.firstSeen = time - input.storyAge
        return document
    }

    /// What the test says of the article stands above what the file says.
    private static func complete(_ article: inout Article, from given: Article) {
        article.url = given.url ?? article.url
        article.site = given.site ?? article.site
        article.language = given.language ?? article.language
        if !given.tags.isEmpty { article.tags = given.tags }
        if !given.authors.isEmpty { article.authors = given.authors }
        article.story = given.story ?? article.story
    }
}
