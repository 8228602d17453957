public import WirewatchKit

/// A test that stands under a rule.
struct RuleTest: Sendable {
    var name: String
    var location: SourceLocation
    var inputs: [ConfiguredTest.Input]
    var expectsAlert: Bool
    var because: [String]
    var message: String?

    /// Reads a test, reporting what cannot be.
    init?(_ reader: OptionReader) {
        let isMany = reader.raw("articles") != nil
        let own = ["text", "file"].filter { reader.raw($0) != nil }
        if isMany, let first = own.first {
            reader.report("'\(first)' stands beside 'articles'; move it into that list", at: reader.location(first))
        }
        let readers = reader.list("articles").compactMap { reader.reader(of: $0, AlertOptions.testArticleGroup) }
        inputs = (isMany ? readers : [reader]).compactMap(Self.input)
        guard let expected = reader.string("expect"), !inputs.isEmpty else { return nil }
        location = reader.value.location
        expectsAlert = expected == "alert"
        because = reader.strings("because")
        message = reader.string("message")
        if !expectsAlert, let first = ["because", "message"].first(where: { reader.raw($0) != nil }) {
            reader.report("'\(first)' needs 'expect: alert'", at: reader.location(first))
        }
        let last = (isMany ? readers.last : reader) ?? reader
        let shown =
            last.string("file").map { $0.split(separator: "/").last.map(String.init) ?? $0 } ?? last.string("text")
            ?? ""
        let line = shown.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        name = line.count > 60 ? line.prefix(57) + "..." : line
    }

    private static func input(_ reader: OptionReader) -> ConfiguredTest.Input? {
        let (text, file) = (reader.string("text"), reader.string("file"))
        if (text == nil) == (file == nil) {
            reader.report(
                text == nil ? "the test has no article; give it a 'text' or a 'file'" : "keep one of 'text' and 'file'")
            return nil
        }
        var article = Article()
        if let text {
            let end = text.firstIndex(where: \.isNewline) ?? text.endIndex
            article.title = String(text[..<end])
            var body = text[end...].drop(while: \.isWhitespace)
            while body.last?.isWhitespace == true { body.removeLast() }
            article.body = String(body)
        }
        article.source = reader.string("source") ?? "test"
        article.url = reader.string("url")
        article.site = reader.string("site")
        article.language = reader.string("language")
        article.tags = reader.strings("tags")
        article.authors = reader.strings("authors")
        var storyAge = Duration.zero
        if let story = reader.group("story", AlertOptions.testStoryGroup), let id = story.string("id") {
            article.story = Story(
                id: id, sources: story.integer("sources") ?? 1, firstSeen: Timestamp(milliseconds: 0))
            storyAge = story.duration("age") ?? .zero
        }
        return ConfiguredTest.Input(
            file.map { .file($0) } ?? .article, article: article, age: reader.duration("age"), storyAge: storyAge,
            after: reader.duration("after") ?? .seconds(60))
    }

    /// What is wrong with what the rule made of an article; nil when it is as expected.
    func fault(_ article: Article, rule: String) -> String? {
        let alerts = article.alerts.filter { $0.rule == rule }
        guard expectsAlert else {
            guard let alert = alerts.first else { return nil }
            let reasons = alert.because.map { "\($0.condition) (\"\($0.text)\")" }.joined(separator: "; ")
            return "expected no alert, but there is one: \(reasons)"
        }
        guard let first = alerts.first else { return "expected an alert, but there is none" }
        for wanted in because {
            let text = wanted.lowercased()
            let isThere = alerts.contains { alert in
                alert.because.contains {
                    $0.condition.lowercased().contains(text) || $0.text.lowercased().contains(text)
                }
            }
            guard !isThere else { continue }
            let reasons = first.because.map { "\($0.condition) (\"\($0.text)\")" }.joined(separator: "; ")
            return "the alert does not name '\(wanted)'; it names \(reasons)"
        }
        if let message, !alerts.contains(where: { $0.message == message }) {
            return "the message is '\(first.message)', not '\(message)'"
        }
        return nil
    }
}

extension AlertOptions: SelfTesting {
    public var configuredTests: [ConfiguredTest] {
        self.set.rules.flatMap { rule in
            rule.tests.map { test in
                ConfiguredTest(subject: rule.id, name: test.name, location: test.location, inputs: test.inputs) {
                    test.fault($0, rule: rule.id)
                }
            }
        }
    }
}
