import Glibc
import WirewatchConfig
import WirewatchKit
import WirewatchTesting

@testable import WirewatchEngine

/// A daemon over test plugins in a folder of its own, and what they saw.
final class Harness: Sendable {
    let directory: String
    let recorder = Recorder()

    init() {
        var template = Array("/tmp/wirewatch-engine-XXXXXX".utf8CString)
        directory = template.withUnsafeMutableBufferPointer { buffer in
            // mkdtemp rewrites the template in place and returns it, or null when /tmp cannot be written.
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nonexistent"
        }
    }

    deinit { removeTree(directory) }

    func configuration(_ yaml: String) throws -> Configuration {
        let path = directory + "/config.yaml"
        guard let file = fopen(path, "w") else { throw EngineError("cannot write \(path)") }
        fputs(yaml, file)
        fclose(file)
        let result = Configuration.load(
            path: path, environment: [:], registry: PluginRegistry(testPlugins(recorder)))
        guard let configuration = result.configuration else {
            throw EngineError(result.diagnostics.map(\.message).joined(separator: "\n"))
        }
        return configuration
    }

    func daemon(
        _ yaml: String, drain: Bool = true, clock: any WirewatchClock = SystemClock(), router: InboundRouter? = nil
    ) throws -> Daemon {
        var options = DaemonOptions(drain: drain, clock: clock, log: quietLog) { [recorder] in
            recorder.note(failure: $0.description)
        }
        options.router = router
        return try Daemon(configuration: try configuration(yaml), options: options)
    }

    /// Runs the configuration until everything is drained.
    @discardableResult
    func drain(_ yaml: String) async throws -> Bool {
        let daemon = try daemon(yaml)
        try daemon.start()
        return await daemon.waitUntilDrained()
    }
}

private let quietLog = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

func removeTree(_ path: String) {
    // First as a file: a link is taken away, never followed into what it points to.
    if unlink(path) == 0 { return }
    if let folder = opendir(path) {
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                // d_name is NUL-terminated within its 256 bytes (readdir(3)).
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { removeTree(path + "/" + name) }
        }
        closedir(folder)
    }
    remove(path)
}

/// Waits for a condition, for as long as a slow machine may need.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<3000 {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return condition()
}

/// What the test plugins of one harness saw and are told to do.
final class Recorder: Sendable {
    struct State {
        var records: [String: [Record]] = [:]
        var failure: String?
        var refusals = 0
        var emitted = 0
        var started = 0
        var opened: [String: Int] = [:]
        var reopened = 0
        var gate = true
    }

    /// A POSIX lock, which the thread sanitizer understands; it does not see that `Synchronization.Mutex` orders accesses.
    private let state = Monitor(State())

    func with<Result>(_ body: (inout State) -> Result) -> Result {
        state.withLock { body(&$0) }
    }

    func note(failure: String) { with { $0.failure = failure } }

    func records(_ sink: String = "out") -> [Record] { with { $0.records[sink] ?? [] } }

    func titles(_ sink: String = "out") -> [String] {
        records(sink).compactMap { if case .article(let article) = $0 { article.title } else { nil } }
    }

    var failure: String? { with { $0.failure } }
}
