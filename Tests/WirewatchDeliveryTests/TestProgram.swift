import Glibc

/// A program that helps a test: its standard output is read, and it ends with the test.
final class TestProgram {
    let process: pid_t
    private let input: Int32
    private let output: Int32

    struct Failure: Error, CustomStringConvertible { let description: String }

    init(_ arguments: [String]) throws {
        var toChild: [Int32] = [-1, -1]
        var fromChild: [Int32] = [-1, -1]
        guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw Failure(description: "no pipe") }
        for file in toChild + fromChild { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
        posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        let code = posix_spawnp(&process, arguments[0], &actions, nil, words, environ)
        close(toChild[0])
        close(fromChild[1])
        guard code == 0 else {
            close(toChild[1])
            close(fromChild[0])
            throw Failure(description: "\(arguments[0]): \(String(cString: strerror(code)))")
        }
        self.process = process
        input = toChild[1]
        output = fromChild[0]
    }

    deinit {
        close(input)
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        close(output)
    }

    /// The next line of its output; nil at its end.
    func line() -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1, byte != 0x0A { bytes.append(byte) }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// All that is left of its output.
    func rest() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    static func run(_ arguments: String...) throws -> [UInt8] { try TestProgram(arguments).rest() }

    /// Whether a program is in PATH.
    static func exists(_ name: String) -> Bool {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    static let servers = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Servers"
}

/// A folder that is gone when the test is.
final class TestFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/wirewatch-alerts-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let made else { throw TestProgram.Failure(description: "no temporary folder") }
        path = made
    }

    deinit { _ = try? TestProgram.run("rm", "-rf", path) }

    func write(_ text: String, _ name: String, mode: mode_t = 0o600) {
        let file = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        _ = Array(text.utf8).withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        close(file)
    }

    func read(_ name: String) -> String? {
        let file = open(path + "/" + name, O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    var names: [String] {
        ((try? TestProgram.run("ls", path)) ?? []).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }
}
