import Glibc
import Testing
import WirewatchKit

@testable import WirewatchCommand

@Suite("The control socket")
struct ControlServerTests {
    private static func server(_ folder: TestFolder) throws -> ControlServer {
        try ControlServer(state: folder.path) { request, answer in
            answer(ControlAnswer(isSuccess: request == "status", message: request).json)
        }
    }

    private static func connect(_ folder: TestFolder) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard let address = UnixAddress(folder.path("control.sock")),
            address.withPointer({ Glibc.connect(descriptor, $0, $1) }) == 0
        else { throw TestError("cannot connect") }
        return descriptor
    }

    private static func ask(_ folder: TestFolder, _ line: String) throws -> ControlAnswer {
        ControlAnswer(json: try ControlSocket.request(line, state: folder.path, timeout: .seconds(30)))
    }

    @Test("A request is answered")
    func answers() throws {
        let folder = try TestFolder()
        let server = try Self.server(folder)
        defer { server.stop() }
        #expect(try Self.ask(folder, "status") == ControlAnswer(isSuccess: true, message: "status"))
        #expect(try Self.ask(folder, "dance") == ControlAnswer(isSuccess: false, message: "dance"))
    }

    @Test("Only the owner may speak to it, from the first moment on")
    func mode() throws {
        let folder = try TestFolder()
        let server = try Self.server(folder)
        defer { server.stop() }
        var info = stat()
        #expect(stat(folder.path("control.sock"), &info) == 0)
        #expect(info.st_mode & 0o777 == 0o600)
    }

    @Test("A socket left behind is replaced, and removed at the end")
    func stale() throws {
        let folder = try TestFolder()
        try folder.write("left behind", to: "control.sock")
        let server = try Self.server(folder)
        #expect(try Self.ask(folder, "status").isSuccess)
        server.stop()
        #expect(access(folder.path("control.sock"), F_OK) != 0)
    }

    @Test("A state folder with a long path works too")
    func longPath() throws {
        let folder = try TestFolder()
        let long = folder.path(String(repeating: "long", count: 40))
        mkdir(long, 0o700)
        let server = try ControlServer(state: long) { _, answer in
            answer(ControlAnswer(isSuccess: true, message: "").json)
        }
        defer { server.stop() }
        let answer = try ControlSocket.request("status", state: long, timeout: .seconds(30))
        #expect(ControlAnswer(json: answer).isSuccess)
    }

    @Test("Clients that are silent, greedy or gone delay nobody")
    func hostile() throws {
        let folder = try TestFolder()
        let server = try Self.server(folder)
        defer { server.stop() }
        var silent: [Int32] = []
        defer { for descriptor in silent { close(descriptor) } }
        for _ in 0..<50 { silent.append(try Self.connect(folder)) }

        let endless = try Self.connect(folder)
        defer { close(endless) }
        let noise = [UInt8](repeating: UInt8(ascii: "x"), count: 4096)
        for _ in 0..<64 { send(endless, noise, noise.count, Int32(MSG_NOSIGNAL)) }

        let gone = try Self.connect(folder)
        send(gone, Array("status\n".utf8), 7, Int32(MSG_NOSIGNAL))
        close(gone)

        #expect(try Self.ask(folder, "status").isSuccess)
    }

    @Test("Without a daemon the client says so, with exit code 69")
    func nobody() throws {
        let folder = try TestFolder()
        let failure = #expect(throws: Failure.self) {
            try ControlSocket.request("status", state: folder.path, timeout: .seconds(1))
        }
        #expect(failure?.code == .unavailable)
        #expect(failure?.description.contains("no wirewatch daemon runs") == true)
    }
}
