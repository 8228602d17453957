internal import WirewatchText

/// What the words beside a short name say against it.
enum NameContext {
    /// Whether a name of one word is part of a person's: `Henry Ford`, `Claude Dupont`.
    static func isOfPerson(_ hit: Hit, _ view: TextView, _ scratch: Scratch) -> Bool {
        // Headlines capitalise too much to tell.
        guard scratch.isInBody(hit.start) else { return false }
        let word = Int(hit.word)
        // `John M. Ford`
        if view.gap(word - 1) == .stop, view.length(word - 1) == 1, view.isCapitalised(word - 1) { return true }
        if view.gap(word - 1) == .space, view.isCapitalised(word - 1), NameTables.given.contains(view.words[word - 1]) {
            return true
        }
        return NameTables.given.contains(view.words[word]) && view.gap(word) == .space
            && PersonName.isPart(word + 1, view)
    }

    /// Whether a surname stands by itself, and is not part of another person's name.
    static func isSurname(_ hit: Hit, _ view: TextView, _ scratch: Scratch) -> Bool {
        isSurname(
            first: Int(hit.word), last: Int(hit.word + hit.wordCount) - 1, standsFirst: false, view,
            isInBody: scratch.isInBody(hit.start))
    }

    static func isSurname(first: Int, last: Int, standsFirst: Bool, _ view: TextView, isInBody: Bool) -> Bool {
        let before = first - 1
        if view.gap(before) == .space || view.gap(before) == .hyphen, PersonName.isPart(before, view) {
            if NameTables.given.contains(view.words[before]) { return false }
            if isInBody, !view.startsSentence(before) { return false }
        }
        // `Lin Hao` is not the Lin of before.
        guard standsFirst, isInBody else { return true }
        return !(view.gap(last) == .space && PersonName.isPart(last + 1, view))
    }
}
