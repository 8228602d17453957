import Glibc
import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchFiles

@Suite(.timeLimit(.minutes(2)))
struct WatchTests {
    @Test("the first listing goes by path, and draining ends with it")
    func listing() async throws {
        let folder = TempFolder()
        folder.makeFolder("b")
        folder.write("c.txt", "third")
        folder.write("b/x.txt", "second")
        folder.write("a.txt", "first")
        folder.write("a.bin", "not included")
        let output = try await drain(folder.path)
        #expect(output.documents.map(text) == ["first", "second", "third"])
        #expect(output.documents[0].article.url == "file://\(folder.path)/a.txt")
        #expect(output.documents[0].article.received == ManualClock().now())
        #expect(output.documents[0].content?.type == .plainText)
    }

    @Test("a name is percent-encoded in the URL")
    func url() { #expect(FileURL.text("/a b/100%/ä.txt") == "file:///a%20b/100%25/%C3%A4.txt") }

    @Test("a file that is dropped, changed, moved in or linked is yielded")
    func changes() async throws {
        let folder = TempFolder()
        let outside = TempFolder()
        folder.write("old.txt", "old")
        let watching = try Watching(folder)
        #expect(await eventually { watching.texts == ["old"] })
        folder.write("new.txt", "new")
        #expect(await eventually { watching.texts.last == "new" })
        folder.write("old.txt", "changed")
        #expect(await eventually { watching.texts.last == "changed" })
        outside.write("m.txt", "moved")
        rename(outside("m.txt"), folder("m.txt"))
        #expect(await eventually { watching.texts.last == "moved" })
        outside.write("l.txt", "linked")
        folder.link("l.txt", to: outside("l.txt"))
        #expect(await eventually { watching.texts.last == "linked" })
        folder.write("replacing.tmp", "replaced")
        folder.move("replacing.tmp", "old.txt")
        #expect(await eventually { watching.texts.last == "replaced" })
        #expect(watching.texts.count == 6)
        await watching.stop()
    }

    @Test("a renamed file is not read again")
    func renamed() async throws {
        let folder = TempFolder()
        folder.write("a.txt", "one")
        let watching = try Watching(folder)
        #expect(await eventually { watching.texts == ["one"] })
        folder.move("a.txt", "b.txt")
        folder.write("c.txt", "two")
        #expect(await eventually { watching.texts.count >= 2 })
        #expect(watching.texts == ["one", "two"])
    }

    @Test("new folders that are filled at once are seen to their bottom")
    func nested() async throws {
        let folder = TempFolder()
        let watching = try Watching(folder)
        folder.write("start.txt", "start")
        #expect(await eventually { watching.texts == ["start"] })
        var path = "n0"
        for depth in 0..<12 {
            folder.makeFolder(path)
            for file in 0..<5 { folder.write("\(path)/f\(file).txt", "\(depth).\(file)") }
            path += "/n\(depth + 1)"
        }
        #expect(await eventually { Set(watching.texts).count == 61 })
        folder.move("n0/n1", "moved")
        folder.write("moved/n2/late.txt", "late")
        #expect(await eventually { watching.texts.contains("late") })
        await watching.stop()
    }

    @Test("two thousand files dropped at once are all yielded, each once")
    func flood() async throws {
        let folder = TempFolder()
        let watching = try Watching(folder)
        for number in 0..<2000 { folder.write("\(number).txt", "text \(number)") }
        #expect(await eventually { watching.texts.count >= 2000 })
        await watching.stop()
        #expect(Set(watching.texts).count == 2000)
        #expect(watching.texts.count == 2000)
    }

    @Test("a folder that is deleted and made again is taken up again")
    func root() async throws {
        let outer = TempFolder()
        outer.makeFolder("in")
        outer.write("in/a.txt", "a")
        let state = MemoryState()
        let output = CollectingOutput(state: state)
        let source = FilesSource(try filesOptions(outer("in")), .test(state: state, drain: false))
        let task = Task { try await source.run(output) }
        #expect(await eventually { output.documents.count == 1 })
        outer.remove("in")
        outer.makeFolder("in")
        outer.write("in/b.txt", "b")
        #expect(await eventually { output.documents.map(text) == ["a", "b"] })
        outer.move("in", "away")
        outer.makeFolder("in")
        outer.write("in/c.txt", "c")
        #expect(await eventually { output.documents.map(text) == ["a", "b", "c"] })
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a folder that is missing at the start is waited for; draining says what to do")
    func missing() async throws {
        let outer = TempFolder()
        let output = CollectingOutput()
        let source = FilesSource(try filesOptions(outer("later")), .test(drain: false))
        let task = Task { try await source.run(output) }
        await #expect(throws: SourceError.self) { try await drain(outer("later")) }
        outer.makeFolder("later")
        outer.write("later/a.txt", "a")
        #expect(await eventually { output.documents.count == 1 })
        task.cancel()
        _ = await task.result
    }

    @Test("one file can be watched, whatever its name, and its neighbours are not")
    func single() async throws {
        let folder = TempFolder()
        folder.write("page.cgi", "one")
        folder.write("other.txt", "other")
        let output = CollectingOutput()
        let source = FilesSource(try filesOptions(folder("page.cgi")), .test(drain: false))
        let task = Task { try await source.run(output) }
        #expect(await eventually { output.documents.map(text) == ["one"] })
        folder.write("other.txt", "changed")
        folder.write("page.cgi", "two")
        #expect(await eventually { output.documents.count >= 2 })
        #expect(output.documents.map(text) == ["one", "two"])
        task.cancel()
        _ = await task.result
    }

    @Test("cancelling ends an idle source")
    func cancelled() async throws {
        let folder = TempFolder()
        folder.write("a.txt", "a")
        let watching = try Watching(folder)
        #expect(await eventually { watching.texts.count == 1 })
        await watching.stop()
    }

    @Test("a FIFO, a dangling link and a loop of links do no harm")
    func oddities() async throws {
        let folder = TempFolder()
        mkfifo(folder("pipe.txt"), 0o644)
        folder.link("nothing.txt", to: folder("missing"))
        folder.link("loop.txt", to: folder("loop.txt"))
        folder.makeFolder("d")
        folder.link("d/up", to: folder.path)
        folder.write("z.txt", "z")
        let output = try await drain(folder.path)
        #expect(output.documents.map(text) == ["z"])
        #expect(output.rejections.isEmpty)
    }

    @Test("a file that is too large is reported once and not read")
    func large() async throws {
        let folder = TempFolder()
        let state = MemoryState()
        folder.write("big.txt", String(repeating: "x", count: 5000))
        let first = try await drain(folder.path, state: state, [("max_size", "4KiB")])
        #expect(first.documents.isEmpty)
        #expect(first.rejections.count == 1)
        #expect(first.rejections.first?.reason.contains("max_size") == true)
        let second = try await drain(folder.path, state: state, [("max_size", "4KiB")])
        #expect(second.rejections.isEmpty)
    }

    @Test("an unreadable file is reported, and read once it can be", .enabled(if: geteuid() != 0))
    func denied() async throws {
        let folder = TempFolder()
        folder.write("a.txt", "secret")
        chmod(folder("a.txt"), 0)
        let watching = try Watching(folder)
        #expect(await eventually { watching.output.rejections.count == 1 })
        #expect(watching.output.rejections.first?.reason.contains("permission") == true)
        chmod(folder("a.txt"), 0o644)
        #expect(await eventually { watching.texts == ["secret"] })
        await watching.stop()
    }

    @Test("a slow pipeline holds the source back, and notices dropped by the kernel are made up for")
    func overflow() async throws {
        let folder = TempFolder()
        let output = GatedOutput()
        let source = FilesSource(try filesOptions(folder.path), .test(drain: false))
        let task = Task { try await source.run(output) }
        folder.write("first.txt", "first")
        #expect(await eventually { output.isWaiting })
        // Three notices a file, of which the kernel keeps so many.
        let limit = try OpenFile("/proc/sys/fs/inotify/max_queued_events").read(at: 0, count: 20)
        let kept = Int(String(decoding: limit.prefix { $0 > 0x20 }, as: UTF8.self)) ?? 16_384
        let count = min(kept, 100_000) / 3 + 500
        for number in 0..<count { folder.write("\(number).txt", "text \(number)") }
        #expect(output.documents.isEmpty)
        output.open()
        #expect(await eventually { output.documents.count > count })
        #expect(Set(output.documents.map(\.identity)).count == count + 1)
        task.cancel()
        _ = await task.result
    }
}
