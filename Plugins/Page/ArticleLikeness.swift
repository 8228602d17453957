import WirewatchHTTP

/// Tells articles from a site's other pages by address and link text.
///
/// Points are given for what articles have (a date or a number in the address, a name of several words, a headline as the
/// link's text) and taken for what other pages have; some names (`/tag/`, `/login`) settle it alone.
enum ArticleLikeness {
    /// What an article's link has at least.
    static let threshold = 5

    static func holds(_ link: LinkCandidate) -> Bool { score(link).map { $0 >= threshold } ?? false }

    /// The points of a link; nil for one that cannot be an article.
    static func score(_ link: LinkCandidate) -> Int? {
        let segments = link.url.path.split(separator: "/").prefix(16).map { $0.lowercased() }
        let query = link.url.query?.lowercased() ?? ""
        guard !segments.isEmpty || !query.isEmpty else { return nil }
        let words = words(in: link.text)
        var score = words >= 7 ? 3 : words >= 4 ? 2 : 0
        if link.isHeading { score += 2 }
        guard let file = segments.last else { return Self.score(query: query).map { score + $0 + 1 } }
        let (name, suffix) = split(file)
        if let suffix, !ArticleNames.pageSuffixes.contains(suffix) {
            if ArticleNames.otherSuffixes.contains(suffix) { return nil }
        } else if suffix != nil {
            score += 1
        }
        if segments.contains(where: ArticleNames.neverArticles.contains) { return nil }
        if ArticleNames.ownPages.contains(name), Self.score(query: query) == nil { return nil }
        if segments.count >= 2, segments[segments.count - 2] == "page", name.utf8.allSatisfy(isDigit) { return nil }
        if segments.dropLast().contains(where: ArticleNames.newsFolders.contains) { score += 1 }
        if segments.contains(where: ArticleNames.otherFolders.contains) { score -= 3 }
        if segments.count >= 2 { score += 1 }
        if hasDate(segments) { score += 3 }
        score += Self.score(name: name, words: words)
        if !query.isEmpty { score += Self.score(query: query) ?? -2 }
        return score
    }

    /// Words of a text; two CJK characters count as one.
    static func words(in text: String) -> Int {
        var words = 0
        var wide = 0
        var isInWord = false
        for scalar in text.unicodeScalars.prefix(4096) {
            if scalar.value >= 0x2E80, scalar.value < 0xFB00 || scalar.value >= 0x20000 {
                wide += 1
                isInWord = false
                continue
            }
            let isLetter =
                scalar.value >= 0x80
                ? scalar.properties.isAlphabetic : isWordByte(UInt8(truncatingIfNeeded: scalar.value))
            if isLetter, !isInWord { words += 1 }
            isInWord = isLetter || (isInWord && (scalar == "'" || scalar == "-" || scalar == "\u{2019}"))
        }
        return words + wide / 2
    }

    // MARK: Parts

    /// A name of many words is a headline; a number, an article's.
    private static func score(name: String, words: Int) -> Int {
        var points = 0
        let parts = name.split(whereSeparator: { $0 == "-" || $0 == "_" || $0 == "+" })
        let worded = parts.count { $0.utf8.count > 1 || !$0.utf8.allSatisfy(isDigit) }
        if worded >= 5 { points = 4 } else if worded >= 3 { points = 3 } else if worded == 2 { points = 1 }
        // Percent-encoded letters beyond ASCII: three codes a character in most scripts of this length.
        if name.utf8.count(where: { $0 == UInt8(ascii: "%") }) >= 9 { points = max(points, 3) }
        if longestNumber(name) >= 4 { points += 2 }
        if words <= 4, parts.contains(where: { ArticleNames.legalWords.contains(String($0)) }) { points -= 4 }
        return points
    }

    /// `?p=123`, `?id=123`, `?article=name`.
    private static func score(query: String) -> Int? {
        for parameter in query.split(separator: "&").prefix(16) {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, ArticleNames.queryNames.contains(String(parts[0])) else { continue }
            if parts[1].utf8.allSatisfy(isDigit) || parts[1].utf8.count >= 8 { return 3 }
        }
        return nil
    }

    /// A year, most often with a month after it: `/2026/01/`, `/2026-01-04-name`, `/20260104/`.
    private static func hasDate(_ segments: [String]) -> Bool {
        segments.contains { segment in
            let bytes = Array(segment.utf8.prefix(10))
            guard bytes.count >= 4, bytes.prefix(4).allSatisfy(isDigit) else { return false }
            let year = bytes.prefix(4).reduce(0) { $0 * 10 + Int($1 - 0x30) }
            guard (1995...2100).contains(year) else { return false }
            let rest = bytes.dropFirst(4)
            guard let next = rest.first else { return true }
            if next == UInt8(ascii: "-") || next == UInt8(ascii: "_") {
                return rest.dropFirst().first.map(isDigit) ?? false
            }
            return rest.count >= 4 && rest.prefix(4).allSatisfy(isDigit)
        }
    }

    private static func longestNumber(_ name: String) -> Int {
        var longest = 0
        var length = 0
        for byte in name.utf8 {
            length = isDigit(byte) ? length + 1 : 0
            longest = max(longest, length)
        }
        return longest
    }

    /// A file's name and its suffix, if it has one of letters and digits.
    private static func split(_ file: String) -> (name: String, suffix: String?) {
        guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return (file, nil) }
        let suffix = file[file.index(after: dot)...]
        guard (2...5).contains(suffix.utf8.count), suffix.utf8.allSatisfy({ isWordByte($0) }) else {
            return (file, nil)
        }
        return (String(file[..<dot]), String(suffix))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isWordByte(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || isDigit(byte) }
}
