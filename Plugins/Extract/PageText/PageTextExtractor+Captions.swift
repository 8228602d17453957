internal import WirewatchKit

extension PageTextExtractor {
    // MARK: Notes and captions

    mutating func takeNotes() {
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

    mutating func takeCaptions() {
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
}
