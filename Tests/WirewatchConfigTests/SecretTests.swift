import Testing
import WirewatchConfig
import WirewatchKit

@Suite("Secrets")
struct SecretTests {
    private static let text = """
        sources:
          - {name: news, type: feed, url: https://example.org/feed, token: !secret feed_token}
        sinks: [{name: a, type: json_log, path: a.jsonl}]
        """

    private func load(
        _ text: String, secret: String, mode: UInt32 = 0o600, credential: String? = nil
    ) throws -> LoadResult {
        let folder = try Files.temporary(["config.yaml": text, "secrets/feed_token": "", "credentials/x": ""])
        defer { Files.remove(folder) }
        try Files.write(secret, to: folder + "/secrets/feed_token", mode: mode)
        var environment: [String: String] = [:]
        if let credential {
            environment["CREDENTIALS_DIRECTORY"] = folder + "/credentials"
            try Files.write(credential, to: folder + "/credentials/feed_token")
        }
        return Configuration.load(path: folder + "/config.yaml", environment: environment, registry: Sample.registry)
    }

    @Test(
        "A secret is the text of its file without the last line break",
        arguments: [("pass word", "pass word"), ("abc\n", "abc"), ("abc\r\n", "abc"), ("a\n\n", "a\n"), ("12", "12")])
    func value(_ text: String, _ expected: String) throws {
        let result = try load(Self.text, secret: text)
        #expect(result.diagnostics == [])
        let options = try #require(result.configuration?.sources[0].options as? FeedOptions)
        #expect(options.token == expected)
        #expect(result.configuration?.files.count == 2)
    }

    @Test("A systemd credential comes first")
    func credential() throws {
        let result = try load(Self.text, secret: "from the folder", credential: "from systemd\n")
        let options = try #require(result.configuration?.sources[0].options as? FeedOptions)
        #expect(options.token == "from systemd")
    }

    @Test("A secret that everyone can read is doubted, not refused")
    func readable() throws {
        let result = try load(Self.text, secret: "abc", mode: 0o644)
        #expect(result.configuration != nil)
        #expect(result.diagnostics.map(\.severity) == [.warning])
        #expect(result.diagnostics[0].message.contains("chmod 600"))
    }

    @Test("No message shows a secret")
    func hidden() throws {
        let text = Self.text.replacing("token: !secret", with: "retries: !secret")
        let result = try load(text, secret: "hunter2")
        #expect(result.hasErrors)
        let printed = DiagnosticRenderer.render(result.diagnostics, texts: result.texts, colour: false)
        #expect(printed.contains("'retries' of source 'news' must be a whole number, not the secret's text"))
        #expect(!printed.contains("hunter2"))
    }
}
