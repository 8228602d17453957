import WirewatchFeeds
import WirewatchKit

/// A page for people: its article, then the feeds that it names.
struct PageListing {
    private let text: TerminalText

    init(_ text: TerminalText) { self.text = text }

    func lines(_ page: FetchedPage) -> String {
        var out = ""
        if let article = page.article {
            out += text.paint(safe(article.title.isEmpty ? "(no title)" : article.title), .heading) + "\n"
            var facts = ["page"]
            if let date = article.published { facts.append(date.text) }
            if !article.authors.isEmpty { facts.append(article.authors.joined(separator: ", ")) }
            if let site = article.site { facts.append(site) }
            facts.append("\(article.body.utf8.count) bytes of text")
            out += text.paint(safe(facts.joined(separator: ", ")), .dim) + "\n"
        } else {
            out += text.paint("(no article)", .heading) + "\n"
            out += text.paint(safe("page, \(page.problem ?? "")"), .dim) + "\n"
        }
        if page.feeds.isEmpty {
            out += "names no feed; `wirewatch sources discover` looks further\n"
        } else {
            out += "feeds:\n" + candidates(page.feeds)
        }
        return out
    }

    /// A line for each feed: its kind, address and title.
    func candidates(_ feeds: [FeedCandidate]) -> String {
        feeds.map { feed in
            let kind = feed.kind?.rawValue ?? "?"
            var line = kind + String(repeating: " ", count: max(1, 6 - kind.utf8.count)) + safe(feed.url)
            var notes = feed.title == feed.url ? [] : [TerminalText.shortened(safe(feed.title), to: 120)]
            if let language = feed.language { notes.append(safe(language)) }
            if feed.isComments { notes.append("comments") }
            if feed.origin == .anchor || feed.origin == .guess {
                notes.append(feed.origin == .anchor ? "linked" : "tried")
            }
            if !notes.isEmpty { line += "  " + text.paint(notes.joined(separator: ", "), .dim) }
            return line + "\n"
        }.joined()
    }

    private func safe(_ text: String) -> String { TerminalText.safe(text) }
}
