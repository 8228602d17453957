internal import CWirewatchCurl
internal import WirewatchKit

/// Hands mail to a server by SMTP. Each mail has a connection and a thread of its own: alerts are few.
public enum MailClient {
    /// Sends a message (RFC 5322, lines ended by CRLF; a line of a dot needs no care) to all recipients or to none.
    ///
    /// - Parameters:
    ///   - sender: the bare address that bounces go to, as recipients are.
    public static func send(
        _ message: [UInt8], from sender: String, to recipients: [String], by server: MailServer
    ) async throws(MailError) {
        let outcome = await OwnThread.run { () -> MailError? in
            perform(message, from: sender, to: recipients, by: server)
        }
        switch outcome {
        case nil: throw MailError(code: 0, detail: "no thread is free for a mail", isTransient: true)
        case .some(let error?): throw error
        case .some(nil): return
        }
    }

    private static func perform(
        _ message: [UInt8], from sender: String, to recipients: [String], by server: MailServer
    ) -> MailError? {
        guard TransferThread.isReady, let easy = EasyHandle(bare: ()) else {
            return MailError(code: 0, detail: "no memory for a transfer", isTransient: true)
        }
        let upload = UploadBytes(message)
        let scheme = server.security == .tls ? "smtps" : "smtp"
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        easy.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        easy.set(CURLOPT_URL, "\(scheme)://\(host):\(server.port)/\(server.helloName)")
        // The environment's proxies are for other things.
        easy.set(CURLOPT_PROXY, "")
        easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        let level: curl_usessl =
            switch server.security {
            case .tls, .startTLS: CURLUSESSL_ALL
            case .ifOffered: CURLUSESSL_TRY
            case .none: CURLUSESSL_NONE
            }
        easy.set(CURLOPT_USE_SSL, Int(level.rawValue))
        if let file = server.authoritiesFile { easy.set(CURLOPT_CAINFO, file) }
        if let user = server.user {
            easy.set(CURLOPT_USERNAME, user)
            easy.set(CURLOPT_PASSWORD, server.password ?? "")
        }
        let milliseconds = max(1, min(2_000_000_000, Int(server.timeout.milliseconds)))
        easy.set(CURLOPT_TIMEOUT_MS, milliseconds)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, 15_000))
        easy.set(CURLOPT_MAIL_FROM, "<\(sender)>")
        easy.set(CURLOPT_MAIL_RCPT, list: recipients.map { "<\($0)>" })
        easy.setUpload(upload)
        let replies = MailReplies()
        easy.setReplies(replies)
        if let refused = easy.refused {
            return MailError(
                code: 0, detail: "the mail cannot be set up (libcurl option \(refused.option.rawValue))",
                isTransient: false)
        }
        // The bytes must be there as long as the transfer lasts.
        let code = withExtendedLifetime((upload, replies)) { easy.perform() }
        return code == CURLE_OK ? nil : error(code, easy, server, refusal: replies.refusal)
    }

    private static func error(
        _ code: CURLcode, _ easy: EasyHandle, _ server: MailServer, refusal: (code: Int, text: String)?
    ) -> MailError {
        let reply = refusal?.code ?? 0
        let text = "\(server.host):\(server.port): \(easy.problem(code))" + (refusal.map { " (\($0.text))" } ?? "")
        switch code {
        // A server that does not let us in, or has no certificate that we trust, is put right by people: what waits goes then.
        case CURLE_LOGIN_DENIED, CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR:
            return MailError(code: reply, detail: text, isTransient: true)
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            return MailError(code: reply, detail: text, isTransient: false)
        // RFC 5321, 4.2.1: 5yz is permanent.
        default: return MailError(code: reply, detail: text, isTransient: !(500...599).contains(reply))
        }
    }
}
