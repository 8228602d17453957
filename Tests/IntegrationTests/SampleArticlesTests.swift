import Glibc
import Testing
import WirewatchKit

/// The shipped configuration over the shipped samples: `seeds/expected` holds what must come of them.
@Suite("The sample articles")
struct SampleArticlesTests {
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    @Test("The records are those beside the samples", arguments: ["articles", "alerts"])
    func records(kind: String) throws {
        let folder = try TestFolder()
        for name in ["seeds", "Plugins", "config.yaml"] {
            symlink(Self.root + "/" + name, folder.path(name))
        }
        let result = try RunningProgram.run("run", "--once", "--quiet", in: folder)
        #expect(result.code == 0, "\(result.errors)")
        let found = Self.steady(folder.text("logs/\(kind).jsonl"))
        let path = Self.root + "/seeds/expected/\(kind).jsonl"
        if getenv("WIREWATCH_RECORD") != nil {
            guard let file = fopen(path, "w") else { throw TestError("cannot write \(path)") }
            fputs(found, file)
            fclose(file)
        }
        guard let file = fopen(path, "r") else { throw TestError("cannot read \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
        let expected = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let lines = found.split(separator: "\n")
        #expect(lines.count == expected.count)
        for (line, wanted) in zip(lines, expected) { #expect(line == wanted) }
    }

    /// What differs from run to run and from place to place taken out: arrival times and the folder of file addresses.
    private static func steady(_ records: String) -> String {
        var text = records
        for member in ["\"received\":\"", "\"time\":\"", "\"first_seen\":\""] {
            var result = ""
            var rest = Substring(text)
            while let found = rest.firstRange(of: member) {
                result += rest[..<found.upperBound]
                rest = rest[found.upperBound...].drop { $0 != "\"" }
            }
            text = result + rest
        }
        var result = ""
        var rest = Substring(text)
        while let found = rest.firstRange(of: "file:///") {
            result += rest[..<found.upperBound]
            let address = rest[found.upperBound...].prefix { $0 != "\"" }
            result += address.suffix(from: address.firstRange(of: "seeds/")?.lowerBound ?? address.startIndex)
            rest = rest[address.endIndex...]
        }
        return result + rest
    }
}
