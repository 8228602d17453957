internal import WirewatchKit
internal import WirewatchMarkup

/// Reads the text of a piece of HTML that is all article, such as a feed's item holds: every block of it in its order, but
/// for what feeds add at the end.
enum HTMLFragmentExtractor {
    static func extract(_ bytes: [UInt8]) -> Extraction {
        let tree = MarkupTree(html: bytes)
        let collector = BlockCollector(tree, hints: ElementHints(tree))
        var result = Extraction()
        var joiner = BlockJoiner()
        let lastText = collector.blocks.lastIndex { fault($0, isLast: false) == nil && !$0.tag.isHeading } ?? -1
        for (index, block) in collector.blocks.enumerated() {
            var reason = fault(block, isLast: index >= lastText)
            if reason == nil, index > lastText { reason = "heading without text" }
            if reason == nil { joiner.add(block) }
            result.blocks.append(
                Extraction.Block(
                    text: block.text.text,
                    use: reason == nil ? (block.tag.isHeading ? "subheading" : "paragraph") : nil, reason: reason))
        }
        result.setBody(joiner.parts)
        result.article.captions = collector.captions.map(\.caption)
        if result.article.body.isEmpty { result.missing.append("text in \(collector.blocks.count) blocks of the item") }
        return result
    }

    private static func fault(_ block: PageBlock, isLast: Bool) -> String? {
        let text = block.text
        if text.letters + text.wideCharacters == 0, !text.bytes.contains(where: { $0 &- 0x30 < 10 }) {
            return "no words"
        }
        // `The post A appeared first on B.`
        if text.words <= 60, text.contains("appeared first on") || text.contains("first appeared on") {
            return "feed's own"
        }
        if let kind = PageFurniture.kind(of: text) { return kind.rawValue }
        // `Continue reading`, `Comments`: links that stand alone.
        if block.linkShare > 0.8, !text.isSentence, text.words <= 8, isLast || block.tag != .li { return "link" }
        return nil
    }
}
