import Testing
import WirewatchConfig
import WirewatchKit

/// Each file `Mistakes/NAME.yaml` is a configuration with a mistake that a user may make; `NAME.txt` beside it is all
/// that is printed of it. Helper files lie in folders. `WIREWATCH_RECORD=1` writes the expected texts anew.
@Suite("Mistakes in configurations")
struct MistakeTests {
    static let folder = Files.folder(of: #filePath) + "/Mistakes"
    static let names = Files.names(in: folder).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    static let environment = ["HOME": "/home/ana", "EMPTY": "", "PORT": "8080", "WORD": "ten"]

    @Test("There are enough of them")
    func count() { #expect(Self.names.count >= 50) }

    @Test("Each is explained in the words that its golden file holds", arguments: names)
    func golden(_ name: String) throws {
        let result = Configuration.load(
            path: "\(Self.folder)/\(name).yaml", environment: Self.environment, registry: Sample.registry)
        let printed = DiagnosticRenderer.render(result.diagnostics, texts: result.texts, colour: false)
            .replacing(FolderNames.shown(Self.folder), with: "")
        #expect(!result.diagnostics.isEmpty)
        #expect(result.hasErrors == (result.configuration == nil))
        let golden = "\(Self.folder)/\(name).txt"
        if Files.isRecording { try Files.write(printed, to: golden) }
        #expect(try Files.read(golden) == printed)
    }
}
