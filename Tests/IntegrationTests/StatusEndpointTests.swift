import Glibc
import Testing

@Suite("The HTTP endpoint of a running daemon")
struct StatusEndpointTests {
    @Test("Figures, health and status are there while it runs")
    func endpoint() throws {
        let folder = try TestFolder()
        mkdir(folder.path("inbox"), 0o755)
        try folder.write(CommandLineTests.configuration + "listen: {address: '127.0.0.1:0'}\n", to: "config.yaml")
        let program = try RunningProgram(["run", "--quiet"], in: folder)
        try folder.write("{\"id\":\"1\",\"title\":\"A robot\",\"body\":\"It walked.\"}\n", to: "inbox/a.jsonl")
        var address = ""
        #expect(
            eventually {
                let line = program.errors.split(separator: "\n").first { $0.contains("listening on http://") }
                address = line.flatMap { $0.split(separator: "/").last }.map(String.init) ?? ""
                return !address.isEmpty
            })
        func get(_ path: String) throws -> String {
            // curl is no part of a bare system; bash speaks TCP by itself.
            let script = "exec 3<>/dev/tcp/${0%:*}/${0##*:}; printf 'GET %s HTTP/1.0\\r\\n\\r\\n' \"$1\" >&3; cat <&3"
            return try Self.shell(script, address, path, folder)
        }
        var metrics = ""
        for _ in 0..<100 where !metrics.contains("wirewatch_alerts_total 1\n") {
            usleep(50_000)
            metrics = try get("/metrics")
        }
        #expect(metrics.contains("wirewatch_alerts_total 1\n"), "\(metrics)\n\(program.errors)")
        #expect(metrics.contains("wirewatch_component_received_total{kind=\"stage\",name=\"alert\"} 1\n"))
        #expect(metrics.contains("wirewatch_sink_blocked{name=\"alerts\"} 0\n"))
        #expect(metrics.contains("wirewatch_source_up{name=\"inbox\"} 1\n"))
        for line in metrics.split(separator: "\n") where line.hasPrefix("# TYPE ") {
            #expect(metrics.ranges(of: line + "\n").count == 1, "one family, one TYPE line")
        }
        #expect(try get("/healthz").contains(" 200 "))
        #expect(try get("/readyz").hasSuffix("\r\n\r\nready\n"))
        #expect(try get("/status").contains("\"schema\":\"wirewatch.status/1\""))
        #expect(try get("/nothing").contains(" 404 "))
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0)
    }

    private static func shell(
        _ script: String, _ address: String, _ path: String, _ folder: TestFolder
    ) throws -> String {
        let out = folder.path("reply")
        let arguments = ["bash", "-c", "{ \(script); } > \(out)", address, path]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        guard posix_spawnp(&process, "bash", nil, nil, &words, environ) == 0 else { throw TestError("no bash") }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return folder.text("reply")
    }
}
