import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchEntities

/// An article made of these texts, after the stage.
struct Finding {
    var article: Article
    var explanation: Explanation?

    init(
        _ body: String = "", title: String = "", subtitle: String? = nil, tags: [String] = [], captions: [String] = [],
        options literal: OptionLiteral
    ) throws {
        let stage = try Entities(options(EntitiesOptions.self, literal))
        var article = Article()
        article.title = title
        article.subtitle = subtitle
        article.body = body
        article.tags = tags
        article.captions = captions.map { Caption(text: $0) }
        var event = ArticleEvent(article: article)
        #expect(try stage.process(&event) == .keep)
        self.article = event.article
        explanation = stage.explain(event)
    }

    /// Each mention in reading order: `id: text`.
    var mentions: [String] {
        let all = article.entities.flatMap { entity in entity.mentions.map { (entity.id, $0) } }
        return all.sorted { order($0.1) < order($1.1) }.map { "\($0.0): \(article.text(of: $0.1) ?? "?")" }
    }

    var ids: [String] { article.entities.map(\.id).sorted() }

    private func order(_ span: TextSpan) -> (Int, Int) {
        let field =
            switch span.field {
            case .title: 0
            case .subtitle: 1
            case .body: 2
            case .editorsNote: 3
            case .caption(let n): 4 + n
            case .tag(let n): 100 + n
            }
        return (field, span.range.lowerBound)
    }
}
