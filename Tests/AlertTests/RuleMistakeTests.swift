import Glibc
import Testing
import WirewatchConfig
import WirewatchKit
import WirewatchStandardPlugins

/// Each file `Mistakes/NAME.yaml` holds rules with a mistake that a user may make; `NAME.txt` beside it is all that is said
/// of it. `WIREWATCH_RECORD=1` writes the expected texts anew.
@Suite("Mistakes in rules")
struct RuleMistakeTests {
    static let folder = String(#filePath.dropLast("RuleMistakeTests.swift".count)) + "Mistakes/"
    static let names = files().filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }

    private static func files() -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            // The name is terminated within d_name (readdir(3)).
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.sorted()
    }

    @Test("There are enough of them")
    func count() { #expect(Self.names.count >= 30) }

    @Test("Each is explained in the words that its golden file holds", arguments: names)
    func golden(_ name: String) throws {
        let main = """
            sources: [{name: none, type: files, path: in}]
            pipeline: [{type: alert, rules: !include \(name).yaml, macros: {makers: [acme]}}]
            sinks: [{name: out, type: console}]
            """
        let result = Configuration.load(
            path: Self.folder + "main.yaml", environment: [:], registry: PluginRegistry(standardPlugins),
            replacing: [Self.folder + "main.yaml": Array(main.utf8)])
        // That no rule uses the macro is said of the main file.
        let own = result.diagnostics.filter { $0.location?.file.hasSuffix("\(name).yaml") == true }
        #expect(!own.isEmpty)
        let printed = own.map { diagnostic in
            "\(diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-") \(diagnostic.severity): "
                + "\(Self.withoutFolders(diagnostic.message))\n"
        }.joined()
        let golden = Self.folder + name + ".txt"
        if getenv("WIREWATCH_RECORD") != nil { try Self.write(printed, to: golden) }
        #expect(Self.read(golden) == printed)
    }

    /// Files are shown relative to where the tests were begun.
    private static func withoutFolders(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            word.firstRange(of: "Mistakes/").map { word[$0.upperBound...] } ?? word
        }.joined(separator: " ")
    }

    private static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes[..<max(count, 0)], as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        defer { close(descriptor) }
        #expect(Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
    }
}
