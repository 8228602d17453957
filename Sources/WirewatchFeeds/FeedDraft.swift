import WirewatchKit

/// A feed or an item in the making: for each field the best that was said so far.
struct FeedDraft {
    var item = FeedItem()
    var link: String?
    private var permalink: String?
    private var titleWeight = -1
    private var linkWeight = -1
    private var idWeight = -1
    private var summaryWeight = -1
    private var contentWeight = -1
    private var publishedWeight = -1
    private var updatedWeight = -1
    private var authorWeight = -1
    private static let maxList = 1000

    /// Takes an element's text for a field, unless a better one is there.
    mutating func set(_ field: FeedField, _ text: String, _ capture: TextCapture, base: String?) {
        let weight = capture.weight
        let line = PlainText.collapsed(text)
        guard !line.isEmpty else { return }
        switch field {
        case .title:
            guard weight > titleWeight else { return }
            let title = capture.kind == .plain ? line : PlainText.line(text)
            // What looks like a tag alone was meant to be read.
            item.title = title.isEmpty ? line : title
            titleWeight = weight
        case .link: setURL(URLReference.resolve(text, base: base), weight: weight)
        case .id:
            guard weight > idWeight else { return }
            item.id = line
            idWeight = weight
            if capture.isPermanentLink, let scheme = URLReference.scheme(line), scheme == "http" || scheme == "https" {
                permalink = line
            }
        case .summary:
            guard weight > summaryWeight else { return }
            item.summary = FeedText(text, isHTML: capture.isHTML)
            summaryWeight = weight
        case .content:
            guard weight > contentWeight else { return }
            item.content = FeedText(text, isHTML: capture.isHTML)
            contentWeight = weight
        case .published:
            guard weight > publishedWeight, let date = FeedDate.read(line) else { return }
            item.published = date
            publishedWeight = weight
        case .updated:
            guard weight > updatedWeight, let date = FeedDate.read(line) else { return }
            item.updated = date
            updatedWeight = weight
        case .author: addAuthor(PersonDraft.name(in: PlainText.line(text)), weight: weight)
        case .tag: addTag(PlainText.line(text))
        case .keywords: for part in line.split(separator: ",") { addTag(PlainText.collapsed(String(part))) }
        case .language: item.language = line
        }
    }

    mutating func setURL(_ url: String, weight: Int) {
        guard weight > linkWeight, !url.isEmpty else { return }
        link = url
        linkWeight = weight
    }

    /// Authors of one vocabulary add up; a better vocabulary takes the place of a lesser one.
    mutating func addAuthor(_ name: String?, weight: Int) {
        guard let name, !name.isEmpty, weight >= authorWeight else { return }
        if weight > authorWeight { item.authors = [] }
        authorWeight = weight
        if item.authors.count < Self.maxList, !item.authors.contains(name) { item.authors.append(name) }
    }

    mutating func addTag(_ tag: String) {
        if !tag.isEmpty, item.tags.count < Self.maxList, !item.tags.contains(tag) { item.tags.append(tag) }
    }

    mutating func add(_ enclosure: FeedItem.Enclosure) {
        if item.enclosures.count < Self.maxList, !item.enclosures.contains(enclosure) {
            item.enclosures.append(enclosure)
        }
    }

    mutating func finishItem(base: String?) -> FeedItem {
        item.url = (link ?? permalink).map { URLReference.resolve($0, base: base) }
        return item
    }

    /// Fills in the feed's own fields, and what its items take from it.
    func finish(into feed: inout Feed, url: String?) {
        feed.id = item.id
        feed.title = item.title
        feed.link = link.map { URLReference.resolve($0, base: url) }
        feed.description = item.summary?.plain
        feed.language = item.language ?? feed.language
        feed.authors = item.authors
        feed.published = item.published
        feed.updated = item.updated
        for index in feed.items.indices {
            if let own = feed.items[index].url {
                feed.items[index].url = URLReference.resolve(own, base: feed.link ?? url)
            }
        }
    }
}

/// An author in the making: Atom's parts, or RSS's one text.
struct PersonDraft {
    enum Part {
        case name, email, uri

        init?(_ local: String) {
            switch local {
            case "name": self = .name
            case "email": self = .email
            case "uri", "url", "homepage": self = .uri
            default: return nil
            }
        }
    }

    private var fullName = ""
    private var email = ""
    private var text = ""

    /// Adds text that stands in the element itself, as RSS has it.
    mutating func append(_ part: String) { text += part }

    mutating func set(_ part: Part, _ text: String) {
        switch part {
        case .name: fullName = PlainText.collapsed(text)
        case .email: email = PlainText.collapsed(text)
        case .uri: break
        }
    }

    /// Nil when there is nothing to call the author by.
    var name: String? {
        if !fullName.isEmpty { return fullName }
        let own = PlainText.line(text)
        if !own.isEmpty { return Self.name(in: own) }
        return email.isEmpty ? nil : email
    }

    /// RSS's `address (name)`, `name <address>` and plain names.
    static func name(in text: String) -> String {
        if let open = text.firstIndex(of: "("), text.hasSuffix(")"), text[..<open].contains("@") {
            let inner = text[text.index(after: open)...].dropLast()
            if !inner.isEmpty { return PlainText.collapsed(String(inner)) }
        }
        if let open = text.firstIndex(of: "<"), text.hasSuffix(">") {
            let outer = PlainText.collapsed(String(text[..<open]))
            if !outer.isEmpty { return outer }
        }
        return text
    }
}
