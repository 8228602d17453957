internal import Glibc

/// The open stories and what they are found by.
///
/// An article is compared with the few stories that share most of its strongest terms, and joins the likeliest, or founds
/// one. All that is kept follows from what ``apply(_:)`` was given, in order.
struct StoryIndex: ~Copyable {
    /// What is recorded of an article: enough to bring the index where it was.
    struct Entry {
        /// The story that it founds or joins.
        var story: UInt32
        /// The oldest story open when it came.
        var oldest: UInt32
        /// The story's identifier, when the article founds it.
        var founds: StoryRows.Identifier?
        /// When it arrived and when it was published, in milliseconds.
        var received: Int64
        var time: Int64
        /// Hash of the publisher.
        var source: UInt32
        /// What its quantities add to those known of the story.
        var facts: [Fact] = []
    }

    /// A story that an article was compared with.
    struct Candidate {
        var story: UInt32
        var likeness: Likeness
        var score: Float
    }

    private(set) var rows = StoryRows()
    private(set) var postings = TermPostings()
    private var terms = BlockPool<TermWeight>(
        sizes: [8, 16, 24, 32, 40, 48, 64, 96], zero: TermWeight(hash: 0, full: 0, title: 0))
    private var sources = BlockPool<UInt32>(sizes: [1, 2, 4, 8, 16, 64, 256], zero: 0)
    private var facts = BlockPool<Fact>(sizes: [2, 4, 8, 16], zero: Fact(key: 0, value: 0))
    let model: JoinModel

    /// What the last article was compared with, the likeliest first.
    private(set) var candidates: [Candidate] = []
    private var tally = CandidateTally(most: Self.asked * TermPostings.perTerm)
    private var nearest: [UInt32] = []
    /// Of no meaning; kept so that touching is not taken for useless work and left out.
    private var touched: UInt64 = 0
    private var places = TermPlaces()
    private var mean = TermMean()
    /// The logarithms of small numbers.
    private let logs = (0...256).map { logf(Float($0)) }

    /// Of an article's terms, those that candidates are found by, and those by which it will be found.
    private static let asked = 24
    private static let posted = 16
    static let compared = 8
    /// The share of an article's squared length that a candidate must have. Those that join have five times as much.
    private static let leastShared: Float = 0.04
    init(model: JoinModel) { self.model = model }

    /// Begins anew where an earlier run was.
    mutating func start(at oldest: UInt32) { rows.start(at: oldest) }

    // MARK: Asking

    /// Fills ``candidates``. Times in milliseconds.
    mutating func compare(_ vector: borrowing ArticleVector, time: Int64) {
        gather(vector)
        places.fill(vector.terms)
        candidates.removeAll(keepingCapacity: true)
        for story in nearest {
            candidates.append(Candidate(story: story, likeness: likeness(vector, story, time), score: 0))
        }
        var first: Float = 0
        var second: Float = 0
        for candidate in candidates {
            let cosine = candidate.likeness.values[Likeness.cosine]
            if cosine > first { (first, second) = (cosine, first) } else { second = max(second, cosine) }
        }
        for at in candidates.indices {
            let cosine = candidates[at].likeness.values[Likeness.cosine]
            candidates[at].likeness.values[Likeness.margin] = cosine - (cosine == first ? second : first)
            candidates[at].score = model.score(candidates[at].likeness)
        }
        candidates.sort { $0.score != $1.score ? $0.score > $1.score : $0.story < $1.story }
    }

    /// Finds the stories that share most of the article's strongest terms.
    ///
    /// What is looked at lies anywhere in some hundreds of megabytes. Therefore lists, rows and terms are each touched for all
    /// before any is read: the processor then waits for many at a time and not for each in turn.
    private mutating func gather(_ vector: borrowing ArticleVector) {
        var touched: UInt64 = 0
        // Their lists move when stories are posted, which is later.
        typealias List = (stories: UnsafeBufferPointer<UInt32>, sum: Float)
        withUnsafeTemporaryAllocation(of: List.self, capacity: Self.asked) { lists in
            for at in vector.order.prefix(Self.asked) {
                touched &+= UInt64(postings.touch(vector.terms[Int(at)].hash))
            }
            var count = 0
            var total = 0
            for at in vector.order.prefix(Self.asked) {
                let term = vector.terms[Int(at)]
                let stories = postings.stories(of: term.hash)
                let weight = Float(term.full) * TermWeight.unit
                lists.initializeElement(at: count, to: (stories, weight * weight))
                total &+= stories.count
                if !stories.isEmpty { count &+= 1 }
            }
            var rest: Float = 0
            for list in lists[..<count] {
                rest += list.sum
                // Sixteen to a cache line.
                for at in stride(from: 0, to: list.stories.count, by: 16) { touched &+= UInt64(list.stories[at]) }
            }
            tally.begin(total)
            for list in lists[..<count] {
                tally.add(list.sum, to: list.stories, oldest: rows.oldest, rest: rest, least: Self.leastShared)
                rest -= list.sum
            }
        }
        tally.strongest(Self.compared, least: Self.leastShared, into: &nearest)
        for story in nearest { touched &+= UInt64(rows.row(story).pointee.termCount) }
        for story in nearest {
            let row = rows.row(story)
            let block = terms.read(row.pointee.terms, Int(row.pointee.termCount))
            // Eight terms to a cache line.
            for at in stride(from: 0, to: block.count, by: 8) { touched &+= UInt64(block[at].hash) }
        }
        self.touched = touched
    }

    private func likeness(_ vector: borrowing ArticleVector, _ story: UInt32, _ time: Int64) -> Likeness {
        let row = rows[story]
        let shared = overlap(vector, terms.read(row.terms, Int(row.termCount)))
        let apart = Float((time &- row.lastTime).magnitude) / 86_400_000
        var likeness = Likeness()
        func set(_ at: Int, _ value: Float) { likeness.values[at] = value }
        set(0, row.fullNorm > 0 ? shared.full / row.fullNorm : 0)
        set(1, shared.full)
        set(2, row.titleNorm > 0 ? shared.title / row.titleNorm : 0)
        set(3, log(Int(row.articles)))
        set(4, min(apart, 7))
        set(5, expf(-2 * apart))
        set(6, shared.covered)
        set(7, shared.titleCovered)
        set(8, log(max(1, vector.terms.count)))
        set(10, row.fullNorm > 0 ? shared.storyCovered / (row.fullNorm * row.fullNorm) : 0)
        set(11, min(Float((time &- row.firstTime).magnitude) / 86_400_000, 7))
        set(12, vector.hasText ? 0 : 1)
        set(13, log(1 + shared.count))
        let ownNames = vector.nameMass + shared.otherNames
        set(14, ownNames > 0 && row.nameMass > 0 ? shared.names / (ownNames * row.nameMass).squareRoot() : 0)
        set(15, ownNames > 0 ? shared.namesCovered / ownNames : 0.5)
        set(16, vector.strongMass > 0 ? shared.strongCovered / vector.strongMass : 0)
        set(17, row.nameMass > 0 ? shared.storyNamesCovered / row.nameMass : 0.5)
        set(18, ownNames - shared.namesCovered)
        return likeness
    }

    private func log(_ number: Int) -> Float { number < logs.count ? logs[number] : logf(Float(number)) }

    /// What an article and a story have in common, in sums over their terms.
    private struct Overlap {
        var full: Float = 0
        var title: Float = 0
        var covered: Float = 0
        var titleCovered: Float = 0
        var storyCovered: Float = 0
        var strongCovered: Float = 0
        var names: Float = 0
        var namesCovered: Float = 0
        var storyNamesCovered: Float = 0
        /// Of the article's terms, those that are names in the story alone.
        var otherNames: Float = 0
        var count = 0

        /// Adds a term of the article and the same one of the story.
        @inline(__always)
        mutating func add(_ a: TermWeight, _ b: TermWeight, _ strongFloor: UInt16) {
            let x = Float(a.full) * TermWeight.unit
            let y = Float(b.full) * TermWeight.unit
            let title = Float(a.title) * TermWeight.unit
            full += x * y
            self.title += title * Float(b.title) * TermWeight.unit
            covered += x * x
            titleCovered += title * title
            storyCovered += y * y
            strongCovered += a.full & ~1 >= strongFloor ? x * x : 0
            let isName = a.isName || b.isName
            names += isName ? x * y : 0
            namesCovered += isName ? x * x : 0
            storyNamesCovered += b.isName ? y * y : 0
            otherNames += b.isName && !a.isName ? x * x : 0
            count += 1
        }
    }

    private func overlap(_ vector: borrowing ArticleVector, _ story: UnsafeBufferPointer<TermWeight>) -> Overlap {
        var sums = Overlap()
        let strongFloor = vector.strongFloor
        let count = min(story.count, TermMean.limit)
        vector.terms.withUnsafeBufferPointer { own in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: TermMean.limit) { perhaps in
                // First which of its terms the article may have, a tenth: without a branch, for none could guess it.
                var found = 0
                for at in 0..<count {
                    perhaps[found] = UInt8(truncatingIfNeeded: at)
                    found &+= places.mayHave(story[at].hash)
                }
                for at in perhaps[..<found] {
                    let b = story[Int(at)]
                    if let at = places.find(b.hash, in: own) { sums.add(own[at], b, strongFloor) }
                }
            }
        }
        return sums
    }

    /// Whether the story has the term; with `besidesLast`, from another article than the last that joined it.
    func contains(_ story: UInt32, _ term: TermWeight, besidesLast: Bool) -> Bool {
        let row = rows[story]
        let share = besidesLast ? 1 / min(Float(row.articles), TermMean.memory) : 0
        return terms.read(row.terms, Int(row.termCount)).contains {
            $0.hash == term.hash && Float($0.full) > Float(term.full) * share + 2
        }
    }

    /// The identifier of an open story.
    func id(of story: UInt32) -> StoryRows.Identifier? { rows.isOpen(story) ? rows.id(story) : nil }

    /// The quantities known of a story.
    func facts(of story: UInt32) -> [Fact] {
        let row = rows[story]
        return Array(facts.read(row.facts, Int(row.factCount)))
    }

    // MARK: Telling

    /// Closes the stories that an article arriving now can not join.
    mutating func close(before received: Int64, keeping limit: Int) {
        while rows.count > 0, rows.count >= limit || rows[rows.oldest].firstReceived < received {
            let row = rows[rows.oldest]
            terms.release(row.terms)
            sources.release(row.sources)
            facts.release(row.facts)
            rows.removeOldest()
        }
    }

    /// Takes an article into its story. Stories are founded in the order of their numbers.
    mutating func apply(_ entry: Entry, _ vector: borrowing ArticleVector) {
        if let id = entry.founds, entry.story == rows.next {
            rows.append(
                StoryRow(firstReceived: entry.received, firstTime: entry.time, lastTime: entry.time), id)
        }
        for at in vector.order.prefix(Self.posted) {
            postings.post(vector.terms[Int(at)].hash, entry.story, oldest: entry.oldest)
        }
        guard rows.isOpen(entry.story) else { return }
        let row = rows.row(entry.story)
        row.pointee.firstTime = min(row.pointee.firstTime, entry.time)
        row.pointee.lastTime = max(row.pointee.lastTime, entry.time)
        addTerms(vector, to: &row.pointee)
        addSource(entry.source, to: &row.pointee)
        for fact in entry.facts { add(fact, to: &row.pointee) }
    }

    /// Moves the story's mean towards the article.
    private mutating func addTerms(_ vector: borrowing ArticleVector, to row: inout StoryRow) {
        row.articles += 1
        if vector.hasTitle { row.titled += 1 }
        mean.form(
            terms.read(row.terms, Int(row.termCount)), vector.terms,
            share: 1 / min(Float(row.articles), TermMean.memory),
            titleShare: vector.hasTitle ? 1 / min(Float(row.titled), TermMean.memory) : 0)
        row.fullNorm = mean.fullNorm
        row.titleNorm = mean.titleNorm
        row.nameMass = mean.nameMass
        if terms.capacity(row.terms) < mean.count {
            terms.release(row.terms)
            row.terms = terms.allocate(mean.count)
        }
        row.termCount = UInt16(mean.count)
        mean.copy(to: terms.block(row.terms))
    }

    /// Counts a publisher, once; beyond as many as a block holds no more are told apart.
    private mutating func addSource(_ source: UInt32, to row: inout StoryRow) {
        let count = Int(row.sourceCount)
        guard count < sources.largest, !sources.read(row.sources, count).contains(source) else { return }
        sources.append(source, to: &row.sources, count)
        row.sourceCount += 1
    }

    private mutating func add(_ fact: Fact, to row: inout StoryRow) {
        let count = Int(row.factCount)
        guard count < facts.largest else { return }
        facts.append(fact, to: &row.facts, count)
        row.factCount += 1
    }
}
