import WirewatchDelivery
import WirewatchKit

/// Writes alerts as a feed, newest first.
struct FeedWriter {
    let options: AlertFeedOptions
    /// The sink's name: part of the feed's id where it has no URL.
    let name: String

    func bytes(_ alerts: [Alert], updated: Timestamp) -> [UInt8] {
        options.format == .json ? json(alerts) : Array(atom(alerts, updated: updated).utf8)
    }

    private var id: String { options.home ?? "urn:wirewatch:alerts:\(name)" }

    // MARK: Atom

    private func atom(_ alerts: [Alert], updated: Timestamp) -> String {
        var text = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom">
            <id>\(Self.escaped(id))</id>
            <title>\(Self.escaped(options.title))</title>
            <updated>\(updated.rfc3339)</updated>
            <author><name>wirewatch</name></author>
            <generator version="\(wirewatchVersion)">wirewatch</generator>\n
            """
        if let home = options.home { text += "<link rel=\"self\" href=\"\(Self.escaped(home))\"/>\n" }
        for alert in alerts { text += entry(alert) }
        return text + "</feed>\n"
    }

    private func entry(_ alert: Alert) -> String {
        var text = "<entry>\n<id>urn:wirewatch:alert:\(alert.id)</id>\n<title>\(Self.escaped(title(alert)))</title>\n"
        text += "<updated>\(alert.time.rfc3339)</updated>\n"
        if let url = alert.url, NoticeText.isWeb(url) { text += "<link href=\"\(Self.escaped(url))\"/>\n" }
        text += "<category term=\"\(alert.severity.rawValue)\" label=\"severity\"/>\n"
        text += "<category term=\"\(Self.escaped(alert.rule))\" label=\"rule\"/>\n"
        text += "<summary>\(Self.escaped(alert.message))</summary>\n"
        return text + "<content type=\"html\">\(Self.escaped(NoticeText(.html).entry(alert)))</content>\n</entry>\n"
    }

    private func title(_ alert: Alert) -> String { "[\(alert.severity.rawValue)] \(alert.message)" }

    /// XML text without the characters that XML 1.0 has no form for at all.
    private static func escaped(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out.append(contentsOf: "&amp;".unicodeScalars)
            case "<": out.append(contentsOf: "&lt;".unicodeScalars)
            case ">": out.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
            case "\t", "\n", "\r": out.append(scalar)
            default:
                if scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF { out.append(scalar) }
            }
        }
        return String(out)
    }

    // MARK: JSON Feed

    private func json(_ alerts: [Alert]) -> [UInt8] {
        var json = JSONWriter(capacity: 2048 * (alerts.count + 1))
        json.beginObject()
        json.member("version", "https://jsonfeed.org/version/1.1")
        json.member("title", options.title)
        if let home = options.home { json.member("feed_url", home) }
        json.key("items")
        json.beginArray()
        for alert in alerts {
            json.beginObject()
            json.member("id", "urn:wirewatch:alert:\(alert.id)")
            json.member("title", title(alert))
            if let url = alert.url, NoticeText.isWeb(url) { json.member("url", url) }
            json.member("summary", alert.message)
            json.member("content_html", NoticeText(.html).entry(alert))
            json.member("date_published", alert.time.rfc3339)
            json.strings("tags", [alert.severity.rawValue, alert.rule])
            json.endObject()
        }
        json.endArray()
        json.endObject()
        json.endLine()
        return json.take()
    }
}
