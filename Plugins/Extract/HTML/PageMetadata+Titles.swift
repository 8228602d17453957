extension PageMetadata {
    /// A title without the site's name at either end: cut at a bar or dash where what is left, or what is cut, is known
    /// from elsewhere.
    static func withoutSite(_ title: String, site: String?, evidence: [String]) -> String {
        let bytes = Array(title.utf8)
        var cuts: [(Int, Int)] = []
        for mark in [
            " | ", " - ", " \u{2013} ", " \u{2014} ", " \u{B7} ", " \u{AB} ", " \u{BB} ", " :: ", "_", " / ", "|",
            " \u{2022} ", " \u{203A} ",
        ] {
            let wanted = Array(mark.utf8)
            var at = 0
            while at + wanted.count <= bytes.count {
                if bytes[at..<at + wanted.count].elementsEqual(wanted) { cuts.append((at, at + wanted.count)) }
                at += 1
            }
        }
        guard !cuts.isEmpty, cuts.count < 40 else { return title }
        for text in evidence where text != title && plain(text).count > 8 {
            for (start, end) in cuts {
                let before = String(decoding: bytes[..<start], as: UTF8.self)
                let after = String(decoding: bytes[end...], as: UTF8.self)
                if plain(before) == plain(text) { return before }
                if plain(after) == plain(text), after.utf8.count >= before.utf8.count { return after }
            }
        }
        if let site, !site.isEmpty {
            let name = plain(site)
            for (start, end) in cuts.sorted(by: { $0.0 < $1.0 }) {
                let before = String(decoding: bytes[..<start], as: UTF8.self)
                let after = String(decoding: bytes[end...], as: UTF8.self)
                if plain(after).hasPrefix(name) || name.hasPrefix(plain(after)), !plain(after).isEmpty { return before }
                if plain(before) == name { return after }
            }
        }
        // A short last part is a site's name nearly always.
        if let (start, end) = cuts.filter({ $0.1 - $0.0 > 1 }).max(by: { $0.0 < $1.0 }) {
            let before = TextBlock(bytes[..<start])
            let after = TextBlock(bytes[end...])
            if before.words >= 4 || before.wideCharacters >= 8, after.words <= 4, after.words * 2 <= before.words {
                return before.squeezed
            }
        }
        return title
    }

    /// The site's name in a document title: what follows the article's title and a mark. Nil when there is no such end.
    static func site(in documentTitle: String, after title: String) -> String? {
        guard !title.isEmpty, documentTitle.hasPrefix(title) else { return nil }
        let rest = TextBlock(String(documentTitle.dropFirst(title.count))).squeezed
        for mark in ["| ", "- ", "\u{2013} ", "\u{2014} ", "\u{B7} ", "\u{2022} "] where rest.hasPrefix(mark) {
            let name = TextBlock(String(rest.dropFirst(mark.count)))
            if name.words <= 5, name.letters + name.wideCharacters > 1, !name.contains(" | "), !name.contains(" - ") {
                return name.squeezed
            }
        }
        return nil
    }

    /// Letters and digits alone, in lower case.
    static func plain(_ text: String) -> [UInt8] { plain(TextBlock(text)) }

    static func plain(_ text: TextBlock) -> [UInt8] {
        text.folded.filter { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 >= 0x80 }
    }

    /// Whether two titles say the same: equal, or one holds the other and is not much longer.
    static func resembles(_ a: String, _ b: String) -> Bool {
        let x = plain(a)
        let y = plain(b)
        guard x.count >= 6, y.count >= 6 else { return x == y && !x.isEmpty }
        if x == y { return true }
        let (short, long) = x.count < y.count ? (x, y) : (y, x)
        if long.starts(with: short) || long.suffix(short.count).elementsEqual(short) {
            return short.count * 2 >= long.count
        }
        // Most words in common: headlines are reworded for search engines.
        let one = Set(TextBlock(a).folded.split(separator: 0x20).map { Array($0) })
        let two = Set(TextBlock(b).folded.split(separator: 0x20).map { Array($0) })
        return one.intersection(two).count * 10 >= min(one.count, two.count) * 7 && min(one.count, two.count) >= 4
    }
}

extension [UInt8] {
    fileprivate func hasPrefix(_ other: [UInt8]) -> Bool { starts(with: other) && !other.isEmpty }
}
