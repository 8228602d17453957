internal import WirewatchKit
internal import WirewatchMarkup

/// Tells what a page is: an article, or one of the pages that stand where articles should be.
///
/// Each kind needs two things that agree, such as a telling title and little text; a page with a good deal of running text
/// and a machine's word for an article is never anything else. What told is kept in words.
struct PageKindFinder {
    let tree: MarkupTree
    let metadata: PageMetadata
    let blocks: [PageBlock]
    let reasons: [String?]
    /// Whether the user said where the body is: then it is an article, whole or in part.
    let isHinted: Bool
    let url: String?

    func find() -> (PageKind, [String]) {
        let measure = Measure(blocks, reasons, TitleForms(metadata.titles))
        if !isHinted {
            for (kind, find) in [
                (PageKind.blocked, blocked), (.notFound, notFound), (.consentWall, consentWall),
                (.loginWall, loginWall), (.needsScript, needsScript), (.video, video),
            ] {
                if let evidence = find(measure) { return (kind, evidence) }
            }
        }
        if let evidence = paywall(measure) { return (.paywallStub, evidence) }
        if !isHinted, let evidence = IndexSigns(self).evidence(measure) { return (.index, evidence) }
        return (.article, [])
    }

    /// Words of the page's parts.
    struct Measure {
        /// Of the body.
        var body = 0
        /// Of all blocks that read as sentences, whether kept or not.
        var sentences = 0
        var all = 0
        let titles: TitleForms

        init(_ blocks: [PageBlock], _ reasons: [String?], _ titles: TitleForms) {
            self.titles = titles
            for (block, reason) in zip(blocks, reasons) {
                all += block.text.words
                if block.text.isSentence { sentences += block.text.words }
                if reason == nil, !block.tag.isHeading { body += block.text.words }
            }
        }
    }

    // MARK: Pages in place of others

    private func blocked(_ measure: Measure) -> [String]? {
        guard measure.body < 150 else { return nil }
        if measure.all < 250, let title = measure.titles.first(in: PageKindPhrases.blockedTitles) {
            return ["title '\(title)'"]
        }
        guard measure.all < 150, let text = phrase(PageKindPhrases.blocked) else { return nil }
        return ["text '\(text)'", "\(measure.all) words in all"]
    }

    private func notFound(_ measure: Measure) -> [String]? {
        guard measure.body < 200 else { return nil }
        let title = measure.titles.first(in: PageKindPhrases.notFoundTitles)
        let text = phrase(PageKindPhrases.notFound)
        if let title, text != nil || !metadata.signs.namesArticle {
            return ["title '\(title)'"] + (text.map { ["text '\($0)'"] } ?? ["\(measure.body) words of text"])
        }
        guard let text, !metadata.signs.namesArticle, measure.body < 80 else { return nil }
        return ["text '\(text)'", "\(measure.body) words of text"]
    }

    private func consentWall(_ measure: Measure) -> [String]? {
        guard measure.sentences < 600, !metadata.signs.namesArticle || measure.body < 40 else { return nil }
        var words = 0
        var bodyWords = 0
        for (block, reason) in zip(blocks, reasons) where block.text.isSentence {
            let isConsent = PageKindPhrases.consent.contains { block.text.contains($0) }
            if isConsent { words += block.text.words }
            if !isConsent, reason == nil { bodyWords += block.text.words }
        }
        guard bodyWords < 40, words >= 25, words * 2 >= measure.sentences else { return nil }
        let title = measure.titles.first(in: PageKindPhrases.consentTitles)
        let button = button(PageKindPhrases.consentButtons)
        guard title != nil || button != nil else { return nil }
        return ["\(words) of \(measure.sentences) words about cookies and consent"]
            + (title.map { ["title '\($0)'"] } ?? button.map { ["button '\($0)'"] } ?? [])
    }

    private func loginWall(_ measure: Measure) -> [String]? {
        guard measure.body < 60 else { return nil }
        let title = measure.titles.first(in: PageKindPhrases.loginTitles)
        if let title, hasPasswordField { return ["title '\(title)'", "a field for a password"] }
        guard measure.all < 200, !metadata.signs.namesArticle, let text = phrase(PageKindPhrases.login) else {
            return nil
        }
        return ["text '\(text)'", title.map { "title '\($0)'" } ?? "\(measure.all) words in all"]
    }

    private func needsScript(_ measure: Measure) -> [String]? {
        guard measure.body < 40, measure.all < 150 else { return nil }
        if let text = phrase(PageKindPhrases.script) ?? noscript() {
            return ["text '\(text)'", "\(measure.all) words in all"]
        }
        guard measure.all < 20 else { return nil }
        for node in tree.indices where tree.nodes[node].tag == .div {
            guard let id = tree.value(node, "id"), Self.roots.contains(id) else { continue }
            if tree.descendants(of: node).allSatisfy({ tree.nodes[$0].kind != .text }) {
                return ["an empty element '\(id)'", "\(measure.all) words in all"]
            }
        }
        return nil
    }

    /// Where frameworks build pages.
    private static let roots: Set<String> = [
        "root", "app", "__next", "__nuxt", "___gatsby", "react-root", "svelte", "q-app",
    ]

    // MARK: Articles in part

    private func video(_ measure: Measure) -> [String]? {
        guard measure.body < 120 else { return nil }
        let signs = metadata.signs
        let isVideo = signs.openGraphType?.hasPrefix("video") == true
        let isObject = signs.types.contains("VideoObject") && !signs.hasArticle && signs.openGraphType != "article"
        guard isVideo || isObject, !signs.hasArticle || measure.body < 60 else { return nil }
        return [
            isVideo ? "og:type \(signs.openGraphType ?? "")" : "JSON-LD VideoObject", "\(measure.body) words of text",
        ]
    }

    private func paywall(_ measure: Measure) -> [String]? {
        let signs = metadata.signs
        let isLocked = signs.isForFree == false
        if let rest = remainder() { return (isLocked ? ["isAccessibleForFree false"] : []) + ["text '\(rest)'"] }
        // Whole articles carry the words of the paywall too, hidden from those who pay; the less text the surer they are.
        guard measure.body < (isLocked ? 400 : 250), let cut = cutMark() else {
            let missing = (signs.words ?? 0) > measure.body * 2
            guard isLocked, missing || measure.body < 100, measure.body < 400 else { return nil }
            return [
                "isAccessibleForFree false",
                missing ? "\(measure.body) of \(signs.words ?? 0) words" : "\(measure.body) words of text",
            ]
        }
        return (isLocked ? ["isAccessibleForFree false"] : []) + ["text '\(cut)'", "\(measure.body) words of text"]
    }

    /// What says, soon after the last of the body or in place of it, that the rest is for those who pay.
    private func cutMark() -> String? {
        guard let last = reasons.lastIndex(where: { $0 == nil }) ?? blocks.indices.first else { return nil }
        let first = reasons.firstIndex { $0 == nil } ?? last
        for index in first..<min(blocks.count, last + 12) {
            let text = blocks[index].text
            guard text.words <= 60, reasons[index] != "hidden", index >= last || reasons[index] != nil else { continue }
            if PageKindPhrases.paywall.contains(where: { text.contains($0) }) { return Self.shown(text) }
        }
        return nil
    }

    /// What says, after the last of the body, how much of it is missing.
    private func remainder() -> String? {
        guard let last = reasons.lastIndex(where: { $0 == nil }) else { return nil }
        for block in blocks[last..<min(blocks.count, last + 6)] where block.text.words <= 30 {
            guard PageKindPhrases.remainder.contains(where: { block.text.contains($0) }),
                block.text.bytes.contains(where: { $0 &- 0x30 < 10 })
            else { continue }
            return Self.shown(block.text)
        }
        return nil
    }

    // MARK: Reading

    /// The first short block that holds one of the phrases.
    private func phrase(_ phrases: [StaticString]) -> String? {
        for block in blocks where block.text.words <= 60 {
            if phrases.contains(where: { block.text.contains($0) }) { return Self.shown(block.text) }
        }
        return nil
    }

    private func noscript() -> String? {
        for node in tree.indices where tree.nodes[node].tag == .noscript {
            let text = TextBlock(TextBlock(tree.text(of: node)).squeezed)
            guard text.words <= 80 else { continue }
            if PageKindPhrases.script.contains(where: { text.contains($0) }) { return Self.shown(text) }
        }
        return nil
    }

    private func button(_ phrases: [StaticString]) -> String? {
        for node in tree.indices {
            let tag = tree.nodes[node].tag
            guard tag == .button || tag == .a || tag == .input else { continue }
            let text = TextBlock(
                TextBlock(tag == .input ? tree.value(node, "value") ?? "" : tree.text(of: node)).squeezed)
            guard text.words <= 6 else { continue }
            if phrases.contains(where: { text.contains($0) }) { return Self.shown(text) }
        }
        return nil
    }

    private var hasPasswordField: Bool {
        tree.indices.contains { node in
            tree.nodes[node].tag == .input
                && tree.attribute(node, "type").map { tree.equals($0.value, "password") } == true
        }
    }

    private static func shown(_ text: TextBlock) -> String {
        let shown = text.text
        return shown.count > 80 ? shown.prefix(79) + "\u{2026}" : shown
    }
}
