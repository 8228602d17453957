public import WirewatchKit

/// JSON with placeholders in its texts, written as YAML: `{text: "{severity}: {message}", link: "{url}", raw: "{alerts}"}`.
///
/// What is filled in is escaped by the writer, so that the outcome is JSON whatever an article says. A text that is one
/// placeholder of a structure (``structures``) becomes that structure.
public indirect enum NoticeTemplate: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(PlaceholderText)
    case structure(String)
    case list([NoticeTemplate])
    case map([(key: String, value: NoticeTemplate)])

    /// Placeholders that stand for objects and lists.
    public static let structures = ["alert", "alerts", "notice", "labels", "group"]

    /// Placeholders that stand for text; those of an alert are the first one's where there are several.
    public static let fields = [
        "id", "kind", "count", "repeats", "subject", "text", "severity", "rule", "message", "title", "url", "source",
        "published", "time", "story", "reasons", "window.kind", "window.key", "window.count",
    ]

    /// Reads a template, and reports unknown placeholders.
    public init(_ value: OptionValue, _ options: OptionReader) {
        switch value.content {
        case .null: self = .null
        case .bool(let truth): self = .bool(truth)
        case .integer(let number): self = .number(Double(number))
        case .number(let number): self = .number(number)
        case .string(let text):
            let name = text.dropFirst().dropLast()
            if text.hasPrefix("{"), text.hasSuffix("}"), Self.structures.contains(String(name)) {
                self = .structure(String(name))
            } else {
                self = Self.read(text, options, at: value.location).map { .text($0) } ?? .null
            }
        case .list(let elements): self = .list(elements.map { NoticeTemplate($0, options) })
        case .map(let entries): self = .map(entries.map { ($0.key, NoticeTemplate($0.value, options)) })
        }
    }

    /// Reads a text with placeholders; nil when it has a mistake, which is reported.
    public static func read(
        _ text: String, _ options: OptionReader, at location: SourceLocation
    ) -> PlaceholderText? {
        do throws(PlaceholderText.Mistake) {
            let template = try PlaceholderText(text, what: "template")
            for case .placeholder(let name) in template.parts where !isField(name) {
                let known = (fields + ["labels.NAME", "group.NAME"] + structures).map { "{\($0)}" }
                options.report(
                    "unknown placeholder '{\(name)}'; there are \(known.joined(separator: ", "))", at: location)
            }
            return template
        } catch {
            options.report(error.description, at: location)
            return nil
        }
    }

    private static func isField(_ name: String) -> Bool {
        fields.contains(name) || structures.contains(name) || name.hasPrefix("labels.") || name.hasPrefix("group.")
    }

    public func write(_ notice: Notice, to json: inout JSONWriter) {
        switch self {
        case .null: json.null()
        case .bool(let truth): json.bool(truth)
        case .number(let number): json.number(number)
        case .text(let template): json.string(Self.filled(template, notice))
        case .structure(let name): json.raw(Self.structure(name, notice))
        case .list(let elements):
            json.beginArray()
            for element in elements { element.write(notice, to: &json) }
            json.endArray()
        case .map(let entries):
            json.beginObject()
            for (key, value) in entries {
                json.key(key)
                value.write(notice, to: &json)
            }
            json.endObject()
        }
    }

    /// The text with its placeholders filled; structures as JSON.
    public static func filled(_ template: PlaceholderText, _ notice: Notice) -> String {
        template.filled { name in
            structures.contains(name)
                ? String(decoding: structure(name, notice), as: UTF8.self) : field(name, notice)
        }
    }

    static func field(_ name: String, _ notice: Notice) -> String {
        guard let alert = notice.alerts.first else { return "" }
        switch name {
        case "id": return notice.id
        case "kind": return notice.kind.rawValue
        case "count": return String(notice.alerts.count)
        case "repeats": return String(notice.repeats)
        case "subject": return NoticeText.subject(notice)
        case "text": return NoticeText().body(notice)
        case "severity": return notice.severity.rawValue
        case "rule": return alert.rule
        case "message": return alert.message
        case "title": return alert.title
        case "url": return alert.url ?? ""
        case "source": return alert.source
        case "published": return alert.published?.text ?? ""
        case "time": return alert.time.rfc3339
        case "story": return alert.story ?? ""
        case "reasons":
            return alert.because.map { $0.text.isEmpty ? $0.condition : "\($0.condition): \($0.text)" }
                .joined(separator: "; ")
        case "window.kind": return alert.window?.kind ?? ""
        case "window.key": return alert.window?.key ?? ""
        case "window.count": return alert.window.map { String($0.count) } ?? ""
        default:
            if name.hasPrefix("labels.") { return alert.labels[String(name.dropFirst(7))] ?? "" }
            if name.hasPrefix("group.") {
                return notice.group.first { $0.name == name.dropFirst(6) }?.value ?? ""
            }
            return ""
        }
    }

    private static func structure(_ name: String, _ notice: Notice) -> [UInt8] {
        var json = JSONWriter()
        func write(_ labels: [(name: String, value: String)]) {
            json.beginObject()
            for (name, value) in labels { json.member(name, value) }
            json.endObject()
        }
        let alert = notice.alerts[0]
        switch name {
        case "notice": notice.write(to: &json)
        case "alerts":
            json.beginArray()
            for alert in notice.alerts { alert.write(to: &json, seq: nil) }
            json.endArray()
        case "alert": alert.write(to: &json, seq: nil)
        case "labels": write(alert.labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        default: write(notice.group)
        }
        return json.take()
    }
}
