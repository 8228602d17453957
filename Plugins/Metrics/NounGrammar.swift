/// Nouns that are counted: found without a dictionary, by plural endings and by what cannot be a noun.
extension SentenceParser {
    /// Whether the word looks like a plural noun.
    func isPluralNoun(_ i: Int) -> Bool {
        let token = self[i]
        guard token.kind == .word, !token.flags.contains(.possessive) else { return false }
        let classes = classes(i)
        if classes.contains(.plural) { return true }
        if !classes.isDisjoint(with: [.notPlural, .stop, .magnitude, .number, .month, .verb]) { return false }
        let length = token.end - token.start
        guard length >= 3, text[token.end - 1] | 0x20 == 0x73 else { return false }
        let before = text[token.end - 2] | 0x20
        // "ss", "us", "sis" end singulars.
        let isSis = before == 0x69 && length > 4 && text[token.end - 3] | 0x20 == 0x73
        return before != 0x73 && !(before == 0x75 && length > 4) && !isSis
    }

    /// Whether the word may stand in a noun phrase.
    func isNounPart(_ i: Int) -> Bool {
        let token = self[i]
        guard token.kind == .word else { return false }
        let classes = classes(i)
        return classes.isDisjoint(with: [.stop, .number, .magnitude, .month, .weekday, .determiner])
            || classes.contains(.plural)
    }

    /// The head of the noun phrase that begins at a token; -1 when there is none. At most five words are looked at:
    /// the first plural, and plurals right after it ("sales offices").
    func countedNoun(at start: Int, allowSingular: Bool = false) -> (head: Int, end: Int)? {
        var i = start
        var words = 0
        while words < 5 {
            let token = self[i]
            if token.kind == .hyphen, !token.isSpaced, isGlued(i + 1) {
                // The "A" of "5G-A" is no article.
                i += isClass(i + 1, .stop) ? 2 : 1
                continue
            }
            if token.kind == .number, words == 0, self[i + 1].kind == .word, !self[i + 1].isSpaced {
                // "10,000 5G base stations"
                i += 2
                words += 1
                continue
            }
            if words == 0, i == start, token.isSpaced, isPluralVerb(i), !isClass(i, .notPlural) {
                // Right behind a number "measures", "plans" and "reports" are nouns.
                return (i, i + 1)
            }
            if token.kind == .quote, words == 0 {
                i += 1
                continue
            }
            if token.kind == .comma, words == 1, isNounPart(i + 1), isPluralNoun(i + 2) {
                i += 1
                continue
            }
            // "1,200 reported cases", "30 listed companies"
            if words == 0, isParticiple(i), isPluralNoun(i + 1) {
                i += 1
                words += 1
                continue
            }
            guard
                isNounPart(i) || isClass(i, .periodic) && isNounPart(i + 1)
                    || isClass(i, .changeNoun) && isPluralNoun(i)
                    || words > 0 && isKey(i, .and) && isPluralNoun(i + 2) && !isPluralNoun(i - 1)
            else { break }
            if isPluralNoun(i) {
                var head = i
                while head < i + 2, isPluralNoun(head + 1), self[head + 1].isSpaced,
                    classes(head + 1).isDisjoint(with: [.verb, .change])
                {
                    head += 1
                }
                return (head, head + 1)
            }
            words += 1
            i += 1
            if token.flags.contains(.possessive) { break }
        }
        return nil
    }

    private func isParticiple(_ i: Int) -> Bool {
        isClass(i, .verb) && self[i].end - self[i].start > 4
            && text[(self[i].end - 2)..<self[i].end].elementsEqual([0x65, 0x64])
    }

    /// The singular of the word at a token, in small letters unless it is written in capitals or with digits; with what
    /// a hyphen joins to it, unless that is a number.
    func singular(_ i: Int, joined: Bool = false) -> String {
        let token = self[i]
        let noun = entry(i).noun
        if noun >= 0 { return lexicon.nouns[Int(noun)] }
        var end = token.end
        if token.flags.contains(.possessive) { end -= text[end - 2] == 0x27 ? 2 : 4 }
        // "plug-ins", "e-bikes": the whole word.
        var start = token.start
        if joined, !token.isSpaced, self[i - 1].kind == .hyphen, !self[i - 1].isSpaced, self[i - 2].kind == .word,
            !self[i - 2].flags.contains(.digits), self[i - 2].end - self[i - 2].start < 12
        {
            start = self[i - 2].start
        }
        let word = string(start, max(end, start))
        let lower = token.flags.contains(.digits) || hasInnerCapital(token) ? word : word.lowercased()
        return Nouns.singular(lower)
    }

    /// `GPUs`, `EVs`, `iPhones`, `kWh`: capitals behind the first letter.
    func hasInnerCapital(_ token: Token) -> Bool {
        guard token.end - token.start >= 2, token.end - token.start < 24 else { return false }
        return text[(token.start + 1)..<token.end].contains { $0 >= 0x41 && $0 <= 0x5A }
    }
}

enum Nouns {
    private static let irregular: [String: String] = [
        "people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth",
        "mice": "mouse", "criteria": "criterion", "phenomena": "phenomenon", "lives": "life", "wives": "wife",
        "knives": "knife", "leaves": "leaf", "shelves": "shelf", "wolves": "wolf", "halves": "half", "calves": "calf",
        "thieves": "thief", "loaves": "loaf", "elves": "elf", "hooves": "hoof", "scarves": "scarf", "series": "series",
        "species": "species",
        "movies": "movie", "cookies": "cookie", "calories": "calorie", "buses": "bus", "gases": "gas", "lenses": "lens",
        "analyses": "analysis", "crises": "crisis", "indices": "index", "matrices": "matrix", "vertices": "vertex",
        "data": "data", "media": "media", "kids": "kid", "ties": "tie", "caches": "cache",
        "headquarters": "headquarters",
        "axes": "axis", "taxes": "tax", "heroes": "hero", "potatoes": "potato", "viruses": "virus",
        "statuses": "status",
        "campuses": "campus", "bonuses": "bonus", "aircrafts": "aircraft", "businesses": "business", "classes": "class",
    ]

    /// The singular of an English plural.
    static func singular(_ word: String) -> String {
        if let known = irregular[word] { return known }
        let bytes = Array(word.utf8)
        guard bytes.count > 2, bytes.last == 0x73 else { return word }
        if word.hasSuffix("ies"), bytes.count > 4 { return String(word.dropLast(3)) + "y" }
        for ending in ["ches", "shes", "sses", "xes", "zzes"] where word.hasSuffix(ending) {
            return String(word.dropLast(2))
        }
        if word.hasSuffix("ss") || word.hasSuffix("us") && bytes.count > 4 || word.hasSuffix("sis") { return word }
        return String(word.dropLast())
    }
}
