import Testing
import WirewatchKit

@Suite("bursts")
struct BurstDetectorTests {
    /// A day's rhythm with noise: `mean` articles a slot at noon, a third of it at night.
    private static func series(_ slots: Int, mean: Double, seed: UInt64) -> [Double] {
        var bits = seed
        return (0..<slots).map { slot in
            bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let noise = Double(bits >> 40) / Double(1 << 24)
            let day = Double(slot % 288) / 288
            let rhythm = day > 0.3 && day < 0.8 ? 1.0 : 1 / 3
            return (mean * rhythm * (0.5 + noise)).rounded()
        }
    }

    private static func bursts(_ counts: [Double], _ detector: inout BurstDetector) -> [Int] {
        counts.indices.filter { detector.add(counts[$0]) != nil }
    }

    @Test(
        "tells of a rise within the hour, once a day, and of nothing else", arguments: [1, 2, 3] as [UInt64],
        [2.0, 40.0])
    func rises(seed: UInt64, mean: Double) {
        var counts = Self.series(288 * 20, mean: mean, seed: seed)
        let at = 288 * 16 + 50
        for slot in at..<(at + 100) { counts[slot] = counts[slot] * 8 + 40 }
        var detector = BurstDetector()
        let found = Self.bursts(counts, &detector)
        #expect(found.count == 1)
        #expect(found.allSatisfy { (at..<(at + 12)).contains($0) })
    }

    @Test("tells of nothing while it warms up, in silence, or below the minimum")
    func silence() {
        var detector = BurstDetector()
        var early = Self.series(1000, mean: 5, seed: 4)
        early[600] = 5000
        #expect(Self.bursts(early, &detector) == [])

        detector = BurstDetector()
        var quiet = [Double](repeating: 0, count: 4000)
        #expect(Self.bursts(quiet, &detector) == [])
        quiet[2000] = 4
        quiet[3000] = .infinity
        quiet[3100] = -7
        detector = BurstDetector()
        #expect(Self.bursts(quiet, &detector) == [])
        quiet[3500] = 60
        detector = BurstDetector()
        #expect(Self.bursts(quiet, &detector) == [3500])
    }

    @Test("says how many there were and how many there usually are")
    func figures() throws {
        var detector = BurstDetector()
        for _ in 0..<2000 { #expect(detector.add(2) == nil) }
        let added = detector.add(200)
        let burst = try #require(added)
        #expect(burst.count == 222)
        #expect(abs(burst.usual - 24) < 0.01)
        #expect(burst.score > 2.5)
        #expect(detector.add(300) == nil)
    }

    @Test("goes on from its state as though nothing had happened", arguments: [0, 5, 1200, 4100, 5000])
    func restart(at slot: Int) throws {
        var counts = Self.series(288 * 20, mean: 6, seed: 9)
        for slot in 5100..<5200 { counts[slot] *= 9 }
        var undisturbed = BurstDetector()
        let expected = Self.bursts(counts, &undisturbed)
        #expect(expected.count { (5100..<5200).contains($0) } == 1)
        var first = BurstDetector()
        var found = Self.bursts(Array(counts[..<slot]), &first)
        var second = try #require(BurstDetector(state: first.state))
        #expect(second == first)
        found += Self.bursts(Array(counts[slot...]), &second).map { $0 + slot }
        #expect(found == expected)
        #expect(BurstDetector(state: Array(first.state.dropLast(slot == 0 ? 8 : 3))) == nil)
    }
}
