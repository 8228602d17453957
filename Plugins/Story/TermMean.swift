/// The mean of a story's terms and those of an article that joins it.
///
/// Worked out in room that is kept, and with as few branches as there can be: which of two terms comes first can not be
/// guessed by the processor.
struct TermMean {
    /// Terms that a story is reduced to.
    static let limit = 96
    /// After so many articles, each new one weighs as much as this share.
    static let memory: Float = 200

    private var merged = [TermWeight](
        repeating: TermWeight(hash: 0, full: 0, title: 0), count: limit + ArticleVector.limit)
    private var ranks = [Int32](repeating: 0, count: limit + ArticleVector.limit)
    private(set) var count = 0
    /// Lengths of the vectors, and the squared length of the names' part.
    private(set) var fullNorm: Float = 0
    private(set) var titleNorm: Float = 0
    private(set) var nameMass: Float = 0

    /// Copies the terms, ascending by hash, to a block that has room for ``count``.
    func copy(to block: UnsafeMutableBufferPointer<TermWeight>) {
        merged.withUnsafeBufferPointer { _ = block.update(fromContentsOf: $0[..<count]) }
    }

    /// Moves the story's terms towards the article's by these shares.
    mutating func form(
        _ story: UnsafeBufferPointer<TermWeight>, _ article: [TermWeight], share: Float, titleShare: Float
    ) {
        let limit = (story: min(story.count, Self.limit), article: min(article.count, ArticleVector.limit))
        count = article.withUnsafeBufferPointer { article in
            merged.withUnsafeMutableBufferPointer { merged in
                Self.merge(
                    UnsafeBufferPointer(rebasing: story[..<limit.story]),
                    UnsafeBufferPointer(rebasing: article[..<limit.article]), share, titleShare, into: merged)
            }
        }
        if count > Self.limit { dropLightest(count - Self.limit) }
        measure()
    }

    private static func merge(
        _ story: UnsafeBufferPointer<TermWeight>, _ article: UnsafeBufferPointer<TermWeight>, _ share: Float,
        _ titleShare: Float, into merged: UnsafeMutableBufferPointer<TermWeight>
    ) -> Int {
        var i = 0
        var j = 0
        var count = 0
        while i < story.count, j < article.count {
            let told = story[i]
            let new = article[j]
            // All ones for a term that is next, else zero.
            let apart = Int64(told.hash) &- Int64(new.hash)
            let isTold = Int32(truncatingIfNeeded: (apart &- 1) >> 63)
            let isNew = Int32(truncatingIfNeeded: (-1 &- apart) >> 63)
            let full =
                Float(Int32(told.full & ~1) & isTold) * (1 - share) + Float(Int32(new.full & ~1) & isNew) * share
            let title =
                Float(Int32(told.title) & isTold) * (1 - titleShare) + Float(Int32(new.title) & isNew) * titleShare
            let isName = Int32(told.full & 1) & isTold | Int32(new.full & 1) & isNew
            merged[count] = term(min(told.hash, new.hash), full, title, UInt16(truncatingIfNeeded: isName))
            count &+= 1
            i &-= Int(isTold)
            j &-= Int(isNew)
        }
        for told in story[i...] {
            merged[count] = term(
                told.hash, Float(told.full & ~1) * (1 - share), Float(told.title) * (1 - titleShare), told.full & 1)
            count &+= 1
        }
        for new in article[j...] {
            merged[count] = term(new.hash, Float(new.full & ~1) * share, Float(new.title) * titleShare, new.full & 1)
            count &+= 1
        }
        return count
    }

    /// A mean of such weights, rounded to the nearest.
    @inline(__always)
    private static func term(_ hash: UInt32, _ full: Float, _ title: Float, _ isName: UInt16) -> TermWeight {
        // In 32 bits, which is one instruction; weights are between 0 and 65,535.
        let full = UInt16(truncatingIfNeeded: Int32(min(full + 0.5, 65_534)))
        let title = UInt16(truncatingIfNeeded: Int32(min(title + 0.5, 65_535)))
        return TermWeight(hash: hash, full: full & ~1 | isName, title: title)
    }

    /// Drops the terms of least weight; of equal ones the later.
    private mutating func dropLightest(_ dropped: Int) {
        var bits: Int32 = 0
        for at in 0..<count {
            ranks[at] = Self.rank(of: merged[at])
            bits |= ranks[at]
        }
        // The rank of the lightest to stay is found bit by bit, from how many are below.
        var bound: Int32 = 0
        var below = 0
        var bit = 1 &<< (31 &- Int32(bits.leadingZeroBitCount))
        while bit > 0, below < dropped {
            let lighter = lighter(than: bound | bit)
            if lighter <= dropped { (bound, below) = (bound | bit, lighter) }
            bit >>= 1
        }
        var equal = below - dropped
        for at in 0..<count where ranks[at] == bound { equal += 1 }
        var kept = 0
        for at in 0..<count {
            merged[kept] = merged[at]
            if ranks[at] > bound || ranks[at] == bound && equal > 0 { kept += 1 }
            if ranks[at] == bound { equal -= 1 }
        }
        count = kept
    }

    /// How many of the terms have a lower rank: counted by signs, which goes for several at once.
    private func lighter(than bound: Int32) -> Int {
        var lighter: Int32 = 0
        for rank in ranks[..<count] { lighter &-= (rank &- bound) >> 31 }
        return Int(lighter)
    }

    @inline(__always)
    private static func rank(of term: TermWeight) -> Int32 { Int32(term.full >> 1) + Int32(term.title >> 3) }

    private mutating func measure() {
        var full: Float = 0
        var title: Float = 0
        var names: Float = 0
        for term in merged[..<count] {
            let x = Float(term.full) * TermWeight.unit
            let y = Float(term.title) * TermWeight.unit
            full += x * x
            title += y * y
            names += term.isName ? x * x : 0
        }
        fullNorm = full.squareRoot()
        titleNorm = title.squareRoot()
        nameMass = names
    }
}
