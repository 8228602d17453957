import WirewatchDelivery
import WirewatchKit

/// An alert as Alertmanager's API (v2, `postableAlert`) has it.
///
/// Alertmanager knows an alert by its labels, so those are what makes it the same one: rule, story or window, source. What may
/// change from report to report is an annotation.
struct AlertmanagerAlert {
    let alert: Alert
    let endsAt: Timestamp
    let addLabels: [(name: String, value: String)]

    var labels: [String: String] {
        var labels: [String: String] = [:]
        for (name, value) in alert.labels { labels[Self.labelName(name)] = value }
        labels["alertname"] = alert.rule
        labels["severity"] = alert.severity.rawValue
        if let story = alert.story {
            labels["story"] = story
        } else if let window = alert.window {
            if let key = window.key { labels["window_key"] = key }
        } else {
            labels["source"] = alert.source
            labels["alert_id"] = alert.id
        }
        for (name, value) in addLabels { labels[name] = value }
        // An empty value is no label to Alertmanager.
        return labels.filter { !$0.value.isEmpty }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("labels")
        json.beginObject()
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) { json.member(name, value) }
        json.endObject()
        json.key("annotations")
        json.beginObject()
        json.member("summary", alert.message)
        json.member("description", NoticeText().entry(alert))
        if !alert.title.isEmpty { json.member("title", alert.title) }
        if let url = alert.url { json.member("url", url) }
        json.member("source", alert.source)
        json.member("alert_id", alert.id)
        if let published = alert.published?.text { json.member("published", published) }
        json.endObject()
        json.member("startsAt", alert.time.rfc3339)
        json.member("endsAt", max(endsAt, alert.time).rfc3339)
        // It has to be a URL of the web; Alertmanager refuses the whole request otherwise.
        if let url = alert.url, NoticeText.isWeb(url) { json.member("generatorURL", url) }
        json.endObject()
    }

    static func isLabelName(_ name: String) -> Bool { labelName(name) == name }

    /// What is no letter, digit or `_` becomes `_` (Prometheus' data model).
    static func labelName(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            let isLetter = scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "_")
            let isDigit = scalar.isASCII && scalar.value &- 0x30 < 10
            if isDigit, text.isEmpty { text.append("_") }
            text.unicodeScalars.append(isLetter || isDigit ? scalar : "_")
        }
        return text.isEmpty ? "_" : text
    }
}
