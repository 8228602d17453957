internal import Glibc

/// Tells when a series of counts, such as stories of a topic, rises out of its own history.
///
/// The count of the last hour is compared, on a logarithmic scale, with those of the last two weeks: how far it lies above
/// their median, in units of the spread of their upper half (the distance from the median to the 98th percentile, which is
/// 2.05 standard deviations of a normal distribution). So a series that often rises must rise further, what happened a few
/// times in two weeks is no burst, and a count of nothing against nothing never is.
///
/// Counts come in slots of equal length, zero ones too; the defaults are for slots of five minutes. Deterministic; some 16 KB a
/// series with a full history.
public struct BurstDetector: Sendable, Equatable {
    /// What counts as a burst; the times that the defaults stand for are those of slots of five minutes.
    public struct Settings: Sendable, Equatable {
        /// Slots that are counted together; default 12, an hour.
        public var window = 12
        /// Slots of history; default 4,032, two weeks.
        public var history = 4032
        /// Slots before anything can be told; default 1,152, four days.
        public var warmUp = 1152
        /// How many spreads above the median a burst lies; default 2.5.
        public var threshold: Float = 2.5
        /// What a window must count at least; default 5.
        public var minimum: Double = 5
        /// Slots after a burst in which no other is told; default 288, a day.
        public var cooldown = 288

        public init() {}
    }

    /// A count out of the ordinary.
    public struct Burst: Sendable, Hashable {
        /// What the window counted, and what it usually counts.
        public var count: Double
        public var usual: Double
        /// How many spreads above the usual.
        public var score: Float
    }

    private let settings: Settings
    /// The last window's counts, and the sum of the window at each slot of the history, as logarithms; both rings.
    private var counts: [Double] = []
    private var past: [Float] = []
    private var slots = 0
    private var median: Float = 0
    private var spread: Float = 0
    private var lastBurst: Int?
    /// The slot at which median and spread were taken.
    private var measured: Int?

    /// The least spread: a tenth, so that a series without any change does not tell of one article more.
    private static let leastSpread: Float = 0.1
    /// Median and spread are good for this many slots, an hour.
    private static let refresh = 12

    public init(settings: Settings = Settings()) { self.settings = settings }

    /// Takes in the count of the next slot; negative and infinite ones are taken for none.
    ///
    /// - Returns: the burst that the window ending with this slot is, if it is one and none was told within the cooldown.
    public mutating func add(_ count: Double) -> Burst? {
        let count = count.isFinite ? max(0, count) : 0
        let sum = sum(with: count)
        let burst = judge(sum)
        let window = max(1, settings.window)
        if counts.count < window { counts.append(count) } else { counts[slots % window] = count }
        remember(Float(log1p(sum)))
        return burst
    }

    /// Judges the slot that has not ended yet by what it has counted so far; ``add(_:)`` follows when it ends.
    ///
    /// - Returns: the burst that the window would be if the slot ended now, if none was told within the cooldown.
    public mutating func burst(withRunning count: Double) -> Burst? {
        judge(sum(with: count.isFinite ? max(0, count) : 0))
    }

    /// What the window that ends with the running slot has counted, by what the slot has so far.
    public func count(withRunning count: Double) -> Double { sum(with: count) }

    /// The usual count of a window; nil while the detector warms up.
    public var usual: Double? { measured == nil ? nil : expm1(Double(median)) }

    /// Summed anew: a running sum would gather rounding errors over months.
    private func sum(with count: Double) -> Double {
        let window = max(1, settings.window)
        let leaving = counts.count < window ? 0 : counts[slots % window]
        return counts.reduce(0, +) - leaving + count
    }

    private mutating func judge(_ sum: Double) -> Burst? {
        guard slots >= settings.warmUp, past.count > max(1, settings.window), sum >= settings.minimum else {
            return nil
        }
        if measured.map({ slots - $0 >= Self.refresh }) ?? true {
            measure(without: max(1, settings.window) - 1)
            measured = slots
        }
        let score = (Float(log1p(sum)) - median) / spread
        guard score > settings.threshold, lastBurst.map({ slots - $0 >= settings.cooldown }) ?? true else { return nil }
        lastBurst = slots
        return Burst(count: sum, usual: expm1(Double(median)), score: score)
    }

    private mutating func remember(_ value: Float) {
        let size = max(settings.history, settings.window + 2)
        if past.count < size { past.append(value) } else { past[slots % size] = value }
        slots += 1
    }

    /// Takes median and spread of the history, without the latest `overlap` windows, which share slots with the one judged.
    private mutating func measure(without overlap: Int) {
        var sorted: [Float] = []
        sorted.reserveCapacity(past.count)
        let oldest = past.count < slots ? slots % past.count : 0
        for at in 0..<(past.count - overlap) { sorted.append(past[(oldest + at) % past.count]) }
        sorted.sort()
        median = Self.quantile(sorted, 0.5)
        let upper = (Self.quantile(sorted, 0.98) - median) / 2.054
        // A count of n varies by its square root of itself: 1/sqrt(n) on this scale.
        spread = max(upper, Self.leastSpread, 1 / max(expf(median), 1).squareRoot())
    }

    private static func quantile(_ sorted: [Float], _ share: Float) -> Float {
        let place = share * Float(sorted.count - 1)
        let low = Int(place)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (sorted[high] - sorted[low]) * (place - Float(low))
    }

    // MARK: State

    /// All that later decisions depend on but the settings, for a component's durable state.
    public var state: [UInt8] {
        var bytes: [UInt8] = []
        func append(_ bits: UInt64, _ size: Int) {
            for at in 0..<size { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * at))) }
        }
        append(UInt64(slots), 8)
        append(lastBurst.map { UInt64($0) &+ 1 } ?? 0, 8)
        append(measured.map { UInt64($0) &+ 1 } ?? 0, 8)
        append(UInt64(median.bitPattern), 4)
        append(UInt64(spread.bitPattern), 4)
        append(UInt64(counts.count), 4)
        for count in counts { append(count.bitPattern, 8) }
        for value in past { append(UInt64(value.bitPattern), 4) }
        return bytes
    }

    /// Goes on from a ``state`` made with the same window and history; nil when the bytes are none.
    public init?(state bytes: [UInt8], settings: Settings = Settings()) {
        self.settings = settings
        var at = 0
        func read(_ size: Int) -> UInt64? {
            guard bytes.count - at >= size else { return nil }
            var bits: UInt64 = 0
            for offset in 0..<size { bits |= UInt64(bytes[at + offset]) << UInt64(8 * offset) }
            at += size
            return bits
        }
        guard let slots = read(8).flatMap(Int.init(exactly:)), let last = read(8).flatMap(Int.init(exactly:)),
            let measured = read(8).flatMap(Int.init(exactly:)), let median = read(4), let spread = read(4),
            let kept = read(4), kept == min(slots, max(1, settings.window))
        else { return nil }
        self.slots = slots
        lastBurst = last == 0 ? nil : last - 1
        self.measured = measured == 0 ? nil : measured - 1
        self.median = Float(bitPattern: UInt32(median))
        self.spread = Float(bitPattern: UInt32(spread))
        for _ in 0..<kept {
            guard let bits = read(8) else { return nil }
            counts.append(Double(bitPattern: bits))
        }
        while at < bytes.count {
            guard let bits = read(4) else { return nil }
            past.append(Float(bitPattern: UInt32(bits)))
        }
        guard past.count == min(slots, max(settings.history, settings.window + 2)), last <= slots + 1,
            measured <= slots + 1
        else { return nil }
    }
}
