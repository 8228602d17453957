import WirewatchKit
import WirewatchTesting

@testable import WirewatchAlert

extension AlertStage {
    /// One article by itself, with a state that begins empty.
    func process(_ event: inout ArticleEvent) throws -> Verdict { try process(&event, state: MemoryState()) }
}

/// Numbers that look random and are the same each time (SplitMix64, Steele et al., 2014).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
