import Testing
import WirewatchDelivery
import WirewatchHTTP
import WirewatchKit
import WirewatchTesting

@testable import WirewatchEmail

/// Whether the SMTP server of the tests can run; `make test` installs it.
private let hasServer = (try? TestProgram.run("/usr/bin/python3", "-c", "import aiosmtpd; print(1)"))?.first == 0x31

@Suite("The email sink", .serialized, .enabled(if: hasServer, "python3-aiosmtpd is not installed"))
struct EmailTests {
    private func result(
        _ literal: OptionLiteral, port: String, _ notice: Notice
    ) async throws -> DeliveryResult {
        guard case .map(let entries) = literal else { throw OptionError("no map") }
        let base: [(String, OptionLiteral)] = [
            ("server", .string("127.0.0.1:\(port)")), ("from", "Wire Watch <alerts@example.org>"),
            ("to", ["desk@example.org", "\"Müller, A.\" <a@example.org>"]),
        ]
        let kept = base.filter { own in !entries.contains { $0.0 == own.0 } }
        let given = try options(EmailOptions.self, .map(kept + entries))
        return await EmailTransport(given, name: "mail").deliver(notice, DeliveryAttempt(now: notice.created))
    }

    private func read(_ path: String) throws -> String {
        String(decoding: try TestProgram.run("python3", TestProgram.servers + "/mail.py", path), as: UTF8.self)
    }

    private let time = Timestamp(seconds: 1_767_528_000)

    @Test("A mail is read back whole: headers, both parts, a subject that is not ASCII, lines of a dot")
    func readBack() async throws {
        let folder = try TestFolder()
        let server = try TestProgram(["/usr/bin/python3", TestProgram.servers + "/smtp.py", folder.path])
        let port = try #require(server.line())
        let message =
            "Übernahme: 订单超过十亿元 — größte Bestellung seit Jahren für humanoide Roboter aus Shenzhen, sagt die Firma"
        var subject = alert(1, severity: .high, story: "abc123", message: message)
        subject.title = ".\n.. <b>"
        let notice = Notice(kind: .alert, created: time, alerts: [subject])
        #expect(try await result(["security": "none"], port: port, notice) == .delivered)
        let mail = try read(folder.path + "/0001.eml")
        for part in [
            #""from": "Wire Watch <alerts@example.org>""#, #""x-envelope-from": "alerts@example.org""#,
            #""x-envelope-to": "desk@example.org,a@example.org""#, #""auto-submitted": "auto-generated""#,
            "\"message-id\": \"<\(notice.id).wirewatch@example.org>\"",
            #""references": "<story.abc123.wirewatch@example.org>""#, #""date": "2026-01-04T12:00:00+00:00""#,
            #""types": ["multipart/alternative", "text/plain", "text/html"]"#, #""defects": []"#,
            #"M\u00fcller, A."#,
        ] { #expect(mail.contains(part), "\(part) is not in \(mail)") }
        let escaped =
            "\\u00dcbernahme: \\u8ba2\\u5355\\u8d85\\u8fc7\\u5341\\u4ebf\\u5143 \\u2014 gr\\u00f6\\u00dfte Bestellung"
        #expect(mail.contains("\"subject\": \"[wirewatch] HIGH orders: \(escaped)"))
        #expect(mail.contains("\"plain\": \"HIGH 2026-01-04 12:00:00Z  orders  \(escaped)"))
        #expect(mail.contains(#"\n. .. <b>\nhttps://example.org/walker/1\n- topic robotics"#), "\(mail)")
        #expect(mail.contains("&lt;b&gt;"))
        let raw = try #require(folder.read("0001.eml"))
        #expect(raw.utf8.split(separator: 0x0A).allSatisfy { $0.count <= 78 || $0.starts(with: "X-".utf8) })
    }

    @Test("A digest is one mail with all its alerts")
    func digest() async throws {
        let folder = try TestFolder()
        let server = try TestProgram(["/usr/bin/python3", TestProgram.servers + "/smtp.py", folder.path])
        let port = try #require(server.line())
        let notice = Notice(kind: .digest, created: time, alerts: (1...12).map { alert($0) }, repeats: 3)
        #expect(try await result(["security": "none", "subject_prefix": ""], port: port, notice) == .delivered)
        let mail = try read(folder.path + "/0001.eml")
        #expect(mail.contains(#""subject": "MEDIUM 12 alerts in this digest""#))
        for number in 1...12 { #expect(mail.contains("https://example.org/walker/\(number)\\n")) }
        #expect(mail.contains("3 repeats were held back"))
        #expect(folder.names == ["0001.eml"])
    }

    @Test("TLS, STARTTLS and passwords: nothing goes in the open that is not to")
    func security() async throws {
        let folder = try TestFolder()
        let (certificate, key) = (folder.path + "/cert.pem", folder.path + "/key.pem")
        _ = try TestProgram.run(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext",
            "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", key, "-out", certificate)
        let notice = Notice(kind: .alert, created: time, alerts: [alert(1)])
        let mails = try TestFolder()
        let base = [
            "/usr/bin/python3", TestProgram.servers + "/smtp.py", mails.path, "--cert", certificate, "--key", key,
        ]
        let starttls = try TestProgram(base + ["--auth", "analyst", "s3cret"])
        var port = try #require(starttls.line())
        let good: OptionLiteral = [
            "authorities": .string(certificate), "auth": ["user": "analyst", "password": "s3cret"],
        ]
        #expect(try await result(good, port: port, notice) == .delivered)
        // The system does not trust it, a wrong password, and a server that would take it in the open only.
        for literal: OptionLiteral in [
            ["auth": ["user": "analyst", "password": "s3cret"]],
            ["authorities": .string(certificate), "auth": ["user": "analyst", "password": "wrong"]],
        ] {
            guard case .failed = try await result(literal, port: port, notice) else {
                Issue.record("sent with \(literal)")
                continue
            }
        }
        let plain = try TestProgram(["/usr/bin/python3", TestProgram.servers + "/smtp.py", mails.path])
        port = try #require(plain.line())
        guard case .failed = try await result([:], port: port, notice) else {
            Issue.record("sent in the open")
            return
        }
        let tls = try TestProgram(base + ["--tls"])
        port = try #require(tls.line())
        #expect(
            try await result(["security": "tls", "authorities": .string(certificate)], port: port, notice) == .delivered
        )
        #expect(mails.read("0001.eml")?.contains("X-Secured: True") == true)
    }

    @Test("4xx comes again with the same Message-ID, 5xx is a dead letter")
    func failures() async throws {
        let folder = try TestFolder()
        let server = try TestProgram(
            ["/usr/bin/python3", TestProgram.servers + "/smtp.py", folder.path, "--fail", "451", "2"])
        let port = try #require(server.line())
        let given = try options(
            EmailOptions.self,
            [
                "server": .string("127.0.0.1:\(port)"), "security": "none", "from": "a@example.org",
                "to": "b@example.org",
            ])
        let harness = try Harness { DeliverySink(given.delivery, $0, transport: EmailTransport(given, name: "mail")) }
        try harness.send([alert(1)])
        try await harness.run(for: .seconds(3600)) { harness.status("delivered") == "1" }
        #expect(harness.status("failed_attempts") == "2")
        #expect(folder.names == ["0001.eml"])
        let notice = Notice(kind: .alert, created: time, alerts: [alert(2)])
        guard
            case .refused(let reason) = try await result(
                ["security": "none", "to": ["unknown@example.org"]], port: port, notice)
        else {
            Issue.record("not refused")
            return
        }
        #expect(reason.contains("550"))
    }

    @Test("A server that is not there is tried again")
    func nobody() async throws {
        let notice = Notice(kind: .alert, created: time, alerts: [alert(1)])
        guard case .failed(_, nil, .receiver) = try await result(["security": "none"], port: "1", notice) else {
            Issue.record("no failure of the receiver")
            return
        }
    }
}

@Suite("Mail headers and addresses")
struct MailFormTests {
    @Test("Addresses are read or refused")
    func addresses() {
        #expect(MailAddress("Desk One <d@example.org>")?.header == "Desk One <d@example.org>")
        #expect(MailAddress("\"A, B\" <d@example.org>")?.header == "\"A, B\" <d@example.org>")
        #expect(MailAddress("d@example.org")?.header == "d@example.org")
        for text in ["", "d", "d@", "@e", "a b@e.org", "a@b@c", "x <a@b", "a@e.org\r\nBcc: z@e.org", "N\n <a@e.org>"] {
            #expect(MailAddress(text) == nil, "\(text)")
        }
    }

    @Test("Hosts and ports")
    func places() {
        #expect(EmailOptions.place("mail.example.org") == ("mail.example.org", nil))
        #expect(EmailOptions.place("mail.example.org:25") == ("mail.example.org", 25))
        #expect(EmailOptions.place("[::1]:2525") == ("::1", 2525))
        for text in ["", ":25", "a b", "h:0", "h:99999", "h:x", "::1:25", "[::1"] {
            #expect(EmailOptions.place(text).host == nil, "\(text)")
        }
    }

    @Test("A subject cannot bring header fields of its own")
    func injection() throws {
        let given = try options(
            EmailOptions.self, ["server": "h", "from": "a@example.org", "to": "b@example.org"])
        let nasty = alert(1, message: "x\r\nBcc: evil@example.org\r\n\r\nbody")
        let bytes = MailMessage(options: given, name: "m").bytes(
            Notice(kind: .alert, created: Timestamp(seconds: 0), alerts: [nasty]))
        let head = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n\r\n" as String)[0]
        #expect(!head.contains("\r\nBcc:") && head.contains("Date: Thu, 01 Jan 1970 00:00:00 +0000"))
    }
}
