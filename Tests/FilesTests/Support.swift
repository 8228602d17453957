import Glibc
import Synchronization
import WirewatchFeeds
import WirewatchKit
import WirewatchTesting

@testable import WirewatchFiles

/// A folder of its own for one test, removed with its last reference.
final class TempFolder: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/wirewatch-files-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/nonexistent"
    }

    deinit { Self.remove(path) }

    func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Writes a file as programs do: open, write, close.
    func write(_ name: String, _ text: String, appending: Bool = false) {
        write(name, Array(text.utf8), appending: appending)
    }

    func write(_ name: String, _ bytes: [UInt8], appending: Bool = false) {
        let descriptor = open(self(name), O_WRONLY | O_CREAT | (appending ? O_APPEND : O_TRUNC), 0o644)
        precondition(descriptor >= 0, "cannot write \(name)")
        var done = 0
        while done < bytes.count {
            let wrote = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            precondition(wrote > 0, "cannot write \(name)")
            done += wrote
        }
        close(descriptor)
    }

    func append(_ name: String, _ text: String) { write(name, text, appending: true) }
    func makeFolder(_ name: String) { mkdir(self(name), 0o755) }
    func move(_ from: String, _ to: String) { Glibc.rename(self(from), self(to)) }
    func remove(_ name: String) { Self.remove(self(name)) }
    func link(_ name: String, to target: String) { symlink(target, self(name)) }

    static func remove(_ path: String) {
        chmod(path, 0o755)
        if let entries = try? FolderListing.entries(of: path, followingLink: false, unreadable: { _ in }) {
            for entry in entries { remove(path + "/" + entry.name) }
            rmdir(path)
        }
        unlink(path)
    }
}

/// The `files` source at work on a folder, with what it yielded.
final class Watching: Sendable {
    let output: CollectingOutput
    private let task: Task<Void, any Error>

    init(_ folder: TempFolder, state: MemoryState = MemoryState(), _ more: [(String, OptionLiteral)] = []) throws {
        output = CollectingOutput(state: state)
        let source = FilesSource(
            try filesOptions(folder.path, more), .test(state: state, drain: false))
        let output = output
        task = Task { try await source.run(output) }
    }

    /// Titles or texts of what was yielded, in order.
    var texts: [String] { output.documents.map(text) }

    func stop() async {
        task.cancel()
        _ = await task.result
    }

    deinit { task.cancel() }
}

func filesOptions(_ path: String, _ more: [(String, OptionLiteral)] = []) throws -> FilesOptions {
    try options(FilesOptions.self, .map([("path", .string(path))] + more))
}

/// What `run --once` yields.
@discardableResult
func drain(
    _ path: String, state: MemoryState = MemoryState(), _ more: [(String, OptionLiteral)] = []
) async throws -> CollectingOutput {
    let output = CollectingOutput(state: state)
    try await FilesSource(try filesOptions(path, more), .test(state: state)).run(output)
    return output
}

/// A document's text, or its title when it came complete.
func text(_ document: Document) -> String {
    document.content.map { String(decoding: $0.bytes, as: UTF8.self) } ?? document.article.title
}

func line(_ title: String) -> String { "{\"title\":\"\(title)\",\"body\":\"Text of \(title).\"}\n" }

/// Waits until something is so; false when it does not come to be within half a minute.
func eventually(_ condition: () -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < end {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return condition()
}

/// An output whose door is shut until it is opened.
final class GatedOutput: SourceOutput {
    private let state = Mutex((open: false, documents: [Document](), waiting: 0))

    var documents: [Document] { state.withLock { $0.documents } }
    var isWaiting: Bool { state.withLock { $0.waiting > 0 } }

    func open() { state.withLock { $0.open = true } }

    func emit(_ document: Document) async throws {
        state.withLock { $0.waiting += 1 }
        while !state.withLock({ $0.open }) { try await Task.sleep(for: .milliseconds(2)) }
        state.withLock {
            $0.waiting -= 1
            $0.documents.append(document)
        }
    }

    func reject(
        identity: String, url: String?, reason: String, excerpt: String, cursor: [StateChange]
    ) async throws {}

    func advance(_ changes: [StateChange]) async throws {}
}
