import WirewatchFeeds
import WirewatchKit

/// A feed or a sitemap for people: what it is, then a line for each item.
struct FeedListing {
    private let text: TerminalText

    init(_ text: TerminalText) { self.text = text }

    func lines(_ feed: Feed) -> String {
        var out = text.paint(safe(feed.title.isEmpty ? "(no title)" : feed.title), .heading)
        var facts = [feed.format.name, feed.encoding, "\(feed.items.count) item\(feed.items.count == 1 ? "" : "s")"]
        if feed.isMalformed { facts.append("malformed") }
        if let link = feed.link { facts.append(link) }
        out += "\n" + text.paint(safe(facts.joined(separator: ", ")), .dim) + "\n"
        for item in feed.items {
            let date = (item.published ?? item.updated)?.text ?? "-"
            out += date + String(repeating: " ", count: max(1, 27 - date.utf8.count))
            out += TerminalText.shortened(safe(item.displayTitle), to: 200) + "\n"
            if let url = item.url { out += String(repeating: " ", count: 27) + text.paint(safe(url), .dim) + "\n" }
        }
        return out
    }

    func lines(_ sitemap: Sitemap) -> String {
        let count = sitemap.entries.count
        var facts = [
            "sitemap (\(sitemap.kind.rawValue))",
            "\(count)\(sitemap.isTruncated ? " and more" : "") \(count == 1 ? "entry" : "entries")",
        ]
        if sitemap.isMalformed { facts.append("malformed") }
        var out = text.paint(facts.joined(separator: ", "), .dim) + "\n"
        for entry in sitemap.entries {
            let date = entry.date?.text ?? "-"
            out += date + String(repeating: " ", count: max(1, 27 - date.utf8.count))
            if let title = entry.news?.title, !title.isEmpty {
                out += TerminalText.shortened(safe(title), to: 200) + "\n" + String(repeating: " ", count: 27)
            }
            out += text.paint(safe(entry.url), .dim) + "\n"
        }
        return out
    }

    private func safe(_ text: String) -> String { TerminalText.safe(text) }
}
