internal import WirewatchKit

extension PageTextExtractor {
    // MARK: Head

    mutating func dropTitleRepeats() {
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
    mutating func takeHead(_ body: Range<Int>) {
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
        guard let found = DateReader.find(in: text.bytes) else { return false }
        let rest = TextBlock(text.bytes[found.range.upperBound...])
        if PageLine.isUpdate(text) {
            guard article.modified == nil else { return false }
            article.modified = found.date
            return true
        }
        guard article.published == nil else { return false }
        article.published = found.date
        // `Published: ... Updated: ...` in one line.
        if rest.contains("updated") || rest.contains("modified"), let later = DateReader.find(in: rest.bytes) {
            article.modified = later.date
        }
        return true
    }

    /// `Ann Example  3 May 2025`: the names before the date in its line.
    private func namesBeside(_ text: TextBlock) -> [String] {
        guard let found = DateReader.find(in: text.bytes), found.range.lowerBound > 0, !PageLine.isDateLabel(text)
        else {
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
}
