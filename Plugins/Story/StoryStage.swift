internal import Glibc
internal import WirewatchDigest
public import WirewatchKit

extension Plugin {
    /// The `story` stage.
    public static let story = Plugin.statefulStage(
        "story", summary: "Groups the reports of one event, whoever publishes them, into one story."
    ) { (options: StoryOptions, context) in StoryStage(options, log: context.log) }
}

/// Gives each article its story: that of the open story it most likely tells, or one of its own.
final class StoryStage: StatefulStage {
    private let options: StoryOptions
    private let window: Int64
    private let leastScore: Float
    private let readsTitle: Bool
    private let readsSubtitle: Bool
    private let readsBody: Bool
    private let log: Logger

    private var isRestored = false
    private var index: StoryIndex
    private var frequencies = TermFrequencies()
    private var journal = StoryJournal()
    private var scan = TermScan()
    private var vector = ArticleVector()
    /// The article that the members above were last used for, and what became of it.
    private var last: (article: String, story: UInt32?) = ("", nil)

    init(_ options: StoryOptions, model: JoinModel = .shipped, log: Logger) {
        self.options = options
        self.log = log
        window = options.window.milliseconds
        leastScore = options.leastScore
        readsTitle = options.fields.contains(.title)
        readsSubtitle = options.fields.contains(.subtitle)
        readsBody = options.fields.contains(.body)
        index = StoryIndex(model: model)
    }

    func process(_ event: inout ArticleEvent, state: any StateAccess) throws -> Verdict {
        if !isRestored { try restore(from: state) }
        // Arrival, not the clock: a replay closes what the first run closed. It never goes back.
        journal.meta.clock = max(journal.meta.clock, event.article.received.milliseconds)
        index.close(before: journal.meta.clock - window, keeping: options.maxStories)
        read(event.article)
        guard !scan.terms.isEmpty else {
            // Nothing to compare: a story of its own, that nothing can join.
            last = (event.article.id, nil)
            event.article.story = Story(id: Self.id(of: event.article), sources: 1, firstSeen: event.article.received)
            return .keep
        }
        frequencies.countArticle()
        frequencies.count(scan.terms)
        vector.weigh(scan.terms, frequencies)
        let time = Self.time(of: event.article)
        index.compare(vector, time: time)

        let joined = index.candidates.first.flatMap { $0.score > leastScore ? $0.story : nil }
        let number = joined ?? index.rows.next
        var changes = Revision.marks(of: event.article)
        var news: (changes: [StoryChange], facts: [Fact]) = ([], [])
        if !event.article.metrics.isEmpty {
            news = StoryFacts.compare(event.article.metrics, with: joined.map { index.facts(of: $0) } ?? [])
            changes += news.changes
        }
        let entry = StoryIndex.Entry(
            story: number, oldest: index.rows.oldest,
            founds: joined == nil ? Self.halves(of: Self.id(of: event.article)) : nil, received: journal.meta.clock,
            time: time, source: Publisher.hash(of: event.article), facts: news.facts)
        index.apply(entry, vector)
        journal.append(entry, vector, counting: scan.terms, frequencies, to: state)
        last = (event.article.id, number)
        let row = index.rows[number]
        event.article.story = Story(
            id: Self.text(of: index.rows.id(number)), sources: Int(row.sourceCount),
            firstSeen: Timestamp(milliseconds: row.firstReceived), changes: changes)
        return .keep
    }

    /// The identifier of the story that an article founds.
    private static func id(of article: Article) -> String { SHA256.identifier("story", article.id) }

    private func read(_ article: Article) {
        scan.begin()
        if readsTitle { scan.add(article.title, .title, limit: .max) }
        if readsSubtitle, let subtitle = article.subtitle {
            scan.add(subtitle, .subtitle, limit: options.textBytes)
        }
        if readsBody { scan.add(article.body, .body, limit: options.textBytes) }
    }

    /// When the event was told: the article's own time where it has one, for old articles may arrive together.
    private static func time(of article: Article) -> Int64 {
        guard let published = article.published, published.precision >= .minute else {
            return article.received.milliseconds
        }
        return min(published.timestamp.milliseconds, article.received.milliseconds)
    }

    // MARK: State

    private func restore(from state: any StateAccess) throws {
        isRestored = true
        do {
            _ = try journal.restore(&index, &frequencies, from: state)
        } catch let problem as StoryJournal.Problem {
            log.error(
                """
                the stories remembered are \(problem == .damaged ? "damaged" : "of another version") and are forgotten; \
                what is told again of them founds stories anew
                """)
            for (key, _) in try state.entries(prefix: "") { state.remove(key) }
            index = StoryIndex(model: index.model)
            frequencies = TermFrequencies()
            journal = StoryJournal()
        }
    }

    /// A story's identifier in the row, 32 hexadecimal digits as two integers.
    private static func halves(of id: String) -> (UInt64, UInt64) {
        (UInt64(id.prefix(16), radix: 16) ?? 0, UInt64(id.dropFirst(16), radix: 16) ?? 0)
    }

    private static func text(of id: (UInt64, UInt64)) -> String {
        String(unsafeUninitializedCapacity: 32) { digits in
            for place in 0..<16 {
                let shift = UInt64(60 - 4 * place)
                digits[place] = digit(id.0 >> shift)
                digits[16 + place] = digit(id.1 >> shift)
            }
            return 32
        }
    }

    private static func digit(_ bits: UInt64) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: bits & 15)
        return value < 10 ? 0x30 + value : 0x57 + value
    }

    // MARK: Explaining

    func explain(_ event: ArticleEvent) -> Explanation? {
        guard let story = event.article.story, event.article.id == last.article else { return nil }
        let children = index.candidates.prefix(3).map { candidate in
            let shared = sharedTerms(with: candidate.story, in: event.article)
            let likeness = candidate.likeness.values
            let chance = 1 / (1 + exp(-Double(candidate.score)))
            return Explanation(
                "story \(index.id(of: candidate.story).map(Self.text) ?? "closed")",
                held: candidate.story == last.story,
                detail: """
                    likelihood \(Self.hundredths(chance)), threshold \(Self.hundredths(options.threshold)); cosine \
                    \(Self.hundredths(Double(likeness[Likeness.cosine]))), shared: \
                    \(shared.isEmpty ? "none" : shared.map(\.text).joined(separator: ", "))
                    """,
                spans: shared.map(\.span))
        }
        let isNew = !children.contains { $0.held == true }
        let sources = story.sources == 1 ? "1 source" : "\(story.sources) sources"
        var parts = children
        parts += story.changes.map { Explanation("changed", detail: $0.kind.rawValue) }
        return Explanation(
            "story \(story.id)", detail: "\(isNew ? "founded" : "joined"), \(sources) so far", children: parts)
    }

    /// The article's heaviest terms that a story had before it.
    private func sharedTerms(with story: UInt32, in article: Article) -> [(text: String, span: TextSpan)] {
        guard index.rows.isOpen(story) else { return [] }
        var found: [(text: String, span: TextSpan)] = []
        for at in vector.order where found.count < 8 {
            let term = vector.terms[Int(at)]
            guard index.contains(story, term, besidesLast: story == last.story),
                let place = scan.terms.first(where: { $0.hash == term.hash })
            else { continue }
            let span = TextSpan(place.field, Int(place.start)..<Int(place.end))
            if let text = article.text(of: span) { found.append((text, span)) }
        }
        return found
    }

    private static func hundredths(_ value: Double) -> String {
        let number = Int((value * 100).rounded())
        return "\(number / 100).\(number % 100 < 10 ? "0" : "")\(number % 100)"
    }
}
