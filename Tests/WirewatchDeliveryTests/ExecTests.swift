import Testing
import WirewatchDelivery
import WirewatchKit
import WirewatchTesting

@testable import WirewatchExec

@Suite("The exec sink", .serialized)
struct ExecTests {
    private func harness(_ literal: OptionLiteral) throws -> Harness {
        let given = try options(ExecOptions.self, literal)
        return try Harness { DeliverySink(given.delivery, $0, transport: ExecTransport(given)) }
    }

    private func result(_ literal: OptionLiteral, _ notice: Notice? = nil) async throws -> DeliveryResult {
        let given = try options(ExecOptions.self, literal)
        let notice = notice ?? Notice(kind: .alert, created: Timestamp(seconds: 0), alerts: [alert(1)])
        return await ExecTransport(given).deliver(notice, DeliveryAttempt(now: Timestamp(seconds: 0)))
    }

    @Test("The command gets the alert's JSON on its standard input, and words about it in its environment")
    func input() async throws {
        let folder = try TestFolder()
        folder.write(
            "#!/bin/sh\ncat > \(folder.path)/in\nenv > \(folder.path)/env\n", "take", mode: 0o700)
        #expect(
            try await result(["command": [.string(folder.path + "/take"), "--x"], "environment": ["KEY": "v 1"]])
                == .delivered)
        let record = try #require(folder.read("in"))
        #expect(try Alert(json: Array(record.utf8.dropLast())) == alert(1))
        let environment = try #require(folder.read("env"))
        #expect(environment.contains("WIREWATCH_ID=\(alert(1).id)\n") && environment.contains("KEY=v 1\n"))
        #expect(!environment.contains("SWIFT"))
    }

    @Test("What endings mean")
    func endings() async throws {
        #expect(try await result(["command": ["/bin/true"]]) == .delivered)
        #expect(try await result(["shell": "exit 0"]) == .delivered)
        guard case .refused(let reason) = try await result(["shell": "echo 'no such pager' >&2; exit 3"]) else {
            Issue.record("not refused")
            return
        }
        #expect(reason == "the command failed with exit code 3: no such pager")
        for (line, part) in [
            ("exit 75", "exit code 75"), ("kill -9 $$", "signal 9"), ("exec /nonexistent/program", "cannot be run"),
        ] {
            guard case .failed(let reason, nil, _) = try await result(["shell": .string(line)]) else {
                Issue.record("\(line) was no failure")
                continue
            }
            #expect(reason.contains(part))
        }
        guard case .failed(let why, nil, .receiver) = try await result(["command": ["/nonexistent/program"]]) else {
            Issue.record("started what is not there")
            return
        }
        #expect(why.contains("cannot be started: No such file"))
    }

    @Test("A command that hangs is ended with all that it started")
    func hanging() async throws {
        let folder = try TestFolder()
        let line = "trap '' TERM; sleep 1000 & echo $! > \(folder.path)/child; wait; sleep 1000"
        guard case .failed(let reason, nil, .notice) = try await result(["shell": .string(line), "timeout": "500ms"])
        else {
            Issue.record("no failure")
            return
        }
        #expect(reason.contains("ended after 500ms"))
        let child = try #require(folder.read("child")).split(separator: "\n")[0]
        // Gone, or a zombie that nobody waits for in a container without an init.
        let state = String(decoding: try TestProgram.run("cat", "/proc/\(child)/stat"), as: UTF8.self)
        #expect(state.isEmpty || state.contains(") Z "))
    }

    @Test("A command that does not read a large input, and one that writes much, are waited for all the same")
    func pipes() async throws {
        let many = Notice(
            kind: .group, created: Timestamp(seconds: 0),
            alerts: (1...300).map { alert($0, message: String(repeating: "x", count: 1000)) })
        #expect(try await result(["shell": "exit 0"], many) == .delivered)
        #expect(try await result(["shell": "head -c 300000 /dev/zero >&2; cat > /dev/null"], many) == .delivered)
    }

    @Test("A command that fails for a while gets the alert in the end, once")
    func retried() async throws {
        let folder = try TestFolder()
        let line = """
            echo x >> \(folder.path)/tries; [ $(wc -l < \(folder.path)/tries) -ge 4 ] || exit 75; cat >> \(folder.path)/got
            """
        let harness = try harness(["shell": .string(line)])
        try harness.send([alert(1)])
        try await harness.run(for: .seconds(36_000)) { harness.status("delivered") == "1" }
        #expect(folder.read("tries") == "x\nx\nx\nx\n")
        #expect(folder.read("got")?.split(separator: "\n").count == 1)
    }

    @Test("Options that make no sense are refused")
    func mistakes() {
        let cases: [(OptionLiteral, String)] = [
            ([:], "needs 'command"), (["command": ["a"], "shell": "b"], "two commands"),
            (["command": ["a"], "environment": ["A=B": "c"]], "no name of a variable"),
        ]
        for (literal, part) in cases {
            do {
                _ = try options(ExecOptions.self, literal)
                Issue.record("taken: \(literal)")
            } catch {
                let said = (error as? RefusedOptions)?.diagnostics.map(\.message).joined() ?? ""
                #expect(said.contains(part), "\(said)")
            }
        }
    }
}
