/// Waits that grow with each failure in a row: doubled, bounded, spread by jitter.
///
/// The same seed and number of failures always give the same wait, so a schedule can be told in advance.
public struct Backoff: Sendable, Hashable {
    /// After the first failure.
    public var base: Duration
    /// Never longer than this.
    public var limit: Duration
    /// The share of the wait that chance decides, 0 to 1: 0.5 means between 50 and 100 %.
    public var jitter: Double

    public init(base: Duration = .seconds(60), limit: Duration = .seconds(86_400), jitter: Double = 0.5) {
        self.base = base
        self.limit = limit
        self.jitter = jitter
    }

    /// The wait after `failures` failures in a row (from 1; 0 waits nothing).
    /// - Parameter seed: best one for each source (``seed(_:)``), so that what failed together does not return together.
    public func delay(failures: Int, seed: UInt64) -> Duration {
        guard failures > 0 else { return .zero }
        var full = min(base, limit)
        var left = failures - 1
        while left > 0, full > .zero, full < limit {
            full = full > limit / 2 ? limit : full * 2
            left -= 1
        }
        let chance = Self.unit(Self.mixed(seed ^ Self.mixed(UInt64(failures))))
        return full * (1 - min(max(jitter, 0), 1) * chance)
    }

    /// A seed from a name, the same in every process (FNV-1a).
    public static func seed(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// A share from 0 up to but not including 1, even over seeds: for spreading first polls over an interval.
    public static func share(seed: UInt64) -> Double { unit(mixed(seed)) }

    private static func unit(_ value: UInt64) -> Double { Double(value >> 11) / Double(1 << 53) }

    /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
