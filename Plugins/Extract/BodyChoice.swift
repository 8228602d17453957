/// Which of two texts of one article is kept: what a feed's item holds, or what was read from its page.
///
/// The page is, unless there is reason to think that it shows less: it is no article, or the item's text is the longer one,
/// or a full text that the page does not hold. An item that is itself cut off, or whose words stand in the page's text, is a
/// summary of it.
struct BodyChoice {
    enum Kept: Equatable {
        case page
        /// With the reason, for people.
        case item(String)
    }

    let kept: Kept

    /// - Parameters:
    ///   - isStub: whether the page shows the beginning alone.
    ///   - stand: what stands in the page's place, as `a consent wall`; nil when it is an article or part of one.
    init(page: String, item: String, isStub: Bool, inPlace stand: String?) {
        kept = Self.choose(page: page, item: item, isStub: isStub, inPlace: stand)
    }

    private static func choose(page: String, item: String, isStub: Bool, inPlace stand: String?) -> Kept {
        if let stand { return .item("the page is \(stand)") }
        guard !item.isEmpty else { return .page }
        guard !page.isEmpty else { return .item("the page has no text") }
        let ofPage = TextBlock(page)
        let ofItem = TextBlock(item)
        if isStub { return ofItem.words > ofPage.words ? .item("the page is a paywall stub") : .page }
        if isCutOff(ofItem), ofItem.words < ofPage.words * 2 { return .page }
        if ofItem.words * 10 > ofPage.words * 11 {
            return .item("it has \(ofItem.words) words, and the page's text \(ofPage.words)")
        }
        if ofItem.words >= 150, share(of: ofItem, in: ofPage) < 0.2 {
            return .item("the page's text is another one")
        }
        return .page
    }

    /// Whether a text ends as summaries do: `...`, `[…]`, `(more)`.
    private static func isCutOff(_ text: TextBlock) -> Bool {
        var end = text.folded[...]
        while let last = end.last, last == 0x5D || last == 0x29 || last <= 0x20 { end.removeLast() }
        return end.suffix(3).elementsEqual("...".utf8) || end.suffix(3).elementsEqual("\u{2026}".utf8)
            || end.suffix(4).elementsEqual("more".utf8) && text.bytes.last.map { $0 == 0x29 || $0 == 0x5D } == true
    }

    /// The share of a text's runs of four words that another has too.
    private static func share(of text: TextBlock, in other: TextBlock) -> Double {
        let runs = shingles(text)
        guard !runs.isEmpty else { return 1 }
        return Double(runs.intersection(shingles(other)).count) / Double(runs.count)
    }

    private static func shingles(_ text: TextBlock) -> Set<Int> {
        var words: [Int] = []
        if text.isWide {
            // Pairs of characters take the place of words.
            let scalars = Array(String(decoding: text.folded, as: UTF8.self).unicodeScalars)
            words = scalars.map { Int($0.value) }
        } else {
            for word in text.folded.split(whereSeparator: { $0 <= 0x20 || ($0 < 0x30 && $0 != 0x27) }) {
                var hasher = Hasher()
                for byte in word { hasher.combine(byte) }
                words.append(hasher.finalize())
            }
        }
        guard words.count >= 4 else { return Set(words) }
        return Set((0...(words.count - 4)).map { words[$0..<$0 + 4].hashValue })
    }
}
