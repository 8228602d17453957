internal import WirewatchKit
internal import WirewatchMarkup

/// What readers see between a page's headline and its text: the byline and the date, for pages whose markup names none.
struct VisibleHead {
    private(set) var authors: [String] = []
    private(set) var published: PublicationDate?
    private(set) var modified: PublicationDate?

    /// - Parameters:
    ///   - hints: how the page writes dates.
    ///   - needsAuthors: false where they are known already.
    init(_ blocks: [PageBlock], reasons: [String?], tree: MarkupTree, hints: DateHints, needsAuthors: Bool) {
        guard let first = reasons.firstIndex(where: { $0 == nil }) else { return }
        var start = max(0, first - 12)
        if let heading = blocks.indices.last(where: { $0 < first && blocks[$0].tag == .h1 }) {
            start = max(heading - 3, first - 40, 0)
        }
        let end = min(blocks.count, first + 3)
        for index in start..<end {
            let text = blocks[index].text
            guard text.bytes.count <= 160 else { continue }
            if authors.isEmpty, text.words <= 14, let names = Byline.read(text) { authors = names }
            // `By` in a block of its own, the name in the next.
            if authors.isEmpty, text.folded.elementsEqual("by".utf8) || text.folded.elementsEqual("written by".utf8),
                index + 1 < end
            {
                authors = Byline.names(blocks[index + 1].text.text)
            }
            guard let found = DateReader.find(in: text.bytes, hints: hints), found.date.precision >= .day else {
                continue
            }
            if PageLine.isUpdate(text) {
                modified = modified ?? found.date
            } else if text.words <= 14 || PageLine.isDateLabel(text) {
                published = published ?? found.date
            }
        }
        if published == nil { published = modified }
        if authors.isEmpty, needsAuthors { authors = linkedAuthors(tree, near: blocks[first].start) }
    }

    /// The text of a link to an author's page, not far above the article's text or just below it.
    private func linkedAuthors(_ tree: MarkupTree, near start: Int) -> [String] {
        var buffer: [UInt8] = []
        for node in max(0, start - 400)..<min(tree.indices.upperBound, start + 100) where tree.nodes[node].tag == .a {
            guard let target = tree.attribute(node, "href") else { continue }
            buffer.removeAll(keepingCapacity: true)
            tree.append(target.value, to: &buffer)
            for index in buffer.indices where buffer[index] &- 0x41 < 26 { buffer[index] |= 0x20 }
            guard Self.paths.contains(where: { buffer.contains($0) }) else { continue }
            let text = TextBlock(TextBlock(tree.text(of: node)).squeezed)
            if text.words <= 5, let name = Byline.cleaned(text.text) { return [name] }
        }
        return []
    }

    private static let paths: [StaticString] = [
        "/author/", "/authors/", "/people/", "/contributor/", "/contributors/", "/staff/", "/profile/", "/writers/",
        "/team/", "/journalist/",
    ]
}
