import Testing
import WirewatchConfig
import WirewatchKit
import WirewatchTesting

@Suite("Mutated configurations")
struct MutationTests {
    private static let pieces: [[UInt8]] = [
        "- ", ": ", "\n", "\t", "  ", "[", "]", "{", "}", "'", "\"", "|", ">", "&a ", "*a", "!include ", "!secret x",
        "!include *.yaml", "${", "${X}", "${Y:-1}", "$${", "<<: ", "---\n", "#", "~", "\\", "%", "@", "0x", "-.inf",
        "1e999",
        "99999999999999999999", "9e99h", "\u{85}", "\u{2028}", "😀", "\u{301}", "? ", "!!str ", "...\n", "\r",
        "topics", "rules", "type", "name", "null",
    ].map { Array($0.utf8) }

    @Test(
        "Whatever is made of a configuration, loading and printing end, with a reason when it is refused",
        arguments: 1...4)
    func mutations(_ seed: UInt64) throws {
        let folder = try Files.temporary(["config.yaml": "", "part.yaml": "- type: extract\n", "secrets/x": "abc"])
        defer { Files.remove(folder) }
        var random = SeededGenerator(seed: seed)
        let good = Array(LoadTests.good.utf8)
        var refused = 0
        for round in 0..<400 {
            var bytes = good
            for _ in 0...Int.random(in: 0..<6, using: &random) { Self.mutate(&bytes, &random) }
            try Files.write(bytes, to: folder + "/config.yaml")
            let result = Configuration.load(
                path: folder + "/config.yaml", environment: ["X": "[a: b"], registry: Sample.registry)
            let printed = DiagnosticRenderer.render(result.diagnostics, texts: result.texts, colour: true)
            #expect(
                (result.configuration == nil) == result.hasErrors && printed.isEmpty == result.diagnostics.isEmpty,
                "seed \(seed), round \(round)")
            if result.configuration == nil { refused += 1 }
        }
        #expect(refused > 200, "seed \(seed): mutations that change nothing test nothing")
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(at..<min(at + Int.random(in: 1...20, using: &random), bytes.count))
        case 2:
            let end = min(at + Int.random(in: 1...60, using: &random), bytes.count)
            bytes.insert(contentsOf: Array(bytes[at..<end]), at: Int.random(in: 0...bytes.count, using: &random))
        case 3: bytes.removeLast(min(bytes.count, Int.random(in: 1...100, using: &random)))
        default: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: at)
        }
    }
}
