internal import WirewatchText

/// Reads a person's name in a text: where it begins and ends, and which part is the surname.
struct PersonName {
    /// What makes it a name.
    enum Kind {
        /// The surname comes first: Chinese, Korean, Japanese.
        case surnameFirst
        /// A known given name comes first.
        case givenFirst
        /// Words with capitals, no more is known.
        case unknown
    }

    /// Words of the text.
    var first: Int
    var last: Int
    var kind: Kind
    /// The word or hyphenated words of the surname.
    var surname: ClosedRange<Int>

    /// A name has two to four parts.
    private static let mostParts = 4

    // MARK: Reading

    /// The name that begins at a word; nil where there is none.
    init?(startingAt first: Int, _ view: TextView) {
        guard Self.isPart(first, view) else { return nil }
        var last = first
        var parts = 1
        while parts <= Self.mostParts, let next = Self.next(after: last, view) {
            if view.gap(last) != .hyphen && view.gap(last) != .apostrophe { parts += 1 }
            last = next
        }
        self.init(first, last, view)
    }

    /// The name that ends at a word; nil where there is none.
    init?(endingAt last: Int, _ view: TextView) {
        var first = last
        // `Jae-yong`: the second half in small letters.
        if last > 0, view.gap(last - 1) == .hyphen, !view.isCapitalised(last) { first = last - 1 }
        guard first >= 0, Self.isPart(first, view) else { return nil }
        var parts = 1
        while parts <= Self.mostParts, let before = Self.before(first, view) {
            if view.gap(before) != .hyphen && view.gap(before) != .apostrophe { parts += 1 }
            first = before
        }
        self.init(first, last, view)
    }

    private init?(_ first: Int, _ last: Int, _ view: TextView) {
        // Where the second and the last part begin.
        var parts = 0
        var second = first
        var lastPart = first
        for word in first...last {
            let follows = word > first && (view.gap(word - 1) == .hyphen || view.gap(word - 1) == .apostrophe)
            if !follows, !NameTables.particles.contains(view.words[word]) || view.isCapitalised(word) {
                parts += 1
                if parts == 2 { second = word }
                lastPart = word
            }
        }
        guard (2...Self.mostParts).contains(parts) else { return nil }
        self.first = first
        self.last = last
        let given = first..<second
        let rest = second...last
        kind = Self.kind(given, rest, parts, view)
        surname = kind == .surnameFirst ? first...(second - 1) : lastPart...last
    }

    private static func kind(_ head: Range<Int>, _ rest: ClosedRange<Int>, _ parts: Int, _ view: TextView) -> Kind {
        let first = view.words[head.lowerBound]
        let tail = view.words[rest.lowerBound]
        let isHyphenated = view.gap(rest.lowerBound) == .hyphen && rest.count > 1
        if head.count == 1, parts <= 3 {
            if NameTables.koreanSurnames.contains(first), isHyphenated && parts == 2 || parts == 3 && rest.count == 2,
                !NameTables.given.contains(tail)
            {
                let allShort = rest.allSatisfy { view.length($0) <= 6 }
                if allShort { return .surnameFirst }
            }
            if NameTables.chineseSurnames.contains(first), !NameTables.given.contains(tail),
                rest.allSatisfy({ Pinyin.isName(view.bytes[view.words[$0].range]) })
            {
                return .surnameFirst
            }
            if NameTables.japaneseSurnames.contains(first), parts == 2 { return .surnameFirst }
        }
        // `Fei-Fei Li`, `Xingxing Wang`, `Sanae Takaichi`: the surname's table tells it as well.
        let last = view.words[rest.upperBound]
        if NameTables.given.contains(first) || parts == 2 && NameTables.japaneseSurnames.contains(last) {
            return .givenFirst
        }
        if parts == 2, NameTables.chineseSurnames.contains(last) || NameTables.koreanSurnames.contains(last),
            head.allSatisfy({ Pinyin.isName(view.bytes[view.words[$0].range]) })
        {
            return .givenFirst
        }
        return .unknown
    }

    // MARK: Parts

    /// A capitalised word that may be part of a name: no function word, no acronym, no number.
    static func isPart(_ word: Int, _ view: TextView) -> Bool {
        guard view.isCapitalised(word) else { return false }
        let range = view.words[word].range
        if range.count > 20 || range.count > 2 && Letters.isAllCapitals(view.bytes, range) { return false }
        for at in range where view.bytes[at] >= 0x30 && view.bytes[at] <= 0x39 { return false }
        return !NameTables.stops.contains(view.words[word])
    }

    private static func next(after word: Int, _ view: TextView) -> Int? {
        let next = word + 1
        switch view.gap(word) {
        case .space:
            if isPart(next, view) { return next }
            var at = next
            while at < next + 2, at < view.words.count, NameTables.particles.contains(view.words[at]),
                view.gap(at) == .space
            {
                at += 1
                if isPart(at, view) { return at }
            }
            return nil
        case .hyphen:
            if isPart(next, view) { return next }
            return view.length(next) <= 6 && isGivenHalf(word, next, view) ? next : nil
        case .stop: return view.length(word) == 1 && isPart(next, view) ? next : nil
        case .apostrophe: return view.length(word) == 1 && isPart(next, view) ? next : nil
        default: return nil
        }
    }

    private static func before(_ word: Int, _ view: TextView) -> Int? {
        let before = word - 1
        switch view.gap(before) {
        case .space:
            if isPart(before, view) { return before }
            var at = before
            while at > before - 2, at > 0, NameTables.particles.contains(view.words[at]), view.gap(at - 1) == .space {
                at -= 1
                if isPart(at, view) { return at }
            }
            return nil
        case .hyphen: return isPart(before, view) ? before : nil
        case .stop: return view.length(before) == 1 && isPart(before, view) ? before : nil
        case .apostrophe: return view.length(before) == 1 && isPart(before, view) ? before : nil
        default: return nil
        }
    }

    /// `Jae-yong`, `Xiao-ming`: both halves short, the second in small letters alone.
    private static func isGivenHalf(_ word: Int, _ next: Int, _ view: TextView) -> Bool {
        view.length(word) <= 6 && view.bytes[view.words[next].range].allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
    }

    // MARK: Watched names

    /// The surname in a name by itself; nil for a single word.
    static func surname(of name: String) -> String? {
        let words = Words(name)
        var name = name
        return name.withUTF8 { bytes in
            words.all.withUnsafeBufferPointer { all in
                let view = TextView(bytes: bytes, words: all)
                guard let found = PersonName(startingAt: 0, view), found.last == all.count - 1 else { return nil }
                return view.text(
                    Int(all[found.surname.lowerBound].start), Int(all[found.surname.upperBound].end))
            }
        }
    }
}
