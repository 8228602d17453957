import Glibc
import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchFiles

struct RestartTests {
    @Test("a restart with the same state yields nothing new, and a change yields one document")
    func restart() async throws {
        let folder = TempFolder()
        let state = MemoryState()
        for number in 0..<20 { folder.write("\(number).txt", "text \(number)") }
        folder.write("log.jsonl", line("a") + line("b"))
        #expect(try await drain(folder.path, state: state).documents.count == 22)
        #expect(try await drain(folder.path, state: state).documents.isEmpty)
        folder.write("7.txt", "another text")
        folder.append("log.jsonl", line("c"))
        #expect(try await drain(folder.path, state: state).documents.map(text) == ["another text", "c"])
    }

    @Test("the same content with another time is not yielded again")
    func touched() async throws {
        let folder = TempFolder()
        let state = MemoryState()
        folder.write("a.txt", "text")
        try await drain(folder.path, state: state)
        let before = state.value("file:a.txt")
        var times = [timespec(tv_sec: 1_000_000_000, tv_nsec: 0), timespec(tv_sec: 1_000_000_000, tv_nsec: 0)]
        utimensat(AT_FDCWD, folder("a.txt"), &times, 0)
        let output = try await drain(folder.path, state: state)
        #expect(output.documents.isEmpty)
        #expect(state.value("file:a.txt") != before)
    }

    @Test("a copy is the same document")
    func copy() async throws {
        let folder = TempFolder()
        folder.write("a.txt", "text")
        folder.write("b.txt", "text")
        let output = try await drain(folder.path)
        #expect(Set(output.documents.map(\.identity)).count == 1)
    }

    @Test("state of files that are gone is let go")
    func forgotten() async throws {
        let folder = TempFolder()
        let state = MemoryState()
        folder.write("a.txt", "a")
        folder.write("b.txt", "b")
        try await drain(folder.path, state: state)
        folder.remove("a.txt")
        try await drain(folder.path, state: state)
        #expect(state.entries(prefix: "").map(\.key) == ["file:b.txt"])
    }

    @Test("records read back as written; anything else is no record")
    func records() {
        let stamp = FileStamp(size: 5, modified: 1_700_000_000_123_456_789, inode: 42)
        var position = LinePosition(inode: 7)
        position.advance(by: 30, lines: 2, beginning: Array("a beginning".utf8))
        let all: [FileRecord] = [.taken(stamp, digest: "abc"), .refused(stamp, changed: 9), .followed(position)]
        for record in all { #expect(FileRecord(record.bytes) == record) }
        for text in ["", "taken", "taken 1 2", "followed 1 -5 0 0 0 ", "followed 1 5 0 0 99999 x", "other 1 2 3 4"] {
            #expect(FileRecord(Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test("an empty file is nothing until it is filled")
    func empty() async throws {
        let folder = TempFolder()
        let state = MemoryState()
        folder.write("a.txt", "")
        #expect(try await drain(folder.path, state: state).documents.isEmpty)
        folder.write("a.txt", "text")
        #expect(try await drain(folder.path, state: state).documents.count == 1)
    }
}
