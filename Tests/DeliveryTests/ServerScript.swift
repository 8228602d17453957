import Glibc
import Testing

/// A server of the folder `Servers`, which tells its ports when it is ready.
struct ServerScript {
    let folder: Folder
    private let program: Program
    private let output: String

    /// - Parameter needsFolder: whether its first argument is a folder for its files.
    init(_ name: String, _ arguments: String..., needsFolder: Bool = false) throws {
        folder = try Folder()
        output = folder.path + "/output"
        let script = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Servers/\(name).py"
        program = try Program(
            ["python3", script] + (needsFolder ? [folder.path] : []) + arguments, output: output)
    }

    /// The port that follows a word in what it printed.
    func port(_ scheme: String) throws -> Int {
        var port: Int?
        let isThere = eventually {
            let text = String(decoding: (try? Folder.read(output)) ?? [], as: UTF8.self)
            let line = text.split(separator: "\n").first { $0.hasPrefix(scheme + " ") }
            port = line.flatMap { Int($0.dropFirst(scheme.count + 1)) }
            return port != nil || !program.isRunning
        }
        try #require(isThere && port != nil, "\(String(decoding: (try? Folder.read(output)) ?? [], as: UTF8.self))")
        return try #require(port)
    }

    func end() { program.kill() }
}
