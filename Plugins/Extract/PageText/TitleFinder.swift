/// Finds the title among the lines above a page's text.
struct TitleFinder {
    private let lines: [PageLine]
    private let body: Range<Int>
    private let taken: [String?]
    /// Each line's letters and digits, and how many lines have the same.
    private let keys: [[UInt8]]
    private let counts: [[UInt8]: Int]

    init(_ lines: [PageLine], body: Range<Int>, taken: [String?]) {
        self.lines = lines
        self.body = body
        self.taken = taken
        keys = lines.map { $0.text.bytes.count <= 300 ? PageMetadata.plain($0.text.text) : [] }
        counts = keys.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// The line, or nil when none is like a title.
    ///
    /// For each line above the body: a title has some words and no full stop, is near the body, is repeated (as the text of
    /// pictures, or as the document's title in the first line) and has a byline, a date or share buttons after it.
    func find() -> Int? {
        let end = body.isEmpty ? lines.count : body.lowerBound
        var best: (score: Double, line: Int)?
        for index in 0..<min(lines.count, max(end, 1)) where end - index <= 120 || index == 0 {
            guard let score = score(index, end) else { continue }
            if best == nil || score > best!.score { best = (score, index) }  // best was just seen to be set
        }
        guard let best, best.score > 0 else { return nil }
        return headline(in: body.prefix(3)) ?? best.line
    }

    /// A long headline that was taken for the body's first line: no full stop, and byline or date right under it.
    private func headline(in range: Range<Int>.SubSequence) -> Int? {
        range.first { index in
            let line = lines[index]
            guard taken[index] == nil, line.role == .prose || line.role == .short, !line.text.endsSentence,
                line.text.words <= 30,
                lines.indices.contains(index + 1)
            else { return false }
            return lines[index + 1].role == .byline || lines[index + 1].role == .date
        }
    }

    private func score(_ index: Int, _ end: Int) -> Double? {
        let line = lines[index]
        guard taken[index] == nil else { return nil }
        switch line.role {
        case .short, .sentence: break
        case .prose where line.text.words <= 35 && line.text.bytes.last != 0x2E: break
        default: return nil
        }
        let text = line.text
        guard text.bytes.count <= 300 else { return nil }
        var score = 0.0
        let size = text.isWide ? text.wideCharacters / 2 : text.words
        switch size {
        case ..<2: score -= 4
        case 2...3: score -= 1.5
        case 4...24: score += 2
        default: score += 0.5
        }
        if text.bytes.last == 0x2E { score -= 2 }
        score -= min(3, Double(end - index) * 0.12)
        // Alike lines elsewhere: the whole again, or the first line with the site's name after it.
        let key = keys[index]
        if key.count >= 8 {
            if counts[key, default: 0] > 1 { score += 2 }
            if index > 0 {
                let first = keys[0]
                if first.count > key.count, first.starts(with: key), size >= 2 { score += 4 }
                if first == key { score += 2 }
            }
        }
        for next in index + 1..<min(lines.count, index + 5) {
            switch lines[next].role {
            case .byline, .date: score += 1.5
            case .furniture(.share): score += 0.5
            default: continue
            }
            break
        }
        // The first good line of a group leads it: a subtitle follows its title.
        if index > 0, !line.startsGroup, lines[index - 1].role == .short, lines[index - 1].text.words >= 4 {
            score -= 0.5
        }
        return score
    }
}
