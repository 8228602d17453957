internal import WirewatchKit
internal import WirewatchMarkup

/// Reads an article out of an HTML page.
struct HTMLPageExtractor {
    static func extract(_ bytes: [UInt8], url: String?, received: Timestamp? = nil) -> Extraction {
        let tree = MarkupTree(html: bytes)
        let hints = ElementHints(tree)
        let metadata = PageMetadata(tree, hints: hints, url: url, received: received)
        let collector = BlockCollector(tree, hints: hints)
        let finder = BodyFinder(tree, hints: hints, blocks: collector.blocks, metadata: metadata)
        var result = Extraction()
        result.article.title = metadata.title ?? ""
        result.article.subtitle = metadata.subtitle
        result.article.authors = metadata.authors
        result.article.published = metadata.published
        result.article.modified = metadata.modified
        result.article.site = metadata.site
        result.article.section = metadata.section
        result.article.tags = metadata.tags
        result.article.canonicalURL = metadata.canonicalURL
        let head = VisibleHead(
            collector.blocks, reasons: finder.reasons, tree: tree, hints: metadata.dateHints,
            needsAuthors: metadata.authors.isEmpty)
        if metadata.authors.isEmpty { result.article.authors = head.authors }
        if metadata.published == nil || metadata.isPublishedGuessed {
            result.article.published = head.published ?? metadata.published
        }
        if metadata.modified == nil { result.article.modified = head.modified }
        var parts: [(text: String, isSubheading: Bool)] = []
        var list: Int?
        var table: Int?
        var row: Int?
        for (block, reason) in zip(collector.blocks, finder.reasons) {
            let text = block.text.text
            let isSubheading = block.tag.isHeading
            result.blocks.append(
                Extraction.Block(
                    text: text, use: reason == nil ? (isSubheading ? "subheading" : "paragraph") : nil, reason: reason))
            guard reason == nil else { continue }
            let isCell = block.row != nil && !block.text.isProse && finder.isData(block)
            if block.tag == .li, let own = block.list, own == list, let last = parts.popLast() {
                parts.append((last.text + "\n" + text, false))
            } else if isCell, let own = block.table, own == table, let last = parts.popLast() {
                // A table is one block: a row a line, its cells parted by bars.
                parts.append((last.text + (block.row == row ? " | " : "\n") + text, false))
            } else {
                parts.append((text, isSubheading))
            }
            list = block.tag == .li ? block.list : nil
            table = isCell ? block.table : nil
            row = block.row
        }
        result.setBody(parts)
        result.article.captions = captions(collector, finder, tree)
        result.article.language = language(metadata.language, text: result.article.title + "\n" + result.article.body)
        if result.article.title.isEmpty { result.missing.append("a title in JSON-LD, og:title, <title> and <h1>") }
        if result.article.body.isEmpty {
            result.missing.append("running text in \(collector.blocks.count) blocks of the page")
        }
        return result
    }

    /// The captions that stand with the article: between its first and last block, or above them in its container.
    private static func captions(_ collector: BlockCollector, _ finder: BodyFinder, _ tree: MarkupTree) -> [Caption] {
        let kept = collector.blocks.indices.filter { finder.reasons[$0] == nil }
        guard let first = kept.first, let last = kept.last else { return [] }
        let end = max(collector.blocks[last].start, tree.end(of: finder.container))
        var start = collector.blocks[first].start
        if let heading = tree.indices.first(where: { tree.nodes[$0].tag == .h1 }), heading < start,
            start - heading < 2000
        {
            start = heading
        }
        var seen: Set<[UInt8]> = []
        return collector.captions.filter { $0.node >= start && $0.node < end }.map(\.caption).filter {
            seen.insert(PageMetadata.plain($0.text)).inserted
        }
    }

    /// What the page says, when the text bears it out.
    static func language(_ declared: String?, text: String) -> String? {
        let guessed = LanguageGuess.guess(text)
        guard let declared, let tag = normalized(declared) else { return guessed }
        guard let guessed else { return tag }
        func primary(_ tag: String) -> Substring { tag.prefix { $0 != "-" } }
        if primary(tag) == primary(guessed) { return tag.contains("-") ? tag : tag == "zh" ? guessed : tag }
        return guessed
    }

    /// `en_us` as `en-US`; nil for what is no language tag.
    private static func normalized(_ tag: String) -> String? {
        let parts = tag.split { $0 == "-" || $0 == "_" }.map(String.init)
        guard let first = parts.first, (2...3).contains(first.utf8.count),
            first.utf8.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 })
        else { return nil }
        var result = first.lowercased()
        for part in parts.dropFirst().prefix(2) {
            switch part.utf8.count {
            case 2: result += "-" + part.uppercased()
            case 4: result += "-" + part.prefix(1).uppercased() + part.dropFirst().lowercased()
            default: break
            }
        }
        return result
    }
}
