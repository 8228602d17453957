import WirewatchMarkup

/// The text of a page, or of the parts of it that count.
struct PageText {
    var title: String
    var body: String
    var language: String?

    /// - Throws: ``PageMistake`` when there is none.
    init(_ page: PageContent, select: MarkupSelector?, ignore: MarkupSelector?) throws(PageMistake) {
        guard page.isHTML else {
            if let select = select ?? ignore {
                throw PageMistake(
                    "the page is plain text, in which nothing can match the selector '\(select)'; remove it")
            }
            title = ""
            body = Self.lines(page.text)
            guard !body.isEmpty else { throw PageMistake("the page has no text") }
            return
        }
        let tree = page.tree
        title = Self.title(tree)
        language = tree.indices.first { tree.nodes[$0].tag == .html }.flatMap { tree.value($0, "lang") }
        if language?.isEmpty == true { language = nil }
        let ignored = ignore?.matches(in: tree) ?? []
        if let select {
            let parts = select.outermost(in: tree)
            body = tree.visibleText(of: parts, leavingOut: ignored)
            guard !parts.isEmpty else {
                throw PageMistake(
                    "nothing on the page matches 'select' (\(select)); the page was rebuilt, or needs JavaScript")
            }
            guard !body.isEmpty else { throw PageMistake("what matches 'select' (\(select)) has no text") }
            return
        }
        let surroundings = Self.surroundings?.matches(in: tree) ?? []
        let leftOut = (ignored + surroundings).sorted()
        body = ""
        if let main = Self.main?.outermost(in: tree), !main.isEmpty {
            body = tree.visibleText(of: main, leavingOut: leftOut)
        }
        if body.isEmpty { body = tree.visibleText(leavingOut: leftOut) }
        guard !body.isEmpty else { throw PageMistake("the page shows no text without JavaScript") }
    }

    /// The part of a page that has its content, and what surrounds its content.
    private static let main = try? MarkupSelector("main, [role=main]")
    private static let surroundings = try? MarkupSelector(
        "nav, aside, footer, [role=navigation], [role=complementary], [role=contentinfo]")

    /// `og:title`, or else the title, or else the first heading.
    private static func title(_ tree: MarkupTree) -> String {
        var title: Int?
        var heading: Int?
        for index in tree.indices {
            switch tree.nodes[index].tag {
            case .meta:
                guard let name = tree.attribute(index, "property") ?? tree.attribute(index, "name"),
                    tree.equals(name.value, "og:title"), let content = tree.value(index, "content")
                else { continue }
                let text = oneLine(Array(content.utf8))
                if !text.isEmpty { return text }
            case .title: title = title ?? index
            case .h1: heading = heading ?? index
            default: break
            }
        }
        let text = title.map { oneLine(Array(tree.text(of: $0).utf8)) } ?? ""
        return text.isEmpty ? heading.map { oneLine(Array(tree.text(of: $0).utf8)) } ?? "" : text
    }

    private static func oneLine(_ bytes: [UInt8]) -> String {
        let words = bytes.split(whereSeparator: { $0 <= 0x20 })
        return String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
    }

    /// Lines without white space at their ends and none doubled, empty ones left out.
    private static func lines(_ bytes: [UInt8]) -> String {
        bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).map { oneLine(Array($0)) }.filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}
