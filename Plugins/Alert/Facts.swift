internal import WirewatchKit
internal import WirewatchPattern
internal import WirewatchText

/// Where a term or a pattern occurs.
struct Occurrence: Hashable {
    var span: TextSpan
    /// Index of its first word among the words of the field; 0 for a pattern.
    var word: Int
}

/// What conditions look at: an article, and where the terms and patterns of all rules occur in it.
///
/// Lives as long as one article is judged, on one thread.
final class Facts {
    let article: Article
    private let set: RuleSet
    /// By index of term; in reading order.
    let occurrences: [Int: [Occurrence]]
    /// A bit for each term that occurs: most terms that rules ask for do not.
    private let present: [UInt64]
    /// By index of pattern, for those that were looked for.
    private var patternMatches: [Int: [Occurrence]] = [:]
    /// Searches that took too many steps: the pattern's index and why.
    private(set) var gaveUp: [(pattern: Int, reason: String)] = []

    /// More matches of one pattern in one field are not counted.
    private static let matchLimit = 1000

    init(_ article: Article, _ set: RuleSet) {
        self.article = article
        self.set = set
        occurrences = Self.occurrences(article, set)
        var present = [UInt64](repeating: 0, count: (set.terms.count + 63) / 64)
        for term in occurrences.keys { present[term >> 6] |= 1 &<< UInt64(term & 63) }
        self.present = present
        if !set.eagerPatterns.isEmpty { findEagerPatterns() }
    }

    /// Finds the terms of all rules, in one pass over each text of the article.
    private static func occurrences(_ article: Article, _ set: RuleSet) -> [Int: [Occurrence]] {
        if set.terms.isEmpty { return [:] }
        var found: [Int: [Occurrence]] = [:]
        var words = Words()
        var matches: [TermMatch] = []
        for field in article.textFields {
            guard let text = article.text(of: field) else { continue }
            matches.removeAll(keepingCapacity: true)
            set.matcher.find(in: text, words: &words, into: &matches)
            for match in matches {
                found[match.term, default: []].append(
                    Occurrence(span: TextSpan(field, match.range), word: match.word))
            }
        }
        return found
    }

    /// Whether a term occurs, anywhere.
    func occurs(_ term: Int) -> Bool { present[term >> 6] >> UInt64(term & 63) & 1 == 1 }

    func term(_ number: Int) -> String { set.terms[number].text }

    func pattern(_ number: Int) -> String { set.patterns[number].text }

    // MARK: Patterns

    /// The patterns by which rules are found are looked for at once: one look at a text spares most of them the search.
    private func findEagerPatterns() {
        for number in set.eagerPatterns { patternMatches[number] = [] }
        for field in article.textFields {
            guard var text = article.text(of: field) else { continue }
            let matches = text.withUTF8 { set.eagerPatternSet.matches(in: $0, limit: Self.matchLimit) }
            for (index, ranges) in matches.found { note(set.eagerPatterns[index], field, ranges) }
            for (index, error) in matches.gaveUp { gaveUp.append((set.eagerPatterns[index], error.reason)) }
        }
    }

    /// Where a pattern matches; searched for when it is first asked for.
    func matches(ofPattern number: Int) -> [Occurrence] {
        if let known = patternMatches[number] { return known }
        patternMatches[number] = []
        for field in article.textFields {
            guard let text = article.text(of: field) else { continue }
            do throws(PatternGaveUp) {
                note(number, field, try set.patterns[number].matches(in: text, limit: Self.matchLimit))
            } catch {
                gaveUp.append((number, error.reason))
            }
        }
        return patternMatches[number] ?? []
    }

    private func note(_ number: Int, _ field: TextField, _ ranges: [Range<Int>]) {
        patternMatches[number, default: []] += ranges.lazy.filter { !$0.isEmpty }.map {
            Occurrence(span: TextSpan(field, $0), word: 0)
        }
    }

    // MARK: Attributes

    /// The site's name and its host with all parent domains, in lower case.
    lazy var sites: [String] = {
        var names: [String] = []
        if let site = article.site { names.append(site.lowercased()) }
        if let url = article.canonicalURL ?? article.url, let start = url.firstRange(of: "://")?.upperBound {
            var host = url[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }.lowercased()[...]
            while !host.isEmpty {
                names.append(String(host))
                host = host.drop { $0 != "." }.dropFirst()
            }
        }
        return names
    }()

    /// The language and the broader ones that its tag names, in lower case: `en-gb`, `en`.
    lazy var languages: [String] = {
        guard var tag = article.language?.lowercased() else { return [] }
        var names = [tag]
        while let dash = tag.lastIndex(of: "-") {
            tag = String(tag[..<dash])
            names.append(tag)
        }
        return names
    }()

    /// Tags reduced to their words.
    lazy var tags: [String] = article.tags.map { String(decoding: Words.normalized($0), as: UTF8.self) }

    /// The place of a span in reading order: title, subtitle, body, captions, tags.
    func order(_ span: TextSpan) -> (Int, Int) {
        let field =
            switch span.field {
            case .title: 0
            case .subtitle: 1
            case .body: 2
            case .editorsNote: 3
            case .caption(let n): 4 + n
            case .tag(let n): 4 + article.captions.count + n
            }
        return (field, span.range.lowerBound)
    }
}

/// What the conditions of a rule found, in the order of the conditions.
struct Findings {
    var reasons: [AlertReason] = []
    var metrics: [Metric] = []
    /// The first words that a text condition found.
    var text: String?
    /// The terms that occurred, as the rule has them.
    var terms: [String] = []
    /// Ids of the topics and entities that conditions asked for.
    var topics: [String] = []
    var entities: [String] = []
}
