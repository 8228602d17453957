extension Term {
    /// The words that the term is looked for by, folded, with one space between those of a phrase, punctuation and `*` where
    /// they must stand: as written, then with plural endings. Terms of the same first one find the same texts, case apart.
    ///
    /// Empty for a term that has a ``problem``.
    public var spellings: [String] {
        var pattern = text
        return pattern.withUTF8 { bytes in
            var words = Words()
            words.scan(bytes)
            guard Self.problem(in: bytes, words) == nil, let first = words.all.first, let last = words.all.last else {
                return []
            }
            var spelling = Array(bytes[..<Int(first.start)].drop { $0 <= 0x20 })
            var end = Int(first.start)
            for word in words.all {
                let gap = bytes[end..<Int(word.start)]
                if word != first {
                    if isSoftGap(bytes, end, Int(word.start)) { spelling.append(0x20) } else { spelling += gap }
                }
                appendFolded(bytes, word.range, to: &spelling)
                end = Int(word.end)
                if end < bytes.count, bytes[end] == UInt8(ascii: "*") {
                    spelling.append(bytes[end])
                    end += 1
                } else {
                    end = skipPossessive(bytes, end)
                }
            }
            var after = bytes[end...]
            while let blank = after.last, blank <= 0x20 { after.removeLast() }
            var all = [spelling + after]
            if after.isEmpty, spelling.last != UInt8(ascii: "*") {
                var folded: [UInt8] = []
                appendFolded(bytes, last.range, to: &folded)
                all += PluralEnding.of(folded[...]).map { spelling.dropLast($0.dropped) + $0.added }
            }
            return all.map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
