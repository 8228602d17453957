internal import Glibc

/// A term of an article or a story with its weights.
struct TermWeight: BitwiseCopyable {
    var hash: UInt32
    /// In title and text, 65,535 for 1; its lowest bit says that the term is a name or a number.
    var full: UInt16
    /// In the title, 65,535 for 1.
    var title: UInt16

    static let unit: Float = 1 / 65_535

    @inline(__always) var isName: Bool { full & 1 == 1 }
}

/// What an article is compared by: its strongest terms, as two vectors of length 1, one of title and text and one of the
/// title alone.
///
/// Weights are kept in 8 and 7 bits, so that what is written to the state is exactly what was compared.
struct ArticleVector: ~Copyable {
    /// Ascending by hash.
    private(set) var terms: [TermWeight] = []
    /// Positions in ``terms``, the heaviest first.
    private(set) var order: [UInt16] = []
    private(set) var hasTitle = false
    /// Whether some term is not in the title.
    private(set) var hasText = false
    /// The squared length of the names' part, and that of the strongest terms.
    private(set) var nameMass: Float = 0
    private(set) var strongMass: Float = 0

    /// Terms that an article is reduced to.
    static let limit = 64
    /// The heaviest terms, of which a report of the same event has most.
    static let strong = 8

    private var keys: [UInt64] = []
    private var weights: [(full: Float, title: Float)] = []
    private var sorted: [UInt64] = []
    /// One and the logarithm of each small number of occurrences.
    private let damped: [Float]

    init() {
        terms.reserveCapacity(Self.limit)
        order.reserveCapacity(Self.limit)
        damped = (0..<256).map { 1 + logf(Float(max(1, $0))) }
    }

    /// Weighs the counted terms of an article, having counted them among the frequencies.
    mutating func weigh(_ counted: UnsafeBufferPointer<CountedTerm>, _ frequencies: TermFrequencies) {
        // An article has some hundred terms: room for all is made once, not asked for with each.
        keys.removeAll(keepingCapacity: true)
        keys.append(contentsOf: repeatElement(0, count: counted.count))
        weights.removeAll(keepingCapacity: true)
        weights.append(contentsOf: repeatElement((full: Float(0), title: Float(0)), count: counted.count))
        var kept = 0
        let damped = damped
        keys.withUnsafeMutableBufferPointer { keys in
            weights.withUnsafeMutableBufferPointer { weights in
                for at in counted.indices {
                    let rarity = frequencies.weight(counted[at].hash)
                    let weight = Self.damp(counted[at].count, damped) * rarity
                    // Occurrences in the title count little more than one, for titles are short.
                    let title = counted[at].title > 0 ? Self.damp(counted[at].title, damped) * rarity : 0
                    weights[at] = (weight, title)
                    // Terms of the title before all others, then by weight: floats above zero sort as their bits do.
                    keys[kept] = (title > 0 ? 1 << 63 : 0) | UInt64(weight.bitPattern) << 16 | UInt64(at)
                    kept &+= weight > 0 ? 1 : 0
                }
            }
        }
        keys.removeLast(keys.count - kept)
        if keys.count > Self.limit {
            let bound = Selection.value(at: keys.count - Self.limit, of: &keys)
            keys.removeAll { $0 < bound }
        }
        var fullMass: Float = 0
        var titleMass: Float = 0
        for key in keys {
            let weight = weights[Int(key & 0xFFFF)]
            fullMass += weight.full * weight.full
            titleMass += weight.title * weight.title
        }
        let fullScale = fullMass > 0 ? 255 / fullMass.squareRoot() : 0
        let titleScale = titleMass > 0 ? 127 / titleMass.squareRoot() : 0
        for at in keys.indices {
            let index = keys[at] & 0xFFFF
            keys[at] = UInt64(counted[Int(index)].hash) << 32 | index
        }
        sortByHash()
        terms.removeAll(keepingCapacity: true)
        terms.append(contentsOf: repeatElement(TermWeight(hash: 0, full: 0, title: 0), count: sorted.count))
        terms.withUnsafeMutableBufferPointer { terms in
            for (at, key) in sorted.enumerated() {
                let index = Int(key & 0xFFFF)
                let weight = weights[index]
                terms[at] = Self.term(
                    hash: counted[index].hash, full: UInt8(max(1, weight.full * fullScale + 0.5)),
                    title: weight.title > 0 ? UInt8(max(1, weight.title * titleScale + 0.5)) : 0,
                    isName: counted[index].isName)
            }
        }
        finish()
    }

    private static func damp(_ count: Float, _ damped: [Float]) -> Float {
        let number = Int(count)
        return number < damped.count ? damped[number] : 1 + logf(count)
    }

    /// Fills `sorted` with the keys in ascending order: spread by their upper bits, which are a hash's, few are out of place.
    private mutating func sortByHash() {
        sorted.removeAll(keepingCapacity: true)
        sorted.append(contentsOf: keys)
        keys.withUnsafeBufferPointer { keys in
            sorted.withUnsafeMutableBufferPointer { sorted in
                withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { ends in
                    ends.initialize(repeating: 0)
                    for key in keys { ends[Int(key >> 58)] &+= 1 }
                    var end: UInt8 = 0
                    for at in ends.indices {
                        end &+= ends[at]
                        ends[at] = end
                    }
                    for key in keys {
                        ends[Int(key >> 58)] &-= 1
                        sorted[Int(ends[Int(key >> 58)])] = key
                    }
                }
                for at in sorted.indices.dropFirst() {
                    let key = sorted[at]
                    var place = at
                    while place > 0, sorted[place &- 1] > key {
                        sorted[place] = sorted[place &- 1]
                        place &-= 1
                    }
                    sorted[place] = key
                }
            }
        }
    }

    /// Takes up the terms of an article from the state, ascending by hash.
    mutating func restore(_ terms: [TermWeight]) {
        self.terms = terms
        finish()
    }

    /// A weight of the full vector in 8 bits and one of the title in 7.
    static func term(hash: UInt32, full: UInt8, title: UInt8, isName: Bool) -> TermWeight {
        TermWeight(hash: hash, full: UInt16(full) * 257 & ~1 | (isName ? 1 : 0), title: UInt16(title) * 516)
    }

    private mutating func finish() {
        var titleTerms = 0
        nameMass = 0
        order.removeAll(keepingCapacity: true)
        order.append(contentsOf: repeatElement(0, count: terms.count))
        terms.withUnsafeBufferPointer { terms in
            for term in terms {
                titleTerms &+= term.title > 0 ? 1 : 0
                let weight = Float(term.full) * TermWeight.unit
                nameMass += term.isName ? weight * weight : 0
            }
            order.withUnsafeMutableBufferPointer { Self.sortByWeight(terms, into: $0) }
        }
        hasTitle = titleTerms > 0
        hasText = titleTerms < terms.count
        strongMass = 0
        for at in order.prefix(Self.strong) {
            let weight = Float(terms[Int(at)].full) * TermWeight.unit
            strongMass += weight * weight
        }
    }

    /// The heaviest first, of equal ones the first by hash: sorted by counting, for a weight has 8 bits.
    private static func sortByWeight(
        _ terms: UnsafeBufferPointer<TermWeight>, into order: UnsafeMutableBufferPointer<UInt16>
    ) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { places in
            places.initialize(repeating: 0)
            var lightest = 255
            var heaviest = 0
            for term in terms {
                let weight = Int(term.full >> 8)
                places[weight] &+= 1
                lightest = min(lightest, weight)
                heaviest = max(heaviest, weight)
            }
            var before: UInt8 = 0
            var weight = heaviest
            while weight >= lightest {
                let count = places[weight]
                places[weight] = before
                before &+= count
                weight &-= 1
            }
            for at in terms.indices {
                let weight = Int(terms[at].full >> 8)
                order[Int(places[weight])] = UInt16(truncatingIfNeeded: at)
                places[weight] &+= 1
            }
        }
    }

    /// The weight that a term must have to be among the strongest.
    var strongFloor: UInt16 { order.isEmpty ? 0 : terms[Int(order[min(Self.strong, order.count) - 1])].full & ~1 }
}
