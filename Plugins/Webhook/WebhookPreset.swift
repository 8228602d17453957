import WirewatchDelivery
import WirewatchHTTP
import WirewatchKit

/// Whose form a request has.
enum WebhookPreset: Sendable, Hashable {
    case json, slack, mattermost, discord, teams
    case ntfy(topic: String)
    case matrix(room: String)

    static let all: [(name: String, doc: String)] = [
        ("json", "the alert's record, or a `wirewatch.notice/1` object with several"),
        ("slack", "an incoming webhook of Slack"),
        ("mattermost", "an incoming webhook of Mattermost or Rocket.Chat"),
        ("discord", "a webhook of Discord"),
        ("teams", "a workflow of Microsoft Teams, as an adaptive card"),
        ("ntfy", "ntfy.sh or a server of your own"),
        ("matrix", "a room on a Matrix homeserver: `url` is the homeserver, `auth: {bearer: ...}` the access token"),
    ]

    /// - Parameter path: of `url`.
    init(_ options: OptionReader, path: String) {
        let name = options.string("preset") ?? "json"
        for (option, owner) in [("topic", "ntfy"), ("room", "matrix")] where name != owner {
            if options.raw(option) != nil {
                options.report("'\(option)' is for 'preset: \(owner)'", at: options.location(option))
            }
        }
        switch name {
        case "slack": self = .slack
        case "mattermost": self = .mattermost
        case "discord": self = .discord
        case "teams": self = .teams
        case "ntfy":
            let topic = options.string("topic") ?? String(path.split(separator: "/").last ?? "")
            if topic.isEmpty {
                options.report("ntfy needs a topic: add 'topic', or end 'url' in it")
            }
            self = .ntfy(topic: topic)
        case "matrix":
            let room = options.string("room") ?? ""
            if !room.hasPrefix("!") {
                options.report(
                    "Matrix needs the id of a room, such as \"!abc:example.org\" (its settings show it)",
                    at: options.location("room"))
            }
            if let auth = options.raw("auth"), auth["bearer"] == nil {
                options.report("Matrix wants an access token: 'auth: {bearer: ...}'", at: auth.location)
            } else if options.raw("auth") == nil {
                options.report("Matrix wants an access token: add 'auth: {bearer: !secret matrix}'")
            }
            self = .matrix(room: room)
        default: self = .json
        }
    }

    var method: WebhookMethod {
        if case .matrix = self { return .put }
        return .post
    }

    /// Where the request goes.
    func url(_ base: HTTPURL, _ notice: Notice) throws(HTTPError) -> HTTPURL {
        switch self {
        case .ntfy(let topic):
            // The JSON form is posted to the server's root and names the topic inside.
            let path = base.path.hasSuffix("/" + topic) ? String(base.path.dropLast(topic.utf8.count)) : base.path
            return try base.resolving(path)
        case .matrix(let room):
            let prefix = base.path.hasSuffix("/") ? base.path : base.path + "/"
            let path = "\(prefix)_matrix/client/v3/rooms/\(Self.encoded(room))/send/m.room.message/\(notice.id)"
            return try base.resolving(path)
        default:
            // Braces are no characters of a URL, which has them encoded.
            return base.target.contains("%7Bid%7D")
                ? try base.resolving(base.target.replacing("%7Bid%7D", with: notice.id)) : base
        }
    }

    private static func encoded(_ segment: String) -> String {
        var text = ""
        for byte in segment.utf8 {
            let isPlain = (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || "-._~".utf8.contains(byte)
            if isPlain {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                text += "%" + (hex.count == 1 ? "0" : "") + hex
            }
        }
        return text
    }

    // MARK: Bodies

    func write(_ notice: Notice, to json: inout JSONWriter) {
        switch self {
        case .json: notice.write(to: &json)
        case .slack:
            json.beginObject()
            json.member("text", Self.cut(NoticeText(.slack).body(notice), to: 39_000))
            for name in ["unfurl_links", "unfurl_media"] {
                json.key(name)
                json.bool(false)
            }
            json.endObject()
        case .mattermost:
            json.beginObject()
            json.member("text", Self.cut(NoticeText(.markdown).body(notice), to: 16_000))
            json.endObject()
        case .discord: writeDiscord(notice, to: &json)
        case .teams: writeTeams(notice, to: &json)
        case .ntfy(let topic): writeNtfy(topic, notice, to: &json)
        case .matrix:
            json.beginObject()
            json.member("msgtype", "m.text")
            json.member("body", Self.cut(NoticeText().body(notice), to: 20_000))
            json.member("format", "org.matrix.custom.html")
            // An event has 64 KiB at most, markup and escapes included.
            let html = NoticeText(.html).body(notice)
            json.member(
                "formatted_body",
                html.utf8.count <= 28_000 ? html : NoticeText(.html).escaped(NoticeText.subject(notice)))
            json.endObject()
        }
    }

    private func writeDiscord(_ notice: Notice, to json: inout JSONWriter) {
        json.beginObject()
        json.member("content", Self.cut(NoticeText(.markdown).body(notice), to: 1_900))
        // Nobody is called by what an article says.
        json.key("allowed_mentions")
        json.beginObject()
        json.strings("parse", [])
        json.endObject()
        json.endObject()
    }

    private func writeTeams(_ notice: Notice, to json: inout JSONWriter) {
        func block(_ text: String, isTitle: Bool, _ json: inout JSONWriter) {
            json.beginObject()
            json.member("type", "TextBlock")
            json.member("text", text)
            json.key("wrap")
            json.bool(true)
            if isTitle { json.member("weight", "Bolder") }
            json.endObject()
        }
        json.beginObject()
        json.member("type", "message")
        json.key("attachments")
        json.beginArray()
        json.beginObject()
        json.member("contentType", "application/vnd.microsoft.card.adaptive")
        json.key("content")
        json.beginObject()
        json.member("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
        json.member("type", "AdaptiveCard")
        json.member("version", "1.4")
        json.key("body")
        json.beginArray()
        block(NoticeText(.markdown).escaped(NoticeText.subject(notice)), isTitle: true, &json)
        block(Self.cut(NoticeText(.markdown).body(notice), to: 20_000), isTitle: false, &json)
        json.endArray()
        json.endObject()
        json.endObject()
        json.endArray()
        json.endObject()
    }

    private func writeNtfy(_ topic: String, _ notice: Notice, to json: inout JSONWriter) {
        let priority =
            switch notice.severity {
            case .info: 1
            case .low: 2
            case .medium: 3
            case .high: 4
            case .critical: 5
            }
        json.beginObject()
        json.member("topic", topic)
        json.member("title", Self.cut(NoticeText.subject(notice), to: 250))
        // What is longer than 4096 bytes becomes an attachment.
        json.member("message", Self.cut(NoticeText().body(notice), to: 3_900))
        json.member("priority", priority)
        json.strings("tags", [notice.severity.rawValue])
        if notice.alerts.count == 1, let url = notice.alerts[0].url, NoticeText.isWeb(url) { json.member("click", url) }
        json.endObject()
    }

    /// The text in at most so many bytes of UTF-8, whole characters, with an ellipsis where something is missing.
    private static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var cut = ""
        var count = 0
        for character in text {
            count += character.utf8.count
            if count > limit - 3 { break }
            cut.append(character)
        }
        return cut + "…"
    }
}

enum WebhookMethod: String, Sendable { case post = "POST", put = "PUT" }

/// What a request's body is.
enum WebhookBody: Sendable {
    case preset
    case json(NoticeTemplate)
    case text(PlaceholderText, contentType: String)
}
