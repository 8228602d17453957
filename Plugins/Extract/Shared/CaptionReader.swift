internal import WirewatchKit

/// Tells a picture's caption from the credit that stands with it.
enum CaptionReader {
    /// Parts a caption text: `A robot waves. Photo: Ann Example`, `(Photo by Bo Sample/Agency)`, `[Photo/Agency]`.
    static func part(_ text: String) -> Caption {
        var block = TextBlock(text)
        for lead in captionLeads where block.starts(with: lead) {
            block = TextBlock(block.bytes.dropFirst(lead.utf8CodeUnitCount))
            break
        }
        guard let (at, end) = creditStart(block.bytes) else { return Caption(text: block.squeezed) }
        let before = TextBlock(trimTail(block.bytes[..<at]))
        let credit = TextBlock(trimCredit(block.bytes[end...]))
        guard !credit.isEmpty, credit.words <= 14 else { return Caption(text: block.squeezed) }
        return Caption(text: before.squeezed, credit: credit.squeezed)
    }

    /// The credit of a line that is nothing but one: `Credit: Ann Example`, `Photo by Bo Sample`.
    static func credit(_ block: TextBlock) -> String? {
        if isAgency(block) { return block.squeezed }
        guard block.bytes.count <= 160, let (at, end) = creditStart(block.bytes), at == 0 else { return nil }
        let credit = TextBlock(trimCredit(block.bytes[end...]))
        return credit.isEmpty || credit.words > 14 ? nil : credit.squeezed
    }

    /// The text of a line that says it is a caption: `Caption: ...`.
    static func caption(_ block: TextBlock) -> String? {
        for lead in captionLeads where block.starts(with: lead) {
            return TextBlock(block.bytes.dropFirst(lead.utf8CodeUnitCount)).text
        }
        return nil
    }

    /// A line of nothing but a photographer and an agency: `Ann Example | Getty Images`, `Bo Sample/AFP`.
    private static func isAgency(_ block: TextBlock) -> Bool {
        guard block.words <= 9, !block.endsSentence else { return false }
        for agency in agencies where block.folded.count >= agency.utf8CodeUnitCount {
            guard let at = block.folded.find(agency, from: block.folded.count - agency.utf8CodeUnitCount) else {
                continue
            }
            if at == 0 || block.contains(" | ") || block.contains("/") || block.contains(" via ") { return true }
        }
        return false
    }

    private static let agencies: [StaticString] = [
        "getty images", "getty", "reuters", "afp", "ap", "ap photo", "associated press", "bloomberg", "shutterstock",
        "istock", "xinhua", "vcg",
        "epa", "alamy", "unsplash", "zuma press", "imagechina", "imaginechina", "cfp", "dpa", "pa images",
        "istockphoto",
    ]

    /// Whether a line carries a credit in its tail, as captions do and body text does not.
    static func hasCredit(_ block: TextBlock) -> Bool {
        if block.bytes.count <= 700,
            block.contains("file photo") || (block.starts(with: "in this ") && block.contains(" photo"))
        {
            return true
        }
        guard block.bytes.count <= 700, let (at, _) = creditStart(block.bytes) else { return false }
        // A colon may stand in any sentence, but a credit stands at the end of a caption.
        return block.bytes.count - at <= 120
    }

    private static let captionLeads: [StaticString] = [
        "caption: ", "caption:", "above: ", "pictured: ", "image caption ",
    ]

    /// What begins a credit; the longest are listed first. With a colon they count anywhere in the tail, without one
    /// after a full stop, a bracket or at the start.
    private static let marks: [(StaticString, needsBreak: Bool)] = [
        ("photo illustration by ", true), ("photo courtesy of ", true), ("image courtesy of ", true),
        ("photograph courtesy of ", true), ("(courtesy of ", false), ("(courtesy ", false), ("photograph by ", true),
        ("photos by ", true), ("photo by ", true),
        ("picture by ", true), ("image by ", true), ("illustration by ", true), ("image credit: ", false),
        ("photo credit: ", false), ("photo credits: ", false), ("picture credit: ", false), ("photograph: ", false),
        ("photography: ", false),
        ("photos: ", false), ("photo: ", false), ("photo/", true), ("photo | ", true), ("picture: ", false),
        ("pictures: ", false),
        ("credit: ", false), ("credits: ", false), ("image: ", true), ("images: ", true), ("image source: ", false),
        ("image credit ", true), ("photo credit ", true), ("credit ", true), ("photo:", false), ("credit:", false),
        ("source: ", true), ("illustration: ", true),
        ("图片来源:", false), ("摄影:", true), ("图:", true), ("图/", true), ("摄/", true), ("foto: ", false),
        ("图片来源\u{FF1A}", false), ("摄影\u{FF1A}", true), ("图\u{FF1A}", true),
    ]

    /// One of these is in every mark, so that most lines are done after a few searches.
    private static let stems: [StaticString] = [
        "photo", "credit", "image", "picture", "illustration", "courtesy", "source", "foto", "\u{56FE}", "\u{6444}",
    ]

    /// The place of the first mark of a credit near the end, and where the credit begins.
    private static func creditStart(_ bytes: [UInt8]) -> (at: Int, end: Int)? {
        // A credit stands at the start or in the last 160 bytes; only these are searched.
        let offset = max(0, bytes.count - 160)
        let tail = bytes[offset...].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        let head = offset == 0 ? tail : bytes.prefix(40).map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        guard stems.contains(where: { tail.contains($0) || (offset > 0 && head.contains($0)) }) else { return nil }
        var best: (at: Int, end: Int)?
        for (mark, needsBreak) in marks {
            if head.starts(with: mark) { return (0, mark.utf8CodeUnitCount) }
            var from = 0
            while let at = tail.find(mark, from: from) {
                from = at + 1
                if at > 0 ? !startsWord(tail, at) : offset > 0 { continue }
                if needsBreak, at > 0, !followsBreak(tail, at) { continue }
                let place = offset + at
                if best.map({ place < $0.at }) ?? true { best = (place, place + mark.utf8CodeUnitCount) }
                break
            }
        }
        return best
    }

    private static func startsWord(_ lower: [UInt8], _ at: Int) -> Bool {
        let before = lower[at - 1]
        return !(before &- 0x61 < 26 || before &- 0x30 < 10)
    }

    /// Whether what stands before ended: a full stop, bracket, quote, bar or line.
    private static func followsBreak(_ lower: [UInt8], _ at: Int) -> Bool {
        var index = at - 1
        while index >= 0, lower[index] == 0x20 || lower[index] == 0x0A || lower[index] == 0xA0 || lower[index] == 0xC2 {
            index -= 1
        }
        guard index >= 0 else { return true }
        switch lower[index] {
        case 0x2E, 0x28, 0x5B, 0x7C, 0x22, 0x3F, 0x21, 0x82, 0x9D, 0x88, 0x3B, 0x29, 0x2F, 0x2D: return true
        default: return lower[at - 1] == 0x0A
        }
    }

    private static func trimTail(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var slice = bytes
        while let last = slice.last,
            last <= 0x20 || last == 0x28 || last == 0x5B || last == 0x7C || last == 0x2F || last == 0x2D
        {
            slice.removeLast()
        }
        return slice
    }

    private static func trimCredit(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var slice = bytes
        while let last = slice.last, last <= 0x20 || last == 0x29 || last == 0x5D || last == 0x2E { slice.removeLast() }
        while let first = slice.first, first <= 0x20 || first == 0x3A { slice.removeFirst() }
        return slice
    }
}
