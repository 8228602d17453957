import Testing
import WirewatchTesting

@testable import WirewatchMarkup

@Suite struct UTF8ValidationTests {
    private static func expected(_ bytes: [UInt8]) -> UTF8Validation.Finding {
        if bytes.allSatisfy({ $0 < 0x80 }) { return .ascii }
        return String(validating: bytes, as: UTF8.self) == nil ? .broken : .valid
    }

    @Test func `the finding is that of the standard library, for any pair and triple of lead and tail bytes`() {
        let edges: [UInt8] = [
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        for first in edges {
            for second in edges {
                for third in edges {
                    for fourth in [UInt8(0x41), 0x80, 0xBF, 0xC2] {
                        let bytes = [first, second, third, fourth]
                        #expect(UTF8Validation.examine(bytes) == Self.expected(bytes), "\(bytes)")
                        #expect(
                            TextDecoding.string(bytes[...]) == String(decoding: bytes, as: UTF8.self), "\(bytes)")
                    }
                }
            }
        }
    }

    @Test func `a sequence is seen wherever it stands, and so is one that is cut off`() {
        for sequence in ["\u{E9}", "\u{2019}", "\u{1F600}"] {
            for length in 0...40 {
                for place in 0...length {
                    var bytes = [UInt8](repeating: 0x61, count: length)
                    bytes.insert(contentsOf: sequence.utf8, at: place)
                    #expect(UTF8Validation.examine(bytes) == .valid)
                    #expect(TextDecoding.string(bytes[...]) == String(decoding: bytes, as: UTF8.self))
                    bytes.remove(at: place + sequence.utf8.count - 1)
                    #expect(UTF8Validation.examine(bytes) == .broken)
                    #expect(TextDecoding.string(bytes[...]) == String(decoding: bytes, as: UTF8.self))
                }
            }
        }
    }

    @Test func `random bytes are found as the standard library finds them`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let bytes = (0..<generator.below(64)).map { _ in
                generator.below(3) == 0 ? UInt8(truncatingIfNeeded: generator.next()) : UInt8(generator.below(0x80))
            }
            #expect(UTF8Validation.examine(bytes) == Self.expected(bytes))
        }
    }
}
