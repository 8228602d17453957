internal import WirewatchKit
internal import WirewatchMarkup

/// Reads an article out of an HTML page.
struct HTMLPageExtractor {
    private let tree: MarkupTree
    private let metadata: PageMetadata
    private let hinted: HintedPage
    private let hintName: String?
    /// Without what the hint removes.
    private let blocks: [PageBlock]
    private let captions: [PageCaption]
    private let removed: [PageBlock]
    /// Why each block was left out; nil for those kept.
    private let reasons: [String?]
    /// Nil where the hint says where the body is.
    private let finder: BodyFinder?
    /// The node after which the body has ended.
    private let bodyEnd: Int

    /// - Parameters:
    ///   - url: the page's address, if known; for hints the page's own word takes the place of one that is not of the web.
    ///   - received: when the page was fetched, if known: what `2 hours ago` counts from.
    ///   - hint: what is known of the pages of an address.
    static func extract(
        _ bytes: [UInt8], url: String?, received: Timestamp? = nil, hint: (String) -> SiteHint? = { _ in nil }
    ) -> Extraction {
        HTMLPageExtractor(bytes, url: url, received: received, hint: hint).extraction(url: url)
    }

    private init(_ bytes: [UInt8], url: String?, received: Timestamp?, hint: (String) -> SiteHint?) {
        let tree = MarkupTree(html: bytes)
        let words = ElementHints(tree)
        self.tree = tree
        let metadata = PageMetadata(tree, hints: words, url: url, received: received)
        self.metadata = metadata
        let address = url.flatMap { $0.hasPrefix("http") ? $0 : nil } ?? metadata.canonicalURL
        let found = address.flatMap(hint)
        hintName = found?.name
        let hinted = found.map { HintedPage($0, tree, dates: metadata.dateHints) } ?? HintedPage()
        self.hinted = hinted
        let collector = BlockCollector(tree, hints: words)
        var blocks = collector.blocks
        var captions = collector.captions
        var removed: [PageBlock] = []
        if !hinted.removed.isEmpty {
            removed = blocks.filter { hinted.isRemoved($0.start) }
            blocks.removeAll { hinted.isRemoved($0.start) }
            captions.removeAll { hinted.isRemoved($0.node) }
        }
        let reasons = Self.hintedReasons(blocks, hinted)
        if let reasons {
            self.reasons = reasons
            bodyEnd = hinted.body.last?.upperBound ?? 0
            finder = nil
        } else {
            let finder = BodyFinder(tree, hints: words, blocks: blocks, metadata: metadata)
            self.finder = finder
            self.reasons = finder.reasons
            bodyEnd = tree.end(of: finder.container)
        }
        self.blocks = blocks
        self.captions = captions
        self.removed = removed
    }

    /// All text of the elements that the hint names is the body, but for the headline; nil when they hold no text.
    private static func hintedReasons(_ blocks: [PageBlock], _ hinted: HintedPage) -> [String?]? {
        guard !hinted.body.isEmpty else { return nil }
        let reasons = blocks.map { block in
            !hinted.isBody(block.start) ? "outside the body" : block.tag == .h1 ? "title" : nil
        }
        return reasons.contains { $0 == nil } ? reasons : nil
    }

    private func extraction(url: String?) -> Extraction {
        var result = Extraction()
        takeMetadata(&result.article)
        takeVisibleHead(&result.article)
        takeHint(&result)
        takeBody(&result)
        takeLanguage(&result.article)
        let isHinted = result.article.origins[.body] == .hint
        let kind = PageKindFinder(
            tree: tree, metadata: metadata, blocks: blocks, reasons: reasons, isHinted: isHinted, url: url)
        (result.article.pageKind, result.article.pageEvidence) = kind.find()
        if result.article.title.isEmpty { result.missing.append("a title in JSON-LD, og:title, <title> and <h1>") }
        if result.article.body.isEmpty { result.missing.append("running text in \(blocks.count) blocks of the page") }
        result.article.dropUnusedOrigins()
        return result
    }

    private func takeMetadata(_ article: inout Article) {
        article.title = metadata.title ?? ""
        article.subtitle = metadata.subtitle
        article.authors = metadata.authors
        article.published = metadata.published
        article.modified = metadata.modified
        article.site = metadata.site
        article.section = metadata.section
        article.tags = metadata.tags
        article.canonicalURL = metadata.canonicalURL
        article.origins = metadata.origins
    }

    private func takeVisibleHead(_ article: inout Article) {
        let head = VisibleHead(
            blocks, reasons: reasons, tree: tree, hints: metadata.dateHints, needsAuthors: metadata.authors.isEmpty)
        if metadata.authors.isEmpty {
            article.authors = head.authors
            article.origins[.authors] = .visible
        }
        if metadata.published == nil || metadata.isPublishedGuessed, let published = head.published {
            article.published = published
            article.origins[.published] = .visible
        }
        if metadata.modified == nil {
            article.modified = head.modified
            article.origins[.modified] = .visible
        }
    }

    private func takeHint(_ result: inout Extraction) {
        result.hint = hintName
        result.hintMisses = hinted.misses
        if let title = hinted.title {
            result.article.title = title
            result.article.origins[.title] = .hint
        }
        if !hinted.authors.isEmpty {
            result.article.authors = hinted.authors
            result.article.origins[.authors] = .hint
        }
        if let published = hinted.published {
            result.article.published = published
            result.article.origins[.published] = .hint
        }
    }

    private func takeBody(_ result: inout Extraction) {
        var joiner = BlockJoiner()
        for (block, reason) in zip(blocks, reasons) {
            if reason == nil { joiner.add(block, isData: finder?.isData(block)) }
            result.blocks.append(
                Extraction.Block(
                    text: block.text.text,
                    use: reason == nil ? (block.tag.isHeading ? "subheading" : "paragraph") : nil, reason: reason,
                    worth: block.worth))
        }
        result.blocks += removed.map {
            Extraction.Block(text: $0.text.text, use: nil, reason: "removed by the hint", worth: $0.worth)
        }
        result.setBody(joiner.parts)
        let isHinted = !hinted.body.isEmpty && zip(blocks, reasons).contains { $1 == nil && hinted.isBody($0.start) }
        if !hinted.body.isEmpty, !isHinted { result.hintMisses.append(.body) }
        result.article.origins[.body] = isHinted ? .hint : .page
        result.article.captions = captionsOfBody()
        result.article.origins[.captions] = .page
    }

    /// The captions that stand with the article: between its first and last block, or above them in its container.
    private func captionsOfBody() -> [Caption] {
        let kept = blocks.indices.filter { reasons[$0] == nil }
        guard let first = kept.first, let last = kept.last else { return [] }
        let end = max(blocks[last].start, bodyEnd)
        var start = blocks[first].start
        if let heading = tree.indices.first(where: { tree.nodes[$0].tag == .h1 }), heading < start,
            start - heading < 2000
        {
            start = heading
        }
        if let hinted = hinted.body.first { start = min(start, hinted.lowerBound) }
        var seen: Set<[UInt8]> = []
        return captions.filter { $0.node >= start && $0.node < end }.map(\.caption).filter {
            seen.insert(PageMetadata.plain($0.text)).inserted
        }
    }

    private func takeLanguage(_ article: inout Article) {
        let tag = metadata.language.flatMap(Self.normalized)
        article.setLanguage(declared: tag)
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
