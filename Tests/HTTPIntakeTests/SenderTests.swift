import Testing
import WirewatchDigest
import WirewatchKit
import WirewatchTesting

@testable import WirewatchHTTPIntake

@Suite("Who may post")
struct SenderTests {
    @Test("A token is asked for before the body is read, and any of several will do")
    func tokens() async throws {
        let desk = try await Desk([("token", ["first-token-of-two", "second-token-of-two"])])
        for token in ["first-token-of-two", "second-token-of-two"] {
            #expect(await desk.post("{\"title\":\"a\"}", token: token).status == 200)
        }
        for token in ["first-token-of-tw", "first-token-of-two2", "x", ""] {
            let reply = await desk.post("{\"title\":\"a\"}", token: token)
            #expect(reply.status == 401 && reply.header("WWW-Authenticate")?.hasPrefix("Bearer realm=") == true)
        }
        let missing = await desk.post("no JSON at all", token: nil)
        #expect(missing.status == 401 && missing.text.contains("Authorization: Bearer TOKEN"))
        let basic = await desk.post("{}", headers: [("Authorization", "Basic Zmlyc3Q=")], token: nil)
        #expect(basic.status == 401 && basic.header("WWW-Authenticate")?.contains("invalid_request") == true)
        #expect(desk.report.figures.first { $0.name == "refused_unauthorized" }?.value == "6")
        await desk.stop()
    }

    @Test("A signature of the body stands for a token; a wrong one, another algorithm or another body does not")
    func signatures() async throws {
        let secret = "a secret of some length"
        let desk = try await Desk([("secret", .string(secret))])
        let body = "{\"title\":\"a\"}"
        func signed(_ algorithm: HMAC.Algorithm, _ text: String, _ key: String = secret) -> String {
            let digits = HMAC.code(Array(text.utf8), key: Array(key.utf8), algorithm).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            return "\(algorithm.rawValue)=" + digits.joined()
        }
        let right = signed(.sha256, body)
        #expect(
            await desk.post(body, headers: [("x-hub-signature-256", right)], token: nil).status == 200)
        #expect(await desk.post(body, headers: [("X-Hub-Signature-256", right.uppercased())], token: nil).status == 200)
        for wrong in [
            signed(.sha256, body + " "), signed(.sha1, body), signed(.sha512, body),
            signed(.sha256, body, "another key altogether"),
            "sha256=", "sha256=zz", "sha256", "", String(right.dropLast(2)),
        ] {
            let reply = await desk.post(body, headers: [("X-Hub-Signature-256", wrong)], token: nil)
            #expect(reply.status == 401, "\(wrong)")
        }
        #expect(await desk.post(body, token: "0123456789abcdef").status == 401)
        // A proxy's own credentials beside the signature are nobody's business.
        #expect(
            await desk.post(
                body, headers: [("X-Hub-Signature-256", right), ("Authorization", "Basic eA==")], token: nil
            )
            .status == 200)
        #expect(await desk.post(body, token: nil).status == 401)
        #expect(desk.documents.count == 3)
        await desk.stop()
    }

    @Test("Anonymous posts are taken where they are allowed, but none of web pages")
    func anonymous() async throws {
        let desk = try await Desk([("allow_anonymous", true)])
        #expect(await desk.post("{\"title\":\"a\"}", token: nil).status == 200)
        let page = await desk.post("{\"title\":\"a\"}", headers: [("Origin", "https://evil.example")], token: nil)
        #expect(page.status == 403)
        await desk.stop()
    }

    @Test("Each token has a rate of its own, and whoever exceeds it is told when to come again")
    func rates() async throws {
        let desk = try await Desk([("token", ["first-token-of-two", "second-token-of-two"]), ("rate_limit", 3)])
        for _ in 0..<3 { #expect(await desk.post("{\"title\":\"a\"}", token: "first-token-of-two").status == 200) }
        let refused = await desk.post("{\"title\":\"a\"}", token: "first-token-of-two")
        #expect(refused.status == 429 && refused.header("Retry-After") == "20")
        #expect(await desk.post("{\"title\":\"a\"}", token: "second-token-of-two").status == 200)
        desk.clock.advance(by: .seconds(20))
        #expect(await desk.post("{\"title\":\"a\"}", token: "first-token-of-two").status == 200)
        #expect(await desk.post("{\"title\":\"a\"}", token: "first-token-of-two").status == 429)
        await desk.stop()
    }

    @Test(
        "HMAC gives the codes of RFC 4231 and RFC 2202, test case 2",
        arguments: [
            (HMAC.Algorithm.sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            (.sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            (
                .sha384,
                "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"
            ),
            (
                .sha512,
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
            ),
        ])
    func codes(algorithm: HMAC.Algorithm, expected: String) {
        let bytes = Array("what do ya want for nothing?".utf8)
        #expect(HMAC.verifies("\(algorithm.rawValue)=\(expected)", of: bytes, key: Array("Jefe".utf8)))
        #expect(!HMAC.verifies("\(algorithm.rawValue)=\(expected)", of: bytes, key: Array("jefe".utf8)))
    }

    @Test("Options that contradict each other or the listener are refused with what to do")
    func options() throws {
        let loopback = OptionScope(listener: .at(.loopback(port: 1), publicURL: nil))
        let world = OptionScope(listener: .at(try #require(ListenAddress("0.0.0.0:1")), publicURL: nil))
        let cases: [(OptionLiteral, OptionScope, String?)] = [
            (["token": "0123456789abcdef"], loopback, nil), (["allow_anonymous": true], OptionScope(), nil),
            ([:], OptionScope(), "needs a 'token'"), (["token": "short"], OptionScope(), "openssl rand"),
            (["secret": "short"], OptionScope(), "openssl rand"),
            (["token": "0123456789abcdef", "allow_anonymous": true], OptionScope(), "contradicts"),
            (["allow_anonymous": true], world, "0.0.0.0:1"),
            (["token": "0123456789abcdef"], OptionScope(listener: .absent), "add 'listen:"),
            (["token": "0123456789abcdef", "path": "articles"], OptionScope(), "begin with '/'"),
            (["token": "0123456789abcdef", "path": "/metrics"], OptionScope(), "daemon's own"),
            (["token": "0123456789abcdef", "path": "/a/"], OptionScope(), "must not end"),
            (["token": "0123456789abcdef", "path": "/a b"], OptionScope(), "printable ASCII"),
        ]
        for (literal, scope, message) in cases {
            do {
                _ = try WirewatchTesting.options(HTTPIntakeOptions.self, literal, scope: scope)
                #expect(message == nil)
            } catch let refused as RefusedOptions {
                #expect(
                    refused.diagnostics.contains { $0.message.contains(message ?? "nothing") }, "\(refused.diagnostics)"
                )
            }
        }
        let taken = OptionScope()
        _ = try WirewatchTesting.options(HTTPIntakeOptions.self, ["token": "0123456789abcdef"], scope: taken)
        #expect(throws: RefusedOptions.self) {
            try WirewatchTesting.options(HTTPIntakeOptions.self, ["token": "0123456789abcdef"], scope: taken)
        }
    }
}
