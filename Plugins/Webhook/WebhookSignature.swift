import WirewatchDelivery
import WirewatchDigest
import WirewatchKit

/// Signs requests with a secret that the receiver has too.
struct WebhookSignature: Sendable {
    enum Scheme: String, Sendable {
        /// https://www.standardwebhooks.com: the id, the time and the body are signed, so that nobody can send it again later.
        case standard
        /// The body alone.
        case github
    }

    let scheme: Scheme
    private let key: [UInt8]

    init(scheme: Scheme, key: [UInt8]) {
        self.scheme = scheme
        self.key = key
    }

    /// Nil when there is no secret, which the specs report.
    init?(_ options: OptionReader) {
        guard let secret = options.string("secret"), !secret.isEmpty else { return nil }
        scheme = options.string("scheme").flatMap { Scheme(rawValue: $0) } ?? .standard
        if scheme == .standard, secret.hasPrefix("whsec_") {
            guard let bytes = Base64.decode(String(secret.dropFirst(6))), !bytes.isEmpty else {
                options.report("what follows 'whsec_' is no Base64", at: options.location("secret"))
                return nil
            }
            key = bytes
        } else {
            key = Array(secret.utf8)
        }
    }

    func headers(id: String, body: [UInt8], now: Timestamp) -> [(name: String, value: String)] {
        switch scheme {
        case .standard:
            let time = String(now.seconds)
            let code = HMAC.code(Array("\(id).\(time).".utf8) + body, key: key, .sha256)
            return [
                ("webhook-id", id), ("webhook-timestamp", time), ("webhook-signature", "v1," + Base64.encode(code)),
            ]
        case .github:
            let code = HMAC.code(body, key: key, .sha256)
            return [("X-Hub-Signature-256", "sha256=" + code.map(Self.digits).joined())]
        }
    }

    private static func digits(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.utf8.count == 1 ? "0" + text : text
    }
}
