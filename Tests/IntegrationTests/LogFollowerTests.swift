import Glibc
import Testing
import WirewatchKit

@testable import WirewatchCommand

@Suite("Following a log")
struct LogFollowerTests {
    private static func line(_ seq: Int) -> String {
        #"{"schema":"wirewatch.alert/1","id":"\#(seq)","seq":\#(seq),"time":"2026-01-04T12:00:00Z"}"#
    }

    private static func append(_ numbers: ClosedRange<Int>, to folder: TestFolder, _ name: String = "log.jsonl") throws
    {
        try folder.write(numbers.map { line($0) + "\n" }.joined(), to: name, append: true)
    }

    /// As the json_log sink does it: link, then a new file renamed over the live name.
    private static func rotate(_ folder: TestFolder, _ sequence: Int, compress: Bool = false) throws {
        let number = String(repeating: "0", count: 6 - String(sequence).count) + String(sequence)
        let archive = "log-20260104T120000Z-\(number).jsonl"
        link(folder.path("log.jsonl"), folder.path(archive))
        try folder.write("", to: ".log.tmp")
        rename(folder.path(".log.tmp"), folder.path("log.jsonl"))
        if compress { try Self.compress(folder, archive) }
    }

    private static func compress(_ folder: TestFolder, _ name: String) throws {
        var process = pid_t()
        let arguments = ["gzip", folder.path(name)]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        try #require(posix_spawnp(&process, "gzip", nil, nil, &words, environ) == 0)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        try #require(status == 0)
    }

    private struct Seen {
        var numbers: [Int] = []
        var notices: [String] = []
    }

    private static func read(_ follower: inout LogFollower) throws -> Seen {
        var seen = Seen()
        try follower.next { item in
            switch item {
            case .line(let line): seen.numbers.append(LogFollower.sequence(line[...]) ?? -1)
            case .notice(let notice): seen.notices.append(notice)
            }
        }
        return seen
    }

    private static func numbers(_ lines: [[UInt8]]) -> [Int] { lines.map { LogFollower.sequence($0[...]) ?? -1 } }

    @Test("New lines come once, torn ones when they are whole")
    func lines() throws {
        let folder = try TestFolder()
        try Self.append(1...3, to: folder)
        var follower = try LogFollower(path: folder.path("log.jsonl"))
        #expect(Self.numbers(try follower.last(2)) == [2, 3])
        #expect(try Self.read(&follower).numbers == [])
        try folder.write(String(Self.line(4).prefix(30)), to: "log.jsonl", append: true)
        #expect(try Self.read(&follower).numbers == [])
        try folder.write(String(Self.line(4).dropFirst(30)) + "\n", to: "log.jsonl", append: true)
        #expect(try Self.read(&follower).numbers == [4])
    }

    @Test("A torn line that the writer takes back and writes anew is read right")
    func takenBack() throws {
        let folder = try TestFolder()
        try Self.append(1...1, to: folder)
        var follower = try LogFollower(path: folder.path("log.jsonl"))
        _ = try follower.last(1)
        try folder.write("{\"torn\": ", to: "log.jsonl", append: true)
        #expect(try Self.read(&follower).numbers == [])
        truncate(folder.path("log.jsonl"), Self.line(1).utf8.count + 1)
        try Self.append(2...3, to: folder)
        let seen = try Self.read(&follower)
        #expect(seen.numbers == [2, 3])
        #expect(seen.notices == [])
    }

    @Test(
        "However many rotations it slept through, nothing is lost or doubled", arguments: [0, 1, 2, 7], [false, true])
    func rotations(count: Int, compressed: Bool) throws {
        let folder = try TestFolder()
        try Self.append(1...10, to: folder)
        var follower = try LogFollower(path: folder.path("log.jsonl"))
        #expect(Self.numbers(try follower.last(0)) == [])
        var last = 10
        for rotation in 0..<count {
            try Self.append((last + 1)...(last + 5), to: folder)
            try Self.rotate(folder, rotation + 1, compress: compressed)
            last += 5
        }
        try Self.append((last + 1)...(last + 3), to: folder)
        last += 3
        var seen = try Self.read(&follower)
        let more = try Self.read(&follower)
        seen.numbers += more.numbers
        #expect(seen.numbers == Array(11...last))
        #expect(seen.notices + more.notices == [])
    }

    @Test("The last lines are taken from archives, compressed ones too, when the live file has fewer")
    func lastFromArchives() throws {
        let folder = try TestFolder()
        try Self.append(1...5, to: folder)
        try Self.rotate(folder, 41, compress: true)
        try Self.append(6...10, to: folder)
        try Self.rotate(folder, 42)
        try Self.append(11...12, to: folder)
        var follower = try LogFollower(path: folder.path("log.jsonl"))
        #expect(Self.numbers(try follower.last(9)) == Array(4...12))
        try Self.append(13...13, to: folder)
        #expect(try Self.read(&follower).numbers == [13])
    }

    @Test("Records that are missing are reported")
    func gap() throws {
        let folder = try TestFolder()
        try Self.append(1...3, to: folder)
        var follower = try LogFollower(path: folder.path("log.jsonl"))
        _ = try follower.last(0)
        try Self.rotate(folder, 1)
        try Self.append(4...6, to: folder)
        try Self.rotate(folder, 2)
        unlink(folder.path("log-20260104T120000Z-000002.jsonl"))
        try Self.append(7...8, to: folder)
        let seen = try Self.read(&follower)
        #expect(seen.numbers == [7, 8])
        #expect(seen.notices == ["records 4 to 6 are missing; were archives removed?"])
    }

    @Test("A log cut short by copytruncate is told and read from its start")
    func cutShort() throws {
        let folder = try TestFolder()
        try Self.append(1...5, to: folder)
        var follower = try LogFollower(path: folder.path("log.jsonl"))
        _ = try follower.last(0)
        truncate(folder.path("log.jsonl"), 0)
        try Self.append(6...6, to: folder)
        let seen = try Self.read(&follower)
        #expect(seen.numbers == [6])
        #expect(seen.notices.count == 1)
    }

    @Test("A log that is moved away and comes back later is taken up", arguments: [true, false])
    func moved(hasArchive: Bool) throws {
        let folder = try TestFolder()
        try Self.append(1...2, to: folder)
        var follower = try LogFollower(path: folder.path("log.jsonl"))
        _ = try follower.last(0)
        rename(folder.path("log.jsonl"), folder.path(hasArchive ? "log-20260104T120000Z-000001.jsonl" : "log.1"))
        #expect(try Self.read(&follower).numbers == [])
        try Self.append(3...4, to: folder)
        #expect(try Self.read(&follower).numbers == [3, 4])
    }

    @Test(
        "Only names that rotation makes are archives",
        arguments: [
            ("alerts-20260104T120000Z-000042.jsonl", 42, false),
            ("alerts-20260104T120000Z-1000000.jsonl.gz", 1_000_000, true),
        ] as [(String, Int, Bool)])
    func names(name: String, sequence: Int, isCompressed: Bool) {
        let archive = LogArchives(live: "logs/alerts.jsonl").archive(name)
        #expect(archive == .init(path: "logs/" + name, sequence: sequence, isCompressed: isCompressed))
    }

    @Test(
        "Other names are not",
        arguments: [
            "alerts.jsonl", "alerts-20260104T120000Z-42.jsonl", "alerts-20260104T120000Z-000042.jsonl.gz.tmp",
            "alerts-20260104-000042.jsonl", "articles-20260104T120000Z-000042.jsonl", "alerts.torn-20260104T120000Z",
            "alerts-20260104T120000Z-99999999999999999999.jsonl", "",
        ])
    func otherNames(name: String) {
        #expect(LogArchives(live: "logs/alerts.jsonl").archive(name) == nil)
    }
}
