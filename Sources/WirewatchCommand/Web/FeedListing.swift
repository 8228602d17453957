import WirewatchFeeds
import WirewatchKit

/// A feed for people: its title, then a line for each item.
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

    private func safe(_ text: String) -> String { TerminalText.safe(text) }
}
