import Glibc

/// The program under test, with its streams in files of a folder of its own.
final class RunningProgram: @unchecked Sendable {
    // Used by one test at a time.
    private let processID: pid_t
    private let folder: TestFolder
    private let number: Int
    private var code: Int32?

    /// - Parameters:
    ///   - environment: added to a small fixed one; nothing of the caller's gets through.
    ///   - output: where standard output goes; a file unless given.
    init(
        _ arguments: [String], in folder: TestFolder, input: String = "/dev/null",
        environment: [String: String] = [:], output: Int32? = nil
    ) throws {
        self.folder = folder
        number = folder.nextNumber()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        if let output {
            posix_spawn_file_actions_adddup2(&actions, output, 1)
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, folder.path("out.\(number)"), O_WRONLY | O_CREAT, 0o600)
        }
        posix_spawn_file_actions_addopen(&actions, 2, folder.path("err.\(number)"), O_WRONLY | O_CREAT, 0o600)
        let variables = ["PATH": "/usr/bin:/bin", "TERM": "xterm", "SWIFT_BACKTRACE": "enable=no"]
            .merging(environment) { _, new in new }.map { "\($0)=\($1)" }
        // env(1) changes the folder, for which posix_spawn has no portable action, and becomes the program.
        var words: [UnsafeMutablePointer<CChar>?] =
            (["/usr/bin/env", "-C", folder.path, Self.binary] + arguments).map { strdup($0) } + [nil]
        var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for text in words + settings { free(text) } }
        var process = pid_t()
        let error = posix_spawn(&process, "/usr/bin/env", &actions, nil, &words, &settings)
        guard error == 0 else { throw TestError("\(Self.binary): \(String(cString: strerror(error)))") }
        processID = process
    }

    deinit {
        if code == nil {
            kill(processID, SIGKILL)
            _ = waitForExit()
        }
    }

    /// The binary that the package has built, beside the tests, or the one that WIREWATCH_BINARY names.
    static let binary: String = {
        if let named = getenv("WIREWATCH_BINARY") { return String(cString: named) }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let beside = own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/wirewatch"
        return access(beside, X_OK) == 0 ? beside : "/\(root)/.build/debug/wirewatch"
    }()

    func signal(_ number: Int32) { kill(processID, number) }

    /// The exit code, or 128 and the signal's number.
    @discardableResult
    func waitForExit() -> Int32 {
        if let code { return code }
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        let result = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        code = result
        return result
    }

    var output: String { folder.text("out.\(number)") }
    var errors: String { folder.text("err.\(number)") }

    /// Runs to the end.
    static func run(
        _ arguments: String..., in folder: TestFolder, input: String = "/dev/null",
        environment: [String: String] = [:]
    ) throws -> (code: Int32, output: String, errors: String) {
        let program = try RunningProgram(arguments, in: folder, input: input, environment: environment)
        let code = program.waitForExit()
        return (code, program.output, program.errors)
    }
}

struct TestError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A folder that is gone when the test is.
final class TestFolder: @unchecked Sendable {
    // Used by one test at a time.
    let path: String
    private var number = 0

    init() throws {
        var template = Array("/tmp/wirewatch-test-XXXXXX".utf8CString)
        path = try template.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress, let made = mkdtemp(base) else { throw TestError("no folder") }
            return String(cString: made)
        }
    }

    deinit { Self.remove(path) }

    func nextNumber() -> Int {
        number += 1
        return number
    }

    func path(_ name: String) -> String { path + "/" + name }

    @discardableResult
    func write(_ text: String, to name: String, append: Bool = false) throws -> String {
        guard let file = fopen(path(name), append ? "a" : "w") else { throw TestError("cannot write \(name)") }
        defer { fclose(file) }
        fputs(text, file)
        return path(name)
    }

    func text(_ name: String) -> String {
        guard let file = fopen(path(name), "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func remove(_ path: String) {
        // First as a file: a link is taken away, never followed into what it points to.
        if unlink(path) == 0 { return }
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                // d_name is NUL-terminated within its 256 bytes (readdir(3)).
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(folder)
        }
        Glibc.remove(path)
    }
}

/// Waits until a condition holds; false when it does not within half a minute.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<3000 {
        if try condition() { return true }
        usleep(10_000)
    }
    return false
}

/// Two ends of a stream that no other child inherits: pipe2 is not to be had here, and a pipe's ends would be open to
/// children of other tests for a moment.
func connectedStreams() throws -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
        throw TestError("no socket pair: \(String(cString: strerror(errno)))")
    }
    return (ends[0], ends[1])
}
