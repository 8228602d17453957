import Testing
import WirewatchDigest
import WirewatchTesting

@Suite struct ContentDigestTests {
    @Test func `any changed, added or missing byte changes the digest`() {
        var generator = SeededGenerator(seed: 7)
        var seen: Set<String> = []
        var texts = 0
        for length in 0...70 {
            let text = (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            seen.insert(ContentDigest.text(of: text))
            texts += 1
            for place in 0..<length {
                var other = text
                other[place] ^= 1 << UInt8(place % 8)
                seen.insert(ContentDigest.text(of: other))
                texts += 1
            }
        }
        // Zeros, of which only the number tells.
        for length in 1...200 {
            seen.insert(ContentDigest.text(of: [UInt8](repeating: 0, count: length)))
            texts += 1
        }
        // A text of one zero may be among the first.
        #expect(seen.count >= texts - 1)
        #expect(seen.allSatisfy { $0.utf8.count == 32 })
    }

    @Test func `the digest is the same in every process`() {
        #expect(ContentDigest.text(of: Array("a feed".utf8)) == ContentDigest.text(of: Array("a feed".utf8)))
        #expect(ContentDigest.text(of: []).utf8.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 })
    }

    @Test func `parts that change places change the digest`() {
        let blocks = (0..<8).map { [UInt8](repeating: $0, count: 16) }
        var seen: Set<String> = []
        for first in 0..<8 {
            for second in 0..<8 where second != first {
                var order = blocks
                order.swapAt(first, second)
                seen.insert(ContentDigest.text(of: order.flatMap { $0 }))
            }
        }
        // Each pair was swapped twice.
        #expect(seen.count == 28)
    }
}
