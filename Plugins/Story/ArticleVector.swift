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
struct ArticleVector {
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
    private var weights: [Float] = []

    init() {
        terms.reserveCapacity(Self.limit)
        order.reserveCapacity(Self.limit)
    }

    /// Weighs the counted terms of an article, having counted them among the frequencies.
    mutating func weigh(_ counted: [CountedTerm], _ frequencies: TermFrequencies) {
        keys.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
        for (index, term) in counted.enumerated() {
            let rarity = frequencies.weight(term.hash)
            let weight = (1 + logf(max(1, term.count))) * rarity
            weights.append(weight)
            if weight <= 0 { continue }
            // Terms of the title before all others, then by weight: floats above zero sort as their bits do.
            keys.append((term.title > 0 ? 1 << 63 : 0) | UInt64(weight.bitPattern) << 16 | UInt64(index))
        }
        if keys.count > Self.limit {
            keys.sort(by: >)
            keys.removeLast(keys.count - Self.limit)
        }
        var fullMass: Float = 0
        var titleMass: Float = 0
        for key in keys {
            let index = Int(key & 0xFFFF)
            fullMass += weights[index] * weights[index]
            let title = titleWeight(counted[index], weights[index])
            titleMass += title * title
        }
        let fullScale = fullMass > 0 ? 255 / fullMass.squareRoot() : 0
        let titleScale = titleMass > 0 ? 127 / titleMass.squareRoot() : 0
        terms.removeAll(keepingCapacity: true)
        for key in keys {
            let index = Int(key & 0xFFFF)
            let title = titleWeight(counted[index], weights[index])
            terms.append(
                Self.term(
                    hash: counted[index].hash, full: UInt8(max(1, (weights[index] * fullScale).rounded())),
                    title: title > 0 ? UInt8(max(1, (title * titleScale).rounded())) : 0,
                    isName: counted[index].isName))
        }
        terms.sort { $0.hash < $1.hash }
        finish()
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

    /// Occurrences in the title count little more than one, for titles are short.
    private func titleWeight(_ term: CountedTerm, _ weight: Float) -> Float {
        guard term.title > 0 else { return 0 }
        return weight * (1 + logf(term.title)) / (1 + logf(max(1, term.count)))
    }

    private mutating func finish() {
        keys.removeAll(keepingCapacity: true)
        hasTitle = false
        hasText = false
        nameMass = 0
        for (at, term) in terms.enumerated() {
            keys.append(UInt64(term.full >> 1) << 48 | UInt64(~term.hash) << 16 | UInt64(at))
            if term.title > 0 { hasTitle = true } else { hasText = true }
            let weight = Float(term.full) * TermWeight.unit
            if term.isName { nameMass += weight * weight }
        }
        keys.sort(by: >)
        order.removeAll(keepingCapacity: true)
        for key in keys { order.append(UInt16(key & 0xFFFF)) }
        strongMass = 0
        for at in order.prefix(Self.strong) {
            let weight = Float(terms[Int(at)].full) * TermWeight.unit
            strongMass += weight * weight
        }
    }

    /// The weight that a term must have to be among the strongest.
    var strongFloor: UInt16 { order.isEmpty ? 0 : terms[Int(order[min(Self.strong, order.count) - 1])].full & ~1 }
}
