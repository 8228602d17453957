public import WirewatchText

/// One search for the terms of all stages of a pipeline: each article's texts are read once, whatever the number of
/// stages that look for terms in them.
///
/// The first stage that asks finds the terms of all; those after it are answered from what was found, as long as the
/// article's texts are the same. Any number of threads may ask at once.
public final class TermSearch: Sendable {
    /// Larger texts are rare: what they needed is given back.
    private static let largestKept = 4 << 20

    /// The terms of all stages in one matcher.
    fileprivate final class Index: Sendable {
        let matcher: TermMatcher
        /// For each stage, by its number, which of the matcher's terms are its own.
        let ranges: [UInt64: Range<Int>]

        init(_ lists: [(number: UInt64, terms: [Term])]) {
            var all: [Term] = []
            var ranges: [UInt64: Range<Int>] = [:]
            for list in lists {
                ranges[list.number] = all.count..<all.count + list.terms.count
                all += list.terms
            }
            self.ranges = ranges
            matcher = TermMatcher(all)
        }
    }

    /// What a search needs; kept from article to article, so that it stops allocating.
    fileprivate final class Scan {
        let text = ArticleText()
        /// Of all stages, and of the one that asked last.
        var matches: [TermMatch] = []
        var own: [TermMatch] = []
        /// What ``matches`` were found by.
        var index: Index?
    }

    private struct State {
        var lists: [(number: UInt64, terms: [Term])] = []
        var next: UInt64 = 0
        /// Made when first asked for after a change of the lists.
        var index: Index?
        /// One for each thread that was ever inside at once.
        var idle: [Scan] = []
    }

    private let state = Lock(State())

    public init() {}

    /// Adds the terms of a stage. They are looked for as long as the result lives.
    public func add(_ terms: [Term]) -> SearchedTerms {
        let number = state.withLock { state in
            state.next += 1
            state.lists.append((state.next, terms))
            state.index = nil
            return state.next
        }
        return SearchedTerms(terms, number, self)
    }

    fileprivate func remove(_ number: UInt64) {
        state.withLock { state in
            state.lists.removeAll { $0.number == number }
            state.index = nil
            for scan in state.idle { scan.index = nil }
        }
    }

    /// A scan of the article's texts, its matches up to date.
    fileprivate func scan(_ article: Article) -> Scan {
        let (index, idle) = state.withLock { state in
            let index = state.index ?? Index(state.lists)
            state.index = index
            let same = state.idle.lastIndex { $0.index != nil && $0.text.holds(article) }
            let place = same ?? state.idle.indices.last
            return (index, (scan: place.map { state.idle.remove(at: $0) }, isSame: same != nil))
        }
        let scan = idle.scan ?? Scan()
        if idle.isSame, scan.index === index { return scan }
        if !idle.isSame { scan.text.read(article) }
        scan.index = index
        scan.matches.removeAll(keepingCapacity: true)
        scan.text.bytes.withUnsafeBufferPointer {
            index.matcher.find(in: $0, words: scan.text.words, into: &scan.matches)
        }
        return scan
    }

    fileprivate func put(back scan: Scan) {
        guard scan.text.bytes.capacity <= Self.largestKept else { return }
        state.withLock { $0.idle.append(scan) }
    }
}

/// The terms of one stage in a ``TermSearch``. Any number of threads may use it.
public final class SearchedTerms: Sendable {
    public let terms: [Term]
    private let number: UInt64
    private let search: TermSearch

    fileprivate init(_ terms: [Term], _ number: UInt64, _ search: TermSearch) {
        self.terms = terms
        self.number = number
        self.search = search
    }

    deinit { search.remove(number) }

    /// Finds every occurrence of every one of the terms in an article's texts.
    ///
    /// `body` gets the texts in one buffer, and the occurrences as ``TermMatcher`` tells them: their terms are indexes of
    /// ``terms``, their ranges bytes of the buffer. Both are valid inside it alone; it must not ask again.
    public func find<Result>(
        in article: Article, _ body: (ArticleText, [TermMatch]) throws -> Result
    ) rethrows -> Result {
        let scan = search.scan(article)
        defer { search.put(back: scan) }
        // Out of the scan while it is written: each access to a property of a class is checked.
        var own: [TermMatch] = []
        swap(&own, &scan.own)
        defer { swap(&own, &scan.own) }
        own.removeAll(keepingCapacity: true)
        if let range = scan.index?.ranges[number] {
            for var match in scan.matches where range.contains(match.term) {
                match.term -= range.lowerBound
                own.append(match)
            }
        }
        return try body(scan.text, own)
    }
}
