import WirewatchDelivery
import WirewatchDigest
import WirewatchKit

/// A notice as a mail: plain text and HTML, the headers that tell machines what it is.
struct MailMessage {
    let options: EmailOptions
    /// The sink's name, for the list's id.
    let name: String

    /// The whole message, lines ended by CRLF; the same at each attempt, so that a mail that comes twice has one Message-ID.
    func bytes(_ notice: Notice) -> [UInt8] {
        let domain = options.from.domain
        let boundary = "=_wirewatch_\(SHA256.identifier("mail", notice.id))"
        let prefix = options.subjectPrefix.isEmpty ? "" : options.subjectPrefix + " "
        let subject = TerminalText.shortened(prefix + NoticeText.subject(notice), to: 240)
        var lines = [
            "Date: \(Self.date(notice.created))",
            "From: \(options.from.header)",
            "To: \(options.recipients.map(\.header).joined(separator: ",\r\n "))",
            "Subject: \(EncodedWords.encode(subject))",
            "Message-ID: <\(notice.id).wirewatch@\(domain)>",
        ]
        // Mail programs show what belongs to a story together.
        if notice.alerts.count == 1, let story = notice.alerts[0].story, Self.isWord(story) {
            lines.append("References: <story.\(story).wirewatch@\(domain)>")
        }
        lines += [
            "List-Id: \(EncodedWords.encode("wirewatch \(name)")) <\(Self.word(name)).wirewatch.\(domain)>",
            // RFC 3834: no vacation notices, please.
            "Auto-Submitted: auto-generated",
            "X-Wirewatch-Severity: \(notice.severity.rawValue)",
            "X-Wirewatch-Kind: \(notice.kind.rawValue)",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"",
            "", "",
        ]
        var bytes = Array(lines.joined(separator: "\r\n").utf8)
        func part(_ type: String, _ text: String) {
            let head =
                "--\(boundary)\r\nContent-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            bytes += Array(head.utf8) + EncodedWords.quotedPrintable(text)
        }
        part("text/plain", NoticeText(.plain).body(notice))
        part("text/html", "<!doctype html>\n<html><body>\n\(NoticeText(.html).body(notice))</body></html>\n")
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }

    /// RFC 5322, 3.3: `Sun, 04 Jan 2026 12:00:00 +0000`.
    static func date(_ time: Timestamp) -> String {
        let civil = time.civil
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = days[((civil.daysSinceEpoch % 7) + 7) % 7]
        return "\(day), \(two(civil.day)) \(months[civil.month - 1]) \(civil.year) "
            + "\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second)) +0000"
    }

    private static func isWord(_ text: String) -> Bool { !text.isEmpty && word(text) == text }

    private static func word(_ text: String) -> String {
        String(
            text.unicodeScalars.map {
                $0.isASCII && (($0.value | 0x20) &- 0x61 < 26 || $0.value &- 0x30 < 10 || $0 == "-")
                    ? Character($0) : "-"
            })
    }
}
