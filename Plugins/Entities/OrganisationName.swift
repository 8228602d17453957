internal import WirewatchKit
internal import WirewatchText

/// Reads an organisation's name around the word that says what it is.
struct OrganisationName {
    /// Words of the text.
    var words: ClosedRange<Int>

    /// The most words of a name.
    private static let longest = 14

    /// `Fast Breeder Institute`, `Ministry of Trade and Industry`; nil where there is no name, or where one of the
    /// watchlist stands already.
    init?(around hit: CueHit, _ view: TextView, _ scratch: borrowing Scratch, _ watchlist: Watchlist) {
        let head = Int(hit.word)
        let headEnd = Int(hit.word + hit.wordCount) - 1
        guard scratch.isIntroducing(view.words[head].start), Self.isSingular(hit, view), view.isCapitalised(head),
            !Self.isWatched(head, view, scratch, watchlist)
        else { return nil }
        var first = head
        while headEnd - first < Self.longest, let before = Self.before(first, view) { first = before }
        var last = headEnd
        while last - first < Self.longest, let next = Self.next(last, after: headEnd, view, scratch) { last = next }
        let isGeneric = (first..<head).allSatisfy { NameTables.generic.contains(view.words[$0]) }
        if isGeneric, last == headEnd {
            // `China's Foreign Ministry`: whose it is makes the name.
            guard view.gap(first - 1) == .possessive, view.isCapitalised(first - 1),
                !NameTables.stops.contains(view.words[first - 1])
            else { return nil }
            first -= 1
        }
        words = first...last
    }

    /// `Acme Widgets Inc.`
    init?(before hit: CueHit, _ view: TextView, _ scratch: borrowing Scratch, _ watchlist: Watchlist) {
        let form = Int(hit.word)
        guard scratch.isIntroducing(view.words[form].start), view.isCapitalised(form),
            !Self.isWatched(form, view, scratch, watchlist), !Self.isWatched(form - 1, view, scratch, watchlist)
        else { return nil }
        var first = form
        if view.gap(form - 1) == .comma, view.isCapitalised(form - 1) { first = form - 1 }
        while form - first < 6, let before = Self.before(first, view) { first = before }
        guard first < form else { return nil }
        words = first...form
    }

    private static func isSingular(_ hit: CueHit, _ view: TextView) -> Bool {
        let last = view.words[Int(hit.word + hit.wordCount) - 1]
        // `Universities`, `Ministries`; `Laboratories` is a name's word, and a cue by itself.
        return view.bytes[Int(last.end) - 1] != 0x73 || view.length(Int(hit.word)) == 12
    }

    private static func before(_ word: Int, _ view: TextView) -> Int? {
        let before = word - 1
        switch view.gap(before) {
        case .space, .hyphen, .ampersand: break
        default: return nil
        }
        guard view.isCapitalised(before), !beginnings.contains(view.words[before]) else { return nil }
        return before
    }

    /// Goes on over capitals, over `of` and `for` before them, and over `and` inside what follows these.
    private static func next(_ word: Int, after head: Int, _ view: TextView, _ scratch: Scratch) -> Int? {
        let gap = view.gap(word)
        if gap == .comma { return enumeration(word, after: head, view) }
        guard gap == .space || gap == .ampersand || gap == .hyphen else { return nil }
        var next = word + 1
        if view.isCapitalised(next) { return gap == .space && beginnings.contains(view.words[next]) ? nil : next }
        let joint = view.words[next]
        guard joints.contains(joint), view.gap(next) == .space else { return nil }
        let isAnd = isAnd(next, view)
        if isAnd, word == head { return nil }
        next += 1
        if !isAnd, articles.contains(view.words[next]), view.gap(next) == .space { next += 1 }
        guard view.isCapitalised(next), !beginnings.contains(view.words[next]) else { return nil }
        // `the Institute of Physics and Siemens`: another name begins.
        let start = Int32(view.words[next].start)
        if isAnd, scratch.mentions.contains(where: { $0.start == start }) { return nil }
        return next
    }

    private static func isAnd(_ word: Int, _ view: TextView) -> Bool {
        view.length(word) == 3 && view.bytes[Int(view.words[word].start)] | 0x20 == 0x61
    }

    /// `Ministry of Trade, Industry and Energy`: a comma, one or two words, and the last one after `and`.
    private static func enumeration(_ word: Int, after head: Int, _ view: TextView) -> Int? {
        guard ministries.contains(view.words[head]), word > head else { return nil }
        var at = word + 1
        guard view.isCapitalised(at) else { return nil }
        if view.gap(at) == .space, view.isCapitalised(at + 1) { at += 1 }
        guard view.gap(at) == .space, isAnd(at + 1, view), view.gap(at + 1) == .space, view.isCapitalised(at + 2) else {
            return nil
        }
        return word + 1
    }

    private static let ministries = WordSet("ministry department")
    private static let articles = WordSet("the")
    private static let joints = WordSet("of for and")

    /// Words with a capital that are before a name, not in it.
    private static let beginnings = WordSet(
        """
        the a an this that these those in on at by to from with within after before during since until under over about \
        but or so yet as also although because however meanwhile instead then still now when where while if both all each \
        every many most some other another according citing like unlike despite former renowned his her its their our \
        monday tuesday wednesday thursday friday saturday sunday today yesterday dr mr mrs ms prof professor president \
        director chairman
        """)

    /// Whether a name of the watchlist, other than a place, covers a word.
    private static func isWatched(_ word: Int, _ view: TextView, _ scratch: Scratch, _ watchlist: Watchlist) -> Bool {
        guard word >= 0 else { return false }
        let start = Int32(view.words[word].start)
        return scratch.mentions.contains {
            $0.start <= start && $0.end > start && watchlist.entries[Int($0.entity)].type != .place
        }
    }
}

extension Scratch {
    /// Whether names are introduced here: in running text, not in headlines and tags.
    func isIntroducing(_ at: UInt32) -> Bool {
        switch part(at: Int32(at))?.field {
        case .body, .caption, .editorsNote: true
        default: false
        }
    }
}
