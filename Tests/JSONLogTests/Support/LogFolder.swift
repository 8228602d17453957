import Glibc
import Testing
import WirewatchKit

@testable import WirewatchJSONLog

/// A fresh folder for one test, deleted at its end, with the means to see what is in it.
final class LogFolder {
    let path: String
    private let files = SystemFileSystem()

    init() {
        var template = Array("/tmp/jsonlog-test-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            mkdtemp(buffer.baseAddress!).map { String(cString: $0) } ?? "/tmp/jsonlog-test-failed"
        }
    }

    deinit { Self.remove(path) }

    private static func remove(_ folder: String) {
        for name in (try? SystemFileSystem().names(in: folder)) ?? [] {
            let path = folder + "/" + name
            if Glibc.unlink(path) != 0 { remove(path) }
        }
        rmdir(folder)
    }

    var live: String { path + "/alerts.jsonl" }
    var logNames: LogNames { LogNames(path: live) }

    func names() throws -> [String] { try files.names(in: path).sorted() }

    /// Live file last, archives by sequence before it.
    func logFiles() throws -> [String] {
        let archives = try Archives(files: files, names: logNames).list().flatMap(\.names)
        return archives + (try files.status(live) == nil ? [] : ["alerts.jsonl"])
    }

    func bytes(_ name: String) throws -> [UInt8] {
        let source = path + "/" + name
        guard name.hasSuffix(".gz") else { return try Self.read(source) }
        // By another implementation than ours.
        let plain = path + "/unpacked"
        defer { Glibc.unlink(plain) }
        try #require(try run("/bin/gzip", ["-dc", source], output: plain) == 0, "\(name) is no whole gzip file")
        return try Self.read(plain)
    }

    static func read(_ path: String) throws -> [UInt8] {
        let files = SystemFileSystem()
        let file = try files.open(path, O_RDONLY, mode: 0)
        defer { files.close(file) }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = try files.read(file, into: &buffer, at: all.count), count > 0 { all += buffer[..<count] }
        return all
    }

    func put(_ name: String, _ bytes: [UInt8]) throws {
        let file = try files.open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
        defer { files.close(file) }
        if !bytes.isEmpty { #expect(try files.write(file, bytes.span.bytes) == bytes.count) }
    }

    func append(_ name: String, _ text: String) throws { try put(name, bytes(name) + Array(text.utf8)) }

    /// The whole log's lines, oldest first.
    func lines() throws -> [String] {
        try logFiles().flatMap { name in
            let bytes = try bytes(name)
            #expect(bytes.isEmpty || bytes.last == 0x0A, "\(name) ends in a torn record")
            return bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The oracle: records 1...count, each exactly once, in order, whole, `seq` without a gap.
    func expectRecords(
        _ count: Int, _ comment: String = "", sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let lines = try lines()
        #expect(lines.count == count, "\(comment)", sourceLocation: sourceLocation)
        for (at, line) in lines.enumerated() {
            var json = JSONWriter()
            Record.alert(alert(at + 1)).write(to: &json, seq: at + 1)
            if Array(line.utf8) + [0x0A] != json.bytes {
                Issue.record("\(comment): line \(at + 1) is \(line)", sourceLocation: sourceLocation)
                return
            }
        }
    }

    private func run(_ program: String, _ arguments: [String], output: String) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var process = pid_t()
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        words.append(nil)
        let code = posix_spawn(&process, program, &actions, nil, words, [nil])
        try #require(code == 0)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status
    }
}

/// The n-th alert of a test: always the same.
func alert(_ number: Int) -> Alert {
    Alert(
        id: hexadecimal(number), time: Timestamp(seconds: 1_767_528_000 + Int64(number)), severity: .high,
        rule: "orders",
        title: "Alert \(number)", url: nil, source: "test", published: nil,
        message: String(repeating: "m", count: number * 37 % 211), because: [])
}

func records(_ numbers: ClosedRange<Int>) -> [Record] { numbers.map { .alert(alert($0)) } }

/// 32 digits that look like a digest.
func hexadecimal(_ number: Int) -> String {
    let mixed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    let digits = String(mixed, radix: 16) + String(mixed.byteSwapped, radix: 16)
    return String(repeating: "0", count: 32 - digits.utf8.count) + digits
}

func permissions(_ path: String) throws -> UInt32 {
    var status = stat()
    try #require(stat(path, &status) == 0)
    return status.st_mode & 0o777
}
