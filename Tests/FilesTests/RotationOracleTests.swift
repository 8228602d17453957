import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchFiles

@Suite(.timeLimit(.minutes(2)))
struct RotationOracleTests {
    @Test(
        "numbered lines come through rotations and restarts, each exactly once", arguments: [1, 2, 3, 4], [false, true])
    func oracle(seed: Int, restarts: Bool) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        // What is made and renamed while nobody looks can be told by its name alone.
        let include: [(String, OptionLiteral)] = restarts ? [("include", "a.jsonl*")] : []
        let folder = TempFolder()
        let state = MemoryState()
        var seen: [String] = []
        var watching = try Watching(folder, state: state, include)
        let total = 1500
        folder.append("a.jsonl", line("0"))
        let first = watching
        #expect(await eventually { first.texts == ["0"] })
        var next = 1
        while next < total {
            switch random.next() % 40 {
            case 0:
                // Enough generations are kept that none is deleted unread.
                for generation in (1..<60).reversed() {
                    folder.move("a.jsonl.\(generation)", "a.jsonl.\(generation + 1)")
                }
                folder.move("a.jsonl", "a.jsonl.1")
            case 1 where restarts:
                await watching.stop()
                seen += watching.texts
                if random.next() % 2 == 0 { folder.append("a.jsonl", line("\(next)")) } else { next -= 1 }
                next += 1
                watching = try Watching(folder, state: state, include)
            case 2:
                // A line in two pieces.
                let bytes = Array(line("\(next)").utf8)
                let cut = Int(random.next() % UInt64(bytes.count))
                folder.write("a.jsonl", Array(bytes[..<cut]), appending: true)
                folder.write("a.jsonl", Array(bytes[cut...]), appending: true)
                next += 1
            case 3: try await Task.sleep(for: .milliseconds(3))
            default:
                folder.append("a.jsonl", line("\(next)"))
                next += 1
            }
        }
        let wanted = total
        #expect(await eventually { seen.count + watching.output.documents.count >= wanted })
        await watching.stop()
        seen += watching.texts
        #expect(Set(seen) == Set((0..<next).map { "\($0)" }))
        #expect(seen.count == next)
        #expect(watching.output.rejections.isEmpty)
    }
}
