import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// A request to a hub: subscribe or unsubscribe (WebSub, 5.1).
struct WebSubRequest: Sendable {
    var mode: String
    var hub: String
    var topic: String
    var callback: String
    var secret: String
    var lease: Duration

    /// Redirects of a hub that are followed; 307 and 308 alone repeat a POST.
    private static let most = 3

    /// Why it failed; nil when the hub has taken it on, which it then verifies by asking back.
    func send(_ connection: ConnectionOptions, linkedFrom origin: String, _ fetcher: PollFetcher) async -> String? {
        var target: HTTPURL
        do throws(HTTPError) {
            target = try HTTPURL(hub)
        } catch {
            return "the hub's URL cannot be used: \(error.detail)"
        }
        for _ in 0...Self.most {
            // A secret goes with it, and credentials only to the feed's own origin.
            var request = connection.request(target, linkedFrom: origin, accept: "text/plain, */*;q=0.1")
            request.method = .post
            request.headers.append(("Content-Type", "application/x-www-form-urlencoded"))
            request.body = Array(form.utf8)
            request.limits.redirects = 0
            request.limits.bodyBytes = 64 << 10
            let response: HTTPResponse
            do throws(HTTPError) {
                response = try await fetcher.document(request)
            } catch {
                return error.description
            }
            switch response.status {
            case 200..<300: return nil
            case 307, 308:
                guard let location = response.headers["location"], let next = try? target.resolving(location) else {
                    return "the hub redirects to nowhere"
                }
                if target.scheme == .https, next.scheme == .http { return "the hub redirects from https to http" }
                target = next
            default:
                let said = String(decoding: response.body.prefix(200), as: UTF8.self)
                    .split(whereSeparator: \.isWhitespace).joined(separator: " ")
                return "the hub says \(response.status)" + (said.isEmpty ? "" : ": \(said)")
            }
        }
        return "the hub redirects more than \(Self.most) times"
    }

    private var form: String {
        var fields = [("hub.mode", mode), ("hub.topic", topic), ("hub.callback", callback)]
        if mode == "subscribe" {
            fields += [("hub.secret", secret), ("hub.lease_seconds", String(lease.components.seconds))]
        }
        return fields.map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
