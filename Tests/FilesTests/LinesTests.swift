import Glibc
import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchFiles

@Suite(.timeLimit(.minutes(2)))
struct LinesTests {
    @Test("lines are yielded as they are completed")
    func growth() async throws {
        let folder = TempFolder()
        let watching = try Watching(folder)
        folder.write("a.jsonl", line("one"))
        #expect(await eventually { watching.texts == ["one"] })
        folder.append("a.jsonl", "{\"title\":\"tw")
        folder.append("b.jsonl", line("other"))
        #expect(await eventually { watching.texts == ["one", "other"] })
        folder.append("a.jsonl", "o\"}\n\n\r\n" + line("three"))
        #expect(await eventually { watching.texts == ["one", "other", "two", "three"] })
        await watching.stop()
    }

    @Test("a writer that keeps the file open is followed")
    func openWriter() async throws {
        let folder = TempFolder()
        let watching = try Watching(folder)
        let descriptor = open(folder("a.ndjson"), O_WRONLY | O_CREAT | O_APPEND, 0o644)
        for number in 0..<5 {
            let bytes = Array(line("\(number)").utf8)
            _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            #expect(await eventually { watching.texts.last == "\(number)" })
        }
        close(descriptor)
        await watching.stop()
    }

    @Test("the rest of a rotated file is read before the new one, running or not")
    func rotation() async throws {
        let folder = TempFolder()
        let state = MemoryState()
        folder.write("a.jsonl", line("1") + line("2"))
        try await drain(folder.path, state: state)
        folder.append("a.jsonl", line("3"))
        folder.move("a.jsonl", "a.jsonl.1")
        folder.write("a.jsonl", line("4"))
        let restarted = try await drain(folder.path, state: state)
        #expect(Set(restarted.documents.map(text)) == ["3", "4"])
        #expect(restarted.documents.count == 2)

        let watching = try Watching(folder, state: state)
        folder.append("a.jsonl", line("5"))
        #expect(await eventually { watching.texts == ["5"] })
        folder.move("a.jsonl.1", "a.jsonl.2")
        folder.append("a.jsonl", line("6"))
        folder.move("a.jsonl", "a.jsonl.1")
        folder.append("a.jsonl.1", line("7"))
        folder.write("a.jsonl", line("8"))
        folder.append("a.jsonl.1", line("9"))
        #expect(await eventually { watching.texts.count >= 5 })
        #expect(watching.texts.sorted() == ["5", "6", "7", "8", "9"])
        await watching.stop()
        #expect(try await drain(folder.path, state: state).documents.isEmpty)
    }

    @Test("a truncated file and a replaced one are read from their start")
    func truncation() async throws {
        let folder = TempFolder()
        let state = MemoryState()
        folder.write("a.jsonl", line("1") + line("2"))
        try await drain(folder.path, state: state)
        folder.write("a.jsonl", line("3"))
        #expect(try await drain(folder.path, state: state).documents.map(text) == ["3"])
        // Longer than before, so that its size does not tell.
        folder.write("new", line("4") + line("5") + line("6"))
        folder.move("new", "a.jsonl")
        #expect(try await drain(folder.path, state: state).documents.map(text) == ["4", "5", "6"])
        // A copy with more lines is the same file.
        folder.write("new", line("4") + line("5") + line("6") + line("7"))
        folder.move("new", "a.jsonl")
        #expect(try await drain(folder.path, state: state).documents.map(text) == ["7"])
    }

    @Test("a bad line is reported with its number, and the next ones are read")
    func badLines() async throws {
        let folder = TempFolder()
        let state = MemoryState()
        let bad: [UInt8] = Array("{\"title\":\"\u{0}".utf8.dropLast()) + [0xFF, 0x22, 0x7D, 0x0A]
        folder.write(
            "a.jsonl", Array(line("1").utf8) + Array("{broken\n[1]\n{\"x\":1}\n".utf8) + bad + Array(line("2").utf8))
        let output = try await drain(folder.path, state: state)
        #expect(output.documents.map(text) == ["1", "2"])
        let places = ["line 2:", "line 3:", "line 4:", "line 5:"]
        #expect(output.rejections.count == places.count)
        for (rejection, place) in zip(output.rejections, places) { #expect(rejection.reason.hasPrefix(place)) }
        #expect(output.rejections.last?.reason.contains("UTF-8") == true)
        #expect(try await drain(folder.path, state: state).rejections.isEmpty)
    }

    @Test("a line that is too long is reported once and passed over", arguments: [5_000, 700_000])
    func longLines(_ length: Int) async throws {
        let folder = TempFolder()
        let state = MemoryState()
        folder.write("a.jsonl", line("1") + String(repeating: "x", count: length))
        let first = try await drain(folder.path, state: state, [("max_size", "4KiB")])
        folder.append("a.jsonl", String(repeating: "x", count: length) + "\n" + line("2"))
        let second = try await drain(folder.path, state: state, [("max_size", "4KiB")])
        #expect(first.documents.map(text) == ["1"])
        #expect(first.rejections.map(\.reason).filter { $0.hasPrefix("line 2 ") }.count == 1)
        #expect(second.documents.map(text) == ["2"])
        #expect(second.rejections.isEmpty)
    }

    @Test("every line's cursor is the place behind it")
    func cursors() async throws {
        let folder = TempFolder()
        folder.write("a.jsonl", (0..<50).map { line("\($0)") }.joined())
        let all = try await drain(folder.path).documents
        for stop in [0, 1, 17, 49] {
            let state = MemoryState()
            state.apply(all[stop].cursor)
            let rest = try await drain(folder.path, state: state)
            #expect(rest.documents.map(text) == (stop + 1..<50).map { "\($0)" })
        }
    }

    @Test("a complete last line without its end is taken when draining, once")
    func lastLine() async throws {
        let folder = TempFolder()
        let state = MemoryState()
        folder.write("a.jsonl", line("1") + String(line("2").dropLast()))
        #expect(try await drain(folder.path, state: state).documents.map(text) == ["1", "2"])
        folder.append("a.jsonl", "\n" + line("3"))
        #expect(try await drain(folder.path, state: state).documents.map(text) == ["3"])
    }

    @Test("a record's id is its identity; a line without one goes by its bytes")
    func identity() async throws {
        let folder = TempFolder()
        folder.write(
            "a.jsonl", "{\"id\":\"x\",\"title\":\"1\"}\n{\"id\":\"x\",\"title\":\"2\"}\n" + line("3") + line("3"))
        let identities = try await drain(folder.path).documents.map(\.identity)
        #expect(identities[0] == "id:x" && identities[1] == "id:x")
        #expect(identities[2] == identities[3])
        #expect(Set(identities).count == 2)
    }

    @Test("a line may carry a document's text instead of an article")
    func textRecords() async throws {
        let folder = TempFolder()
        folder.write(
            "a.jsonl",
            """
            {"id":"p","url":"https://example.org/p","content_type":"text/html","text":"<p>Page"}
            {"id":"d","text":"A dump"}

            """)
        let documents = try await drain(folder.path).documents
        #expect(documents.map(text) == ["<p>Page", "A dump"])
        #expect(documents[0].content?.type.essence == "text/html")
        #expect(documents[0].article.url == "https://example.org/p")
        #expect(documents[1].content?.type == .plainText)
    }
}
