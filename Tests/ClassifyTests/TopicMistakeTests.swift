import Glibc
import Testing
import WirewatchConfig
import WirewatchKit
import WirewatchStandardPlugins

/// Each file `Mistakes/NAME.yaml` holds topics with a mistake that a user may make; `NAME.txt` beside it is all that is said
/// of it. `WIREWATCH_RECORD=1` writes the expected texts anew.
@Suite("Mistakes in topics")
struct TopicMistakeTests {
    static let folder = String(#filePath.dropLast("TopicMistakeTests.swift".count)) + "Mistakes/"
    static let names = [
        "at-least-too-many", "case-and-plural", "contexts", "duplicates", "excluded-term", "extend", "field-weights",
        "languages", "never-matching", "no-terms", "parents", "ranges", "threshold-out-of-reach", "vague-alone",
    ]

    @Test("Each is explained in the words that its golden file holds", arguments: names)
    func golden(_ name: String) throws {
        let main = """
            sources: [{name: none, type: files, path: in}]
            pipeline: [!include \(name).yaml]
            sinks: [{name: out, type: console}]
            """
        let result = Configuration.load(
            path: Self.folder + "main.yaml", environment: [:], registry: PluginRegistry(standardPlugins),
            replacing: [Self.folder + "main.yaml": Array(main.utf8)])
        let own = result.diagnostics.filter { $0.location?.file.hasSuffix("\(name).yaml") == true }
        #expect(!own.isEmpty)
        let printed = own.map { diagnostic in
            "\(diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-") \(diagnostic.severity): \(diagnostic.message)\n"
        }.joined()
        let golden = Self.folder + name + ".txt"
        if getenv("WIREWATCH_RECORD") != nil { try Self.write(printed, to: golden) }
        #expect(Self.read(golden) == printed)
    }

    private static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        defer { fclose(file) }
        #expect(fputs(text, file) >= 0)
    }
}
