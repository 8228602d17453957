internal import WirewatchKit

/// Reads an article out of a page-text dump: what a person gets by copying a whole page.
///
/// The body is the run of lines whose sum of worths is greatest: prose counts for, links and furniture against. The head is
/// read from the lines above it, captions, notes and tags from wherever they stand, and what remains inside the run is
/// paragraphs and subheadings.
struct PageTextExtractor {
    var lines: [PageLine]
    var uses: [String?]
    var reasons: [String?]
    var article = Article()
    var titleLine: Int?

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
        NumberedRuns.mark(&lines)
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
        body = ledeStart(body)..<body.upperBound
        dropTitleRepeats()
        takeHead(body)
        takeTags(body)
        let parts = takeBody(body)
        result.article = article
        result.setBody(parts)
        result.article.setLanguage(declared: nil)
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

    // MARK: The body's place

    /// The run of lines with the greatest sum of worths.
    private func bodyRange() -> Range<Int> {
        var best = (sum: 0, range: 0..<0)
        var sum = 0
        var start = 0
        var factor = 1.0
        var isOver = false
        let teasers = teasers()
        for index in lines.indices {
            var worth = Double(self.worth(index))
            if lines[index].role == .furniture(.legal), sum >= 40, lines[index].text.isRightsNotice {
                // The notice that ends an article, or the page: what follows is another's.
                worth = -120
                isOver = true
            }
            if teasers.contains(index) { worth = min(worth, 0) }
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
                worth *= isOver ? min(factor, 0.1) : factor
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

    /// Where the body begins, the paragraphs above it counted that stand right under byline and date: a box of links
    /// after the first paragraph parts it from the rest.
    private func ledeStart(_ body: Range<Int>) -> Int {
        guard let titleLine, !body.isEmpty, body.lowerBound > titleLine + 1, body.lowerBound - titleLine <= 20 else {
            return body.lowerBound
        }
        var hasHead = false
        for index in titleLine + 1..<body.lowerBound where uses[index] == nil {
            switch lines[index].role {
            case .byline, .date: hasHead = true
            case .prose where hasHead: return index
            default: continue
            }
        }
        return body.lowerBound
    }

    /// The excerpts of a list of other articles: three and more single paragraphs in a row, title and author or date over
    /// each.
    private func teasers() -> Set<Int> {
        var found: Set<Int> = []
        var run: [Int] = []
        var shorts = 0
        func end() {
            if run.count >= 3 { found.formUnion(run) }
            run = []
        }
        for index in lines.indices where uses[index] == nil {
            switch lines[index].role {
            case .prose, .sentence:
                if lines[index].role == .sentence, lines[index].text.words < 8 {
                    shorts += 1
                    continue
                }
                if shorts < 2 || !isIsolated(index) { end() }
                if isIsolated(index) { run.append(index) }
                shorts = 0
            case .short, .date, .byline, .section: shorts += 1
            default: continue
            }
        }
        end()
        return found
    }

    /// Whether a paragraph stands between short lines, as the teasers of other articles do.
    private func isIsolated(_ index: Int) -> Bool {
        func isText(_ start: Int, _ step: Int) -> Bool {
            var at = start
            while lines.indices.contains(at), uses[at] != nil { at += step }
            guard lines.indices.contains(at) else { return false }
            return lines[at].role == .prose || lines[at].role == .sentence || lines[at].role == .item
        }
        return !isText(index - 1, -1) && !isText(index + 1, 1)
    }

    private func worth(_ index: Int) -> Int {
        if uses[index] != nil { return 0 }
        let text = lines[index].text
        switch lines[index].role {
        case .prose: return min(text.words, 60)
        case .sentence, .item: return min(text.words, 8)
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
            case .prose, .sentence, .item: kept.append((index, false))
            case .short, .section: if standsInBody(index, range) { kept.append((index, isSubheading(index, range))) }
            default: continue
            }
        }
        // A subheading stays only over text.
        while let last = kept.last, last.isSubheading { kept.removeLast() }
        var seen: Set<[UInt8]> = []
        var parts: [(text: String, isSubheading: Bool)] = []
        var wasItem = false
        for (index, isSubheading) in kept {
            let text = lines[index].text
            if text.bytes.count >= 60, !seen.insert(text.folded).inserted {
                reasons[index] = "repeated"
                continue
            }
            uses[index] = isSubheading ? "subheading" : "paragraph"
            if lines[index].role == .item, wasItem, let last = parts.popLast() {
                // A list is one block, an item a line.
                parts.append((last.text + "\n" + text.text, false))
            } else {
                parts.append((text.text, isSubheading))
            }
            wasItem = lines[index].role == .item
        }
        return parts
    }

    private func isText(_ index: Int) -> Bool {
        lines.indices.contains(index) && reasons[index] == nil && uses[index] == nil
            && (lines[index].role == .prose || lines[index].role == .sentence || lines[index].role == .item)
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
