import Glibc
import Testing

/// Each folder of `SourcesEdits` holds the files `before`, a command, and what it leaves: the files that changed in
/// `after`, what it said in `message`, with its exit code.
@Suite("Editing the list of sources")
struct SourcesEditTests {
    private static let root =
        "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/SourcesEdits"
    private static let isRecording = getenv("WIREWATCH_RECORD") != nil

    @Test("What is edited is as expected, and everything else is byte for byte what it was", arguments: files(root))
    func edit(name: String) throws {
        let folder = try TestFolder()
        let start = "\(Self.root)/\(name)/before"
        let before = Self.contents(start)
        for (path, bytes) in before {
            if let slash = path.lastIndex(of: "/") { mkdir(folder.path(String(path[..<slash])), 0o755) }
            try Self.write(bytes, to: folder.path(path))
        }
        let command = Self.text("\(Self.root)/\(name)/command").split(separator: "\n")[0].split(separator: " ").map {
            String($0)
        }
        let program = try RunningProgram(command, in: folder)
        let code = program.waitForExit()
        let said = (program.output + program.errors).replacing(folder.path, with: "FOLDER")
        let message = "exit code \(code)\n" + said
        var after = Self.contents(folder.path).filter { !$0.key.hasPrefix("out.") && !$0.key.hasPrefix("err.") }
        #expect(after.keys.allSatisfy { !$0.contains(".new") }, "no temporary file is left")
        if code != 0 { #expect(after == before, "a failure changes nothing") }
        for (path, bytes) in before {
            #expect(after[path] != nil, "\(path) is still there")
            if after[path] == bytes { after[path] = nil }
        }
        if Self.isRecording { return try record(name, after, message) }
        #expect(message == Self.text("\(Self.root)/\(name)/message"))
        let expected = Self.contents("\(Self.root)/\(name)/after")
        #expect(Set(after.keys) == Set(expected.keys))
        for (path, bytes) in expected {
            #expect(String(decoding: after[path] ?? [], as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
        }
    }

    private func record(_ name: String, _ after: [String: [UInt8]], _ message: String) throws {
        try Self.write(Array(message.utf8), to: "\(Self.root)/\(name)/message")
        guard !after.isEmpty else { return }
        mkdir("\(Self.root)/\(name)/after", 0o755)
        for (path, bytes) in after {
            if let slash = path.lastIndex(of: "/") { mkdir("\(Self.root)/\(name)/after/\(path[..<slash])", 0o755) }
            try Self.write(bytes, to: "\(Self.root)/\(name)/after/\(path)")
        }
    }

    @Test("Owner, mode and links are kept, and the file that a link leads to is the one that changes")
    func attributes() throws {
        let folder = try TestFolder()
        mkdir(folder.path("real"), 0o755)
        try folder.write("sources: []\npipeline: [{type: extract}]\n", to: "real/config.yaml")
        try folder.write("https://one.example/feed\n", to: "urls.txt")
        chmod(folder.path("real/config.yaml"), 0o640)
        symlink("real/config.yaml", folder.path("config.yaml"))
        let result = try RunningProgram.run("sources", "import", "urls.txt", in: folder)
        #expect(result.code == 0, "\(result.errors)")
        var status = stat()
        #expect(lstat(folder.path("config.yaml"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(lstat(folder.path("real/config.yaml"), &status) == 0 && status.st_mode & 0o7777 == 0o640)
        #expect(folder.text("real/config.yaml").contains("one.example"))
    }

    @Test("Many that edit at once wait for each other, and none is lost")
    func concurrency() throws {
        let folder = try TestFolder()
        try folder.write("sources: []\npipeline: [{type: extract}]\n", to: "config.yaml")
        let programs = try (0..<8).map { number in
            try folder.write("https://site\(number).example/feed\n", to: "urls\(number).txt")
            return try RunningProgram(["sources", "import", "urls\(number).txt"], in: folder)
        }
        for program in programs { #expect(program.waitForExit() == 0, "\(program.errors)") }
        let text = folder.text("config.yaml")
        for number in 0..<8 { #expect(text.contains("https://site\(number).example/feed")) }
    }

    @Test("Ten thousand feeds are one edit, and come out again as they went in")
    func many() throws {
        let folder = try TestFolder()
        try folder.write("sources: []\npipeline: [{type: extract}]\n", to: "config.yaml")
        let urls = (0..<10_000).map { "https://site\($0 % 97).example/feeds/\($0).xml" }
        try folder.write(urls.joined(separator: "\n"), to: "urls.txt")
        let imported = try RunningProgram.run("sources", "import", "urls.txt", in: folder)
        #expect(imported.code == 0, "\(imported.errors)")
        let exported = try RunningProgram.run("sources", "export", "--text", in: folder)
        #expect(exported.output.split(separator: "\n").map { String($0) } == urls)
    }

    // MARK: Files

    /// The names in a folder, sorted.
    private static func files(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            // d_name is NUL-terminated within its 256 bytes (readdir(3)).
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// All files below a folder, by their paths from there.
    private static func contents(_ path: String, _ prefix: String = "") -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for name in files(path) {
            var status = stat()
            stat("\(path)/\(name)", &status)
            if status.st_mode & S_IFMT == S_IFDIR {
                found.merge(contents("\(path)/\(name)", "\(prefix)\(name)/")) { first, _ in first }
            } else {
                found[prefix + name] = bytes("\(path)/\(name)")
            }
        }
        return found
    }

    private static func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

    private static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
        return bytes
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "w") else { throw TestError("cannot write \(path)") }
        defer { fclose(file) }
        fwrite(bytes, 1, bytes.count, file)
    }
}
