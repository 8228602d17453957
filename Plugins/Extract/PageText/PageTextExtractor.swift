internal import WirewatchKit

/// Reads an article out of a page-text dump: what a person gets by copying a whole page.
///
/// The body is the run of lines whose sum of worths is greatest: prose counts for, links and furniture against. The head is
/// read from the lines above it, captions, notes and tags from wherever they stand, and what remains inside the run is
/// paragraphs and subheadings.
struct PageTextExtractor {
    private var lines: [PageLine]
    private var uses: [String?]
    private var reasons: [String?]
    private var article = Article()
    private var titleLine: Int?

    static func extract(_ bytes: [UInt8]) -> Extraction {
        var extractor = PageTextExtractor(bytes)
        return extractor.run()
    }

    private init(_ bytes: [UInt8]) {
        lines = []
        var blank = true
        for part in bytes.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A || $0 == 0x0D || $0 == 0x0C })
        {
            let text = TextBlock(part)
            if text.isEmpty {
                blank = true
                continue
            }
            lines.append(PageLine(text, startsGroup: blank))
            blank = false
        }
        uses = Array(repeating: nil, count: lines.count)
        reasons = Array(repeating: nil, count: lines.count)
    }

    private mutating func run() -> Extraction {
        var result = Extraction()
        takeNotes()
        takeCaptions()
        var body = bodyRange()
        titleLine = TitleFinder(lines, body: body, taken: uses).find()
        if let titleLine, body.contains(titleLine) { body = titleLine + 1..<body.upperBound }
        dropTitleRepeats()
        takeHead(body)
        takeTags(body)
        let parts = takeBody(body)
        result.article = article
        result.setBody(parts)
        result.article.language = LanguageGuess.guess(article.title + "\n" + result.article.body)
        result.article.site =
            lines.first.flatMap { PageMetadata.site(in: $0.text.squeezed, after: article.title) }
            ?? SelfMention.site(in: result.article.body, note: article.editorsNote)
        result.blocks = lines.indices.map {
            Extraction.Block(
                text: lines[$0].text.text, use: uses[$0],
                reason: uses[$0] == nil ? reasons[$0] ?? reason($0, body) : nil)
        }
        if article.title.isEmpty { result.missing.append("a title above the text") }
        if result.article.body.isEmpty { result.missing.append("running text in \(lines.count) lines") }
        return result
    }

    private func reason(_ line: Int, _ body: Range<Int>) -> String {
        switch lines[line].role {
        case .furniture(let kind): kind.rawValue
        case .section: "section label"
        case .byline: "byline"
        case .date: "date"
        case .credit, .caption: "caption"
        default: body.contains(line) ? "short" : line < body.lowerBound ? "before the text" : "after the text"
        }
    }

    // MARK: Notes and captions

    private mutating func takeNotes() {
        for index in lines.indices where lines[index].role == .noteHeading {
            if let inline = PageLine.noteText(lines[index].text) {
                if article.editorsNote == nil { article.editorsNote = inline }
                uses[index] = "editor's note"
            } else {
                reasons[index] = "heading of the editor's note"
                guard index + 1 < lines.count, lines[index + 1].role == .prose || lines[index + 1].role == .sentence
                else { continue }
                if article.editorsNote == nil { article.editorsNote = lines[index + 1].text.text }
                uses[index + 1] = "editor's note"
            }
        }
    }

    private mutating func takeCaptions() {
        var captions: [Caption] = []
        var index = 0
        func adjacent(_ other: Int) -> Bool { lines.indices.contains(other) && uses[other] == nil }
        while index < lines.count {
            defer { index += 1 }
            guard uses[index] == nil else { continue }
            let line = lines[index]
            switch line.role {
            case .caption:
                var caption = CaptionReader.part(line.text.text)
                if let whole = CaptionReader.caption(line.text) { caption = CaptionReader.part(whole) }
                uses[index] = "caption"
                if caption.credit == nil, adjacent(index + 1), lines[index + 1].role == .credit,
                    !lines[index + 1].startsGroup
                {
                    // Unless that credit opens the next pair.
                    let opensNext =
                        adjacent(index + 2) && lines[index + 2].role == .caption && !lines[index + 2].startsGroup
                    if !opensNext {
                        caption.credit = CaptionReader.credit(lines[index + 1].text)
                        uses[index + 1] = "credit"
                    }
                }
                captions.append(caption)
            case .credit:
                let credit = CaptionReader.credit(line.text)
                if adjacent(index + 1), lines[index + 1].role == .caption, !lines[index + 1].startsGroup {
                    var caption = CaptionReader.part(
                        CaptionReader.caption(lines[index + 1].text) ?? lines[index + 1].text.text)
                    caption.credit = caption.credit ?? credit
                    captions.append(caption)
                    uses[index] = "credit"
                    uses[index + 1] = "caption"
                } else if adjacent(index - 1), !line.startsGroup, isCaptionLike(index - 1) {
                    captions.append(Caption(text: lines[index - 1].text.squeezed, credit: credit))
                    uses[index] = "credit"
                    uses[index - 1] = "caption"
                }
            default: break
            }
        }
        var seen: Set<[UInt8]> = []
        article.captions = captions.filter { !$0.text.isEmpty && seen.insert(PageMetadata.plain($0.text)).inserted }
    }

    /// Whether blank lines part the paragraphs.
    private var isGrouped: Bool { lines.filter(\.startsGroup).count * 3 > lines.count }

    /// Whether the line above a credit is what is under the picture.
    private func isCaptionLike(_ index: Int) -> Bool {
        let line = lines[index]
        switch line.role {
        case .short, .sentence: return line.text.bytes.count <= 300 && line.text.words >= 3
        // In a page whose paragraphs stand apart, a paragraph and the credit after it would not be one group.
        case .prose: return line.text.bytes.count <= 300 && (line.startsGroup || !isGrouped)
        default: return false
        }
    }

    // MARK: The body's place

    /// The run of lines with the greatest sum of worths.
    private func bodyRange() -> Range<Int> {
        var best = (sum: 0, range: 0..<0)
        var sum = 0
        var start = 0
        var factor = 1.0
        for index in lines.indices {
            var worth = Double(self.worth(index))
            if case .furniture(let kind) = lines[index].role {
                // Under the heading of other articles and comments running text is theirs; long prose, or one paragraph after the
                // other, ends a box within the text.
                if kind == .related { factor = 0.25 }
                if kind == .comments, sum > 60 { factor = 0 }
            }
            if worth > 0 {
                if factor == 0.25, lines[index].text.words >= 45 || (index > 0 && lines[index - 1].role == .prose) {
                    factor = 1
                }
                if isIsolated(index) { worth *= 0.4 }
                worth *= factor
            }
            if sum <= 0 {
                sum = 0
                start = index
            }
            sum += Int(worth)
            if sum > best.sum { best = (sum, start..<index + 1) }
        }
        return best.range
    }

    /// Whether a paragraph stands between short lines, as the teasers of other articles do.
    private func isIsolated(_ index: Int) -> Bool {
        func isText(_ start: Int, _ step: Int) -> Bool {
            var at = start
            while lines.indices.contains(at), uses[at] != nil { at += step }
            return lines.indices.contains(at) && (lines[at].role == .prose || lines[at].role == .sentence)
        }
        return !isText(index - 1, -1) && !isText(index + 1, 1)
    }

    private func worth(_ index: Int) -> Int {
        if uses[index] != nil { return 0 }
        let text = lines[index].text
        switch lines[index].role {
        case .prose: return min(text.words, 60)
        case .sentence: return min(text.words, 8)
        case .short: return text.words >= 12 ? -2 : -4
        case .furniture(.related): return -20
        case .furniture(.comments): return -12
        case .furniture(.advertisement): return -1
        case .furniture: return -4
        case .date, .byline: return -8
        case .section: return -4
        case .hashtags, .tagList: return -6
        case .noteHeading, .caption, .credit: return 0
        }
    }

    // MARK: Head

    private mutating func dropTitleRepeats() {
        guard let titleLine else { return }
        let key = PageMetadata.plain(article.title.isEmpty ? lines[titleLine].text.text : article.title)
        article.title = PageMetadata.withoutSite(
            lines[titleLine].text.squeezed, site: nil,
            evidence: lines.indices.filter { $0 != titleLine && lines[$0].role == .short }.prefix(200).map {
                lines[$0].text.squeezed
            })
        uses[titleLine] = "title"
        let cut = PageMetadata.plain(article.title)
        for index in lines.indices where uses[index] == nil && lines[index].text.bytes.count < 400 {
            let other = PageMetadata.plain(lines[index].text.text)
            if other == key || other == cut { reasons[index] = "title repeated" }
        }
    }

    /// Byline, dates, section and subtitle from the lines around the title and above the body.
    private mutating func takeHead(_ body: Range<Int>) {
        let first = body.isEmpty ? lines.count : body.lowerBound
        let near = max(0, (titleLine ?? first) - 6)..<min(lines.count, max(first + 3, (titleLine ?? 0) + 8))
        // What stands after the title is the article's own; before it may be another's.
        let order = near.filter { $0 > titleLine ?? -1 } + near.filter { $0 <= titleLine ?? -1 }
        for index in order where uses[index] == nil && reasons[index] == nil {
            let text = lines[index].text
            switch lines[index].role {
            case .byline where article.authors.isEmpty:
                article.authors = Byline.read(text) ?? []
                uses[index] = "byline"
                takeDate(text)
            case .date:
                if takeDate(text) {
                    uses[index] = "date"
                    if article.authors.isEmpty { article.authors = namesBeside(text) }
                }
            case .furniture where article.authors.isEmpty && Self.leadsNames.contains(text.text.lowercased()):
                // `By` or `Author:` in a line of its own.
                guard lines.indices.contains(index + 1), uses[index + 1] == nil else { continue }
                article.authors = Byline.names(lines[index + 1].text.text)
                if !article.authors.isEmpty { uses[index + 1] = "byline" }
            default: continue
            }
        }
        if article.published == nil {
            // The date may stand at the end of the page's text, or alone far above.
            for index in lines.indices
            where uses[index] == nil && lines[index].role == .date && PageLine.isDateLabel(lines[index].text) {
                if takeDate(lines[index].text) {
                    uses[index] = "date"
                    break
                }
            }
        }
        takeBareName(near)
        takeSection(before: titleLine ?? first)
        takeSubtitle()
    }

    private static let leadsNames: Set<String> = [
        "by", "by:", "author", "author:", "authors:", "written by", "written by:",
    ]

    @discardableResult
    private mutating func takeDate(_ text: TextBlock) -> Bool {
        guard let found = DateReader.find(in: text.text) else { return false }
        let rest = TextBlock(text.bytes[found.range.upperBound...])
        if PageLine.isUpdate(text) {
            guard article.modified == nil else { return false }
            article.modified = found.date
            return true
        }
        guard article.published == nil else { return false }
        article.published = found.date
        // `Published: ... Updated: ...` in one line.
        if rest.contains("updated") || rest.contains("modified"), let later = DateReader.find(in: rest.text) {
            article.modified = later.date
        }
        return true
    }

    /// `Ann Example  3 May 2025`: the names before the date in its line.
    private func namesBeside(_ text: TextBlock) -> [String] {
        guard let found = DateReader.find(in: text.text), found.range.lowerBound > 0, !PageLine.isDateLabel(text) else {
            return []
        }
        let before = TextBlock(text.bytes[..<found.range.lowerBound])
        return Byline.isBareName(before) ? Byline.names(before.text) : []
    }

    /// A line of nothing but a name right at the date, above or below.
    private mutating func takeBareName(_ near: Range<Int>) {
        guard article.authors.isEmpty, let titleLine else { return }
        for index in near where index > titleLine && uses[index] == "date" {
            for other in [index - 1, index + 1] where other > titleLine && lines.indices.contains(other) {
                guard uses[other] == nil, reasons[other] == nil, lines[other].role == .short,
                    Byline.isBareName(lines[other].text)
                else { continue }
                article.authors = Byline.names(lines[other].text.text)
                uses[other] = "byline"
                return
            }
        }
    }

    private mutating func takeSection(before limit: Int) {
        for index in lines.indices.prefix(limit).reversed() where limit - index <= 12 && lines[index].role == .section {
            var label = lines[index].text
            if label.bytes.first == 0x5B { label = TextBlock(label.bytes.dropFirst().dropLast()) }
            guard !label.isEmpty else { continue }
            article.section = label.squeezed
            uses[index] = "section"
            return
        }
    }

    /// The lines under the title, above byline, date or picture, that say more of it.
    private mutating func takeSubtitle() {
        guard let titleLine else { return }
        var index = titleLine + 1
        while index < lines.count, reasons[index] == "title repeated" { index += 1 }
        guard index < lines.count, uses[index] == nil, reasons[index] == nil else { return }
        let line = lines[index]
        switch line.role {
        case .short, .sentence, .prose: break
        default: return
        }
        guard line.text.words >= 4 || line.text.wideCharacters >= 6, line.text.bytes.count <= 320 else { return }
        // Only what the byline, date, share line or picture follows is surely no paragraph.
        let next = index + 1
        guard next < lines.count else { return }
        switch lines[next].role {
        case .date, .byline, .furniture(.share), .caption, .credit, .noteHeading: break
        case .short where uses[next] == "byline": break
        default: return
        }
        article.subtitle = line.text.squeezed
        uses[index] = "subtitle"
    }

    // MARK: Tags

    private mutating func takeTags(_ body: Range<Int>) {
        var tags: [String] = []
        for index in labels() {
            tags.append(lines[index].text.squeezed)
            uses[index] = "tag"
        }
        for index in lines.indices where uses[index] == nil {
            switch lines[index].role {
            case .hashtags:
                tags += PageLine.hashtags(lines[index].text)
                uses[index] = "tags"
            case .tagList:
                tags += PageLine.tagList(lines[index].text) ?? []
                uses[index] = "tags"
            default: continue
            }
        }
        var seen: Set<String> = []
        article.tags = tags.filter { seen.insert($0.lowercased()).inserted }
    }

    /// The short labels above the title, when the page opens with them: a menu is longer.
    private func labels() -> [Int] {
        guard let titleLine, titleLine > 0, titleLine <= 12 else { return [] }
        var found: [Int] = []
        for index in 0..<titleLine {
            let text = lines[index].text
            switch lines[index].role {
            case .section: continue
            case .short where uses[index] == nil && reasons[index] == nil && text.words <= 3 && text.bytes.count <= 40:
                found.append(index)
            case .furniture, .date, .byline: continue
            default: return []
            }
        }
        return found.count <= 8 && lines[0...titleLine].contains { $0.role == .section } ? found : []
    }

    // MARK: Body

    private mutating func takeBody(_ range: Range<Int>) -> [(text: String, isSubheading: Bool)] {
        var kept: [(index: Int, isSubheading: Bool)] = []
        for index in range where uses[index] == nil && reasons[index] == nil {
            switch lines[index].role {
            case .prose, .sentence: kept.append((index, false))
            case .short, .section: if standsInBody(index, range) { kept.append((index, isSubheading(index, range))) }
            default: continue
            }
        }
        // A subheading stays only over text.
        while let last = kept.last, last.isSubheading { kept.removeLast() }
        var seen: Set<[UInt8]> = []
        var parts: [(text: String, isSubheading: Bool)] = []
        for (index, isSubheading) in kept {
            let text = lines[index].text
            if text.bytes.count >= 60, !seen.insert(text.folded).inserted {
                reasons[index] = "repeated"
                continue
            }
            uses[index] = isSubheading ? "subheading" : "paragraph"
            parts.append((text.text, isSubheading))
        }
        return parts
    }

    private func isText(_ index: Int) -> Bool {
        lines.indices.contains(index) && reasons[index] == nil && uses[index] == nil
            && (lines[index].role == .prose || lines[index].role == .sentence)
    }

    /// Whether a short line belongs to the body: it stands alone between paragraphs. Several in a row are links.
    private func standsInBody(_ index: Int, _ range: Range<Int>) -> Bool {
        let after = nextText(index)
        guard let after, range.contains(after), after - index <= 2 else { return false }
        var before = index - 1
        while before >= 0, isAside(before) { before -= 1 }
        if before >= 0, isText(before) || lines[before].role == .caption || lines[before].role == .credit {
            return true
        }
        // A group of its own over a paragraph.
        return lines[index].startsGroup && lines[after].startsGroup && isText(after)
    }

    /// Advertising and links of one line, which may stand anywhere in a text.
    private func isAside(_ index: Int) -> Bool {
        switch lines[index].role {
        case .furniture(.advertisement), .furniture(.share), .furniture(.subscription): true
        case .furniture(.related): lines[index].text.words > 3 && lines[index].text.bytes.contains(0x3A)
        default: false
        }
    }

    private func nextText(_ index: Int) -> Int? {
        var next = index + 1
        while next < lines.count, next - index <= 3 {
            if isText(next) { return next }
            next += 1
        }
        return nil
    }

    private func isSubheading(_ index: Int, _ range: Range<Int>) -> Bool {
        let text = lines[index].text
        guard !text.endsSentence || text.bytes.last == 0x3F, text.bytes.count <= 120, text.words <= 14 else {
            return false
        }
        return nextText(index) == index + 1
    }
}
