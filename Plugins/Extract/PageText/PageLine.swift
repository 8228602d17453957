internal import WirewatchKit

/// A line of a page-text dump that is not blank, with what it looks like by itself.
struct PageLine {
    var text: TextBlock
    /// Blank lines stand before it (or it is the first).
    var startsGroup: Bool
    var role: Role

    enum Role: Equatable {
        case prose
        /// A full sentence, but short.
        case sentence
        /// A line of a long numbered list or table.
        case item
        /// Neither: a title, a subheading, a label, a link.
        case short
        case furniture(PageFurniture.Kind)
        /// `[Tech]`, `HOME / TECH / AI`.
        case section
        case hashtags
        case noteHeading
        case caption
        case credit
        case byline
        case date
        /// `Tags: a, b`.
        case tagList
    }

    init(_ text: TextBlock, startsGroup: Bool) {
        self.text = text
        self.startsGroup = startsGroup
        role = Self.role(text)
    }

    private static func role(_ text: TextBlock) -> Role {
        if text.bytes.first == 0x23, !hashtags(text).isEmpty { return .hashtags }
        if isNoteHeading(text) { return .noteHeading }
        if isSourceLine(text) { return .furniture(.navigation) }
        if CaptionReader.caption(text) != nil { return .caption }
        if CaptionReader.credit(text) != nil { return .credit }
        if CaptionReader.hasCredit(text) { return .caption }
        if tagList(text) != nil { return .tagList }
        if let kind = PageFurniture.kind(of: text) { return .furniture(kind) }
        if text.bytes.count <= 160 {
            if text.bytes.first == 0x5B, text.bytes.last == 0x5D, text.words <= 4 { return .section }
            if isBreadcrumb(text) { return .section }
            if Byline.read(text) != nil, !text.endsSentence || text.words <= 5, text.words <= 16 { return .byline }
            if let found = DateReader.find(in: text.bytes) {
                let bytes = text.bytes
                // Little but the date: a dateline, not a headline with a date in it.
                let rest = TextBlock(bytes[..<found.range.lowerBound] + bytes[found.range.upperBound...])
                if rest.words <= 4 || isDateLabel(text) || rest.bytes.count < found.range.count { return .date }
            }
        }
        if text.isProse { return .prose }
        return text.isSentence ? .sentence : .short
    }

    /// `Source: Agency`, `Editor: Ann Example`: who passed the text on, under it.
    private static func isSourceLine(_ text: TextBlock) -> Bool {
        guard text.words <= 8, !text.endsSentence else { return false }
        for lead in sourceLeads where text.starts(with: lead) { return true }
        return false
    }

    private static let sourceLeads: [StaticString] = [
        "source:", "sources:", "editor:", "editors:", "edited by", "newspaper headline", "reporting by", "来源:", "责编:",
        "编辑:",
    ]

    static func isDateLabel(_ text: TextBlock) -> Bool {
        for label in dateLabels where text.starts(with: label) { return true }
        return false
    }

    static func isUpdate(_ text: TextBlock) -> Bool {
        for label in updateLabels where text.starts(with: label) { return true }
        return false
    }

    private static let dateLabels: [StaticString] = [
        "published", "posted", "updated", "last updated", "date:", "first published", "publish date", "modified",
        "release",
        "发布时间", "时间:", "日期:", "更新时间",
    ]

    private static let updateLabels: [StaticString] = ["updated", "last updated", "modified", "last modified", "更新"]

    private static func isNoteHeading(_ text: TextBlock) -> Bool {
        for heading in noteHeadings where text.starts(with: heading) { return true }
        return false
    }

    /// Where the note itself begins in a line with a note's heading; nil when the heading stands alone.
    static func noteText(_ text: TextBlock) -> String? {
        guard let colon = text.text.firstIndex(where: { $0 == ":" || $0 == "\u{FF1A}" }) else { return nil }
        let rest = TextBlock(String(text.text[text.text.index(after: colon)...]))
        return rest.isEmpty ? nil : rest.text
    }

    private static let noteHeadings: [StaticString] = [
        "editor's note", "editors' note", "editors note", "editor\u{2019}s note", "note from the editor",
        "from the editor:",
        "编者按", "编者的话", "编辑按",
    ]

    /// The tags of `#A#B#C` or `#A #B`: none when the line says anything else.
    static func hashtags(_ text: TextBlock) -> [String] {
        guard text.bytes.count <= 600 else { return [] }
        var tags: [String] = []
        for part in text.bytes.split(separator: 0x23, omittingEmptySubsequences: true) {
            let tag = TextBlock(part)
            if tag.isEmpty { continue }
            guard tag.words <= 4, !tag.endsSentence, tag.bytes.count <= 60 else { return [] }
            // `#AI is changing` is a sentence, `#AI #Robots` and `#machine learning#robots` are tags.
            tags.append(tag.squeezed)
        }
        if tags.count == 1, TextBlock(tags[0]).words > 2 { return [] }
        return tags.contains { $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } } ? [] : tags
    }

    /// The tags of `Tags: a, b`.
    static func tagList(_ text: TextBlock) -> [String]? {
        for lead in tagLeads where text.starts(with: lead) {
            guard text.bytes.count <= 400, let rest = noteText(text) else { return nil }
            let separators: Set<Character> = [",", ";", "|", "\u{3001}", "\u{FF0C}", "\u{B7}"]
            let tags = rest.split { separators.contains($0) }.map { TextBlock(String($0)).squeezed }
                .map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }.filter { !$0.isEmpty }
            return tags.allSatisfy { TextBlock($0).words <= 5 } ? tags : nil
        }
        return nil
    }

    private static let tagLeads: [StaticString] = [
        "tags:", "tag:", "topics:", "keywords:", "filed under:", "标签:", "关键词:",
    ]

    /// `HOME / TECH`, `News > AI > Chips`: short parts between marks.
    private static func isBreadcrumb(_ text: TextBlock) -> Bool {
        guard text.words <= 12, !text.endsSentence else { return false }
        guard breadcrumbMarks.contains(where: { text.contains($0) }) else { return false }
        let line = text.squeezed
        for mark in breadcrumbMarks {
            let parts = line.split(separator: String(describing: mark))
            if parts.count >= 2, parts.count <= 6, parts.allSatisfy({ TextBlock(String($0)).words <= 3 }) {
                return true
            }
        }
        return false
    }

    private static let breadcrumbMarks: [StaticString] = [
        " / ", " > ", " \u{203A} ", " \u{BB} ", " \u{2192} ", " >> ",
    ]
}
