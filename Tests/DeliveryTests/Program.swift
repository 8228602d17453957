import Glibc

/// A program under test or one that helps: started with its output in a file, ended at will.
final class Program: @unchecked Sendable {
    // Used by one test at a time; the process id is written once.
    let processID: pid_t
    private var status: Int32?

    struct Failure: Error, CustomStringConvertible { let description: String }

    init(_ arguments: [String], output: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process = pid_t()
        let code = posix_spawnp(&process, arguments[0], &actions, nil, words, environ)
        guard code == 0 else { throw Failure(description: "\(arguments[0]): \(String(cString: strerror(code)))") }
        processID = process
    }

    deinit {
        if status == nil {
            kill()
            _ = waitForExit()
        }
    }

    func signal(_ number: Int32) { _ = Glibc.kill(processID, number) }

    /// SIGKILL: nothing in the process runs after it.
    func kill() { signal(SIGKILL) }

    /// The exit code, or 128 and the signal's number.
    @discardableResult
    func waitForExit() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        while waitpid(processID, &raw, 0) < 0, errno == EINTR {}
        let code = raw & 0x7f == 0 ? raw >> 8 & 0xff : 128 + raw & 0x7f
        status = code
        return code
    }

    var isRunning: Bool {
        if status != nil { return false }
        var raw: Int32 = 0
        guard waitpid(processID, &raw, WNOHANG) == processID else { return true }
        status = raw & 0x7f == 0 ? raw >> 8 & 0xff : 128 + raw & 0x7f
        return false
    }

    /// Runs a program to its end; its output and exit code.
    static func run(_ arguments: String...) throws -> (code: Int32, output: String) {
        let file = try Folder()
        let program = try Program(arguments, output: file.path + "/output")
        let code = program.waitForExit()
        return (code, String(decoding: (try? Folder.read(file.path + "/output")) ?? [], as: UTF8.self))
    }
}

/// A folder that is gone when the test is.
final class Folder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/wirewatch-delivery-XXXXXX".utf8CString)
        path = try template.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress, let made = mkdtemp(base) else {
                throw Program.Failure(description: "no temporary folder: \(String(cString: strerror(errno)))")
            }
            return String(cString: made)
        }
    }

    deinit { Self.remove(path) }

    func makeFolder(_ name: String) -> String {
        mkdir(path + "/" + name, 0o755)
        return path + "/" + name
    }

    static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else {
            throw Program.Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        fputs(text, file)
    }

    static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else {
            throw Program.Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var all: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 18)
        while case let count = fread(&block, 1, block.count, file), count > 0 { all += block[..<count] }
        return all
    }

    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                // d_name is NUL-terminated within its 256 bytes (readdir(3)).
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func remove(_ path: String) {
        // First as a file: a link is taken away, never followed into what it points to.
        if unlink(path) == 0 { return }
        for name in names(in: path) { remove(path + "/" + name) }
        Glibc.remove(path)
    }
}
