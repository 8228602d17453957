import Glibc
import Testing

/// The real daemon between servers that misbehave in every way at once and a few good ones.
@Suite(.serialized) struct HostileFeedsTests {
    /// By source: the URL, and what `wirewatch status` must say of it.
    private static let hostile: [(name: String, url: String, extra: String, says: String)] = [
        ("slow-headers", "http://127.0.0.11:HTTP/slow-headers", "", "while the header fields came"),
        ("silent", "http://127.0.0.12:HTTP/silent", "", "time"),
        ("endless", "http://127.0.0.13:HTTP/endless", "", "larger than"),
        ("bomb", "http://127.0.0.14:HTTP/bomb", "", "larger than"),
        ("loop", "http://127.0.0.15:HTTP/loop", "", "in a circle"),
        ("endless-redirects", "http://127.0.0.16:HTTP/endless-redirects", "", "more than 8 redirects"),
        (
            "inward", "http://news.example/inward",
            ", proxy: 'http://127.0.0.1:HTTP', allow_private_addresses: false", "allow_private_addresses"
        ),
        ("rebound", "http://localhost:HTTP/good-x", ", allow_private_addresses: false", "allow_private_addresses"),
        ("short", "http://127.0.0.17:HTTP/short", "", "the connection ended before the whole body had come"),
        ("reset", "http://127.0.0.18:HTTP/reset", "", "reset"),
        ("self-signed", "https://localhost:TLS/good-x", "", "signed by itself"),
        ("wrong-host", "https://127.0.0.1:TLS/good-x", ", client_certificate: {authorities: PEM}", "another host"),
        ("no-tls", "https://127.0.0.1:HTTP/good-x", "", "TLS"),
        ("large-header", "http://127.0.0.19:HTTP/large-header", "", "header fields are larger than"),
        ("wait-seconds", "http://127.0.0.20:HTTP/wait-seconds", "", "429 Too Many Requests"),
        ("wait-date", "http://127.0.0.21:HTTP/wait-date", "", "503"),
        ("unasked-304", "http://127.0.0.22:HTTP/unasked-304", "", "a request that named no version"),
        ("not-http", "http://127.0.0.23:HTTP/not-http", "", "HTTP"),
        ("page", "http://127.0.0.24:HTTP/page", "", "it is a web page"),
        ("nobody", "http://127.0.0.1:1/", "", "no connection"),
    ]
    /// MiB; two replies of 16 MiB are on their way at once.
    private static let memoryLimit = 120

    @Test("twenty hostile servers have their errors, five good ones are polled on time, memory stays bounded")
    func hostile() throws {
        let server = try ServerScript("hostile", needsFolder: true)
        defer { server.end() }
        let (port, tlsPort) = (try server.port("http"), try server.port("https"))
        let certificate = server.folder.path + "/server.pem"
        func source(_ name: String, _ url: String, _ extra: String) -> String {
            let isOwn = extra.contains("allow_private_addresses")
            let every = extra.contains("false") ? "1m" : "1s"
            return "- {name: \(name), type: feed, url: '\(url)', every: \(every), adaptive: false, max_every: 1m, "
                + "timeout: 2s, max_size: 16MiB\(isOwn ? "" : ", allow_private_addresses: true")\(extra)}"
        }
        let good = (1...5).map { source("good-\($0)", "http://127.0.0.\($0 + 1):HTTP/good-\($0)", "") }
        let odd = ["new-etag", "charset-lies"].map { source($0, "http://127.0.0.8:HTTP/\($0)", "") }
        let sources = (good + odd + Self.hostile.map { source($0.name, $0.url, $0.extra) }).map {
            $0.replacing("HTTP/", with: "\(port)/").replacing("HTTP'", with: "\(port)'")
                .replacing("TLS/", with: "\(tlsPort)/").replacing("PEM", with: certificate)
        }
        let daemon = try DaemonUnderTest()
        try daemon.configure(rotate: "rotate: {max_size: 1GiB}", sources: sources)
        let program = try daemon.start()

        // Sixteen items of each of five feeds need sixteen polls, a second apart; the slow ones alone time out after two.
        let titles = (1...5).flatMap { feed in (1...16).map { "Delivery good-\(feed) number \($0)" } }
        let begun = time(nil)
        let came = eventually {
            let log = daemon.text(of: daemon.log)
            return titles.allSatisfy { log.contains("\"title\":\"\($0)\"") }
        }
        print("hostile servers: sixteen polls of the good feeds took \(time(nil) - begun) s")
        #expect(came, "\(daemon.text(of: daemon.output))")
        // With 1 s between polls of each this takes 16 s; were they held up by the timeouts of others, a minute.
        #expect(time(nil) - begun < 45)

        let peak = try Self.peakMemory(of: program.processID)
        print("hostile servers: \(peak) MiB at the most")
        #expect(peak < Self.memoryLimit)
        let status = try Program.run(DaemonUnderTest.binary, "status", "--json", "--config", daemon.configPath).output
        for (name, _, _, says) in Self.hostile {
            let told = Self.component(name, in: status)
            #expect(told.contains(says), "\(name): \(told)")
        }
        for name in ["new-etag", "charset-lies"] {
            let component = Self.component(name, in: status)
            #expect(component.contains("\"polls\":") && !component.contains("\"last_error\":\""), "\(component)")
        }
        program.signal(SIGTERM)
        #expect(program.waitForExit() == 0)
        // Nothing twice, whatever an ETag says.
        let log = daemon.text(of: daemon.log)
        for number in 1...3 { #expect(log.ranges(of: "\"title\":\"Delivery new-etag number \(number)\"").count == 1) }
        #expect(log.ranges(of: "\"title\":\"Delivery charset number 1\"").count == 1)
        for title in titles { #expect(log.ranges(of: "\"title\":\"\(title)\"").count == 1, "\(title)") }
    }

    /// What the status says of a source: from its name to the next one's.
    private static func component(_ name: String, in status: String) -> Substring {
        guard let start = status.firstRange(of: "\"name\":\"\(name)\"") else { return "" }
        let rest = status[start.upperBound...]
        return rest[..<(rest.firstRange(of: "\"name\":\"")?.lowerBound ?? rest.endIndex)]
    }

    private static func peakMemory(of process: pid_t) throws -> Int {
        let text = String(decoding: try Folder.read("/proc/\(process)/status"), as: UTF8.self)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber))) / 1024
    }
}
