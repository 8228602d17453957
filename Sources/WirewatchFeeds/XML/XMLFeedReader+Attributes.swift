import WirewatchMarkup

/// The elements that say what they say in attributes.
extension XMLFeedReader {
    /// The decoded value of an attribute of the start tag read last, whatever the name's case.
    mutating func attribute(_ name: StaticString) -> String? {
        if tokenizer.attributes.isEmpty { return nil }
        let bytes = tokenizer.bytes
        for attribute in tokenizer.attributes where attribute.name.count == name.utf8CodeUnitCount {
            let isSame = name.withUTF8Buffer { wanted in
                var index = 0
                for at in attribute.name {
                    let byte = bytes[at] &- 0x41 < 26 ? bytes[at] | 0x20 : bytes[at]
                    let other = wanted[index] &- 0x41 < 26 ? wanted[index] | 0x20 : wanted[index]
                    if byte != other { return false }
                    index &+= 1
                }
                return true
            }
            if isSame { return tokenizer.value(of: attribute) }
        }
        return nil
    }

    private mutating func url(_ name: StaticString) -> String? {
        guard let text = attribute(name) else { return nil }
        let url = URLReference.resolve(text, base: base)
        return url.isEmpty ? nil : url
    }

    /// Changes what is being read: the source, else the item, else the feed.
    mutating func edit(_ change: (inout FeedDraft) -> Void) {
        if isInSource {
            change(&sourceDraft)
        } else if isInItem {
            change(&itemDraft)
        } else {
            change(&feedDraft)
        }
    }

    /// - Parameter isPlain: whether the link stands in RSS's own vocabulary, where it should be a text.
    mutating func addLink(isPlain: Bool) {
        let href = url("href") ?? ""
        guard !href.isEmpty || !tokenizer.attributes.isEmpty else { return }
        var link = FeedLink(href: href)
        if let rel = attribute("rel").map({ PlainText.collapsed($0).lowercased() }), !rel.isEmpty {
            // RFC 4287 lets registered relations be written as URLs.
            let registered = "http://www.iana.org/assignments/relation/"
            link.rel = rel.hasPrefix(registered) ? String(rel.dropFirst(registered.count)) : rel
        }
        link.type = attribute("type")
        link.hreflang = attribute("hreflang")
        link.title = attribute("title")
        link.length = attribute("length")
        let type = link.type?.lowercased()
        let isPage = type == nil || type == "text/html" || type == "application/xhtml+xml"
        edit { draft in
            draft.addLink(link)
            if href.isEmpty { return }
            switch link.rel {
            case "alternate" where isPlain: if draft.takes(.link, 6, orEqual: true) { draft.item.url = href }
            case "alternate": draft.setURL(href, weight: isPage ? 5 : 4)
            case "enclosure":
                draft.addEnclosure(FeedEnclosure(url: href, type: link.type, length: link.length.flatMap { Int($0) }))
            case "replies" where isPage: if draft.takes(.comments, 4) { draft.item.comments = href }
            default: break
            }
        }
    }

    mutating func addEnclosure() {
        guard let href = url("url") ?? url("href") else { return }
        let type = attribute("type")
        let length = attribute("length")
        var link = FeedLink(href: href, rel: "enclosure")
        link.type = type
        link.length = length
        edit { draft in
            draft.addEnclosure(FeedEnclosure(url: href, type: type, length: length.flatMap { Int($0) }))
            draft.addLink(link)
        }
    }

    mutating func addMedia() {
        guard let href = url("url") else { return }
        var media = FeedMedia(url: href)
        media.type = attribute("type")
        media.medium = attribute("medium")?.lowercased()
        media.length = attribute("fileSize").flatMap { Int($0) }
        media.width = attribute("width").flatMap { Int($0) }
        media.height = attribute("height").flatMap { Int($0) }
        media.duration = attribute("duration")
        edit { draft in
            draft.addMedia(media)
            if media.isImage { draft.setImage(FeedImage(url: href), weight: 4) }
        }
    }

    mutating func addThumbnail() {
        guard let href = url("url") ?? url("href") else { return }
        var image = FeedImage(url: href)
        image.width = attribute("width").flatMap { Int($0) }
        image.height = attribute("height").flatMap { Int($0) }
        edit { draft in
            draft.addThumbnail(image)
            draft.setImage(image, weight: 3)
        }
    }

    mutating func addCategory(_ namespace: FeedNamespace) {
        if namespace == .itunes {
            if let text = attribute("text").map(PlainText.collapsed) {
                edit { $0.addTag(FeedTag(text, scheme: "http://www.itunes.com/")) }
            }
            return
        }
        let label = attribute("label").map(PlainText.collapsed)
        guard let term = attribute("term").map(PlainText.collapsed) ?? label else { return }
        let tag = FeedTag(
            term.isEmpty ? label ?? "" : term, label: label == term ? nil : label, scheme: attribute("scheme"))
        edit { $0.addTag(tag) }
    }

    mutating func addCloud() {
        var cloud = FeedCloud()
        cloud.domain = attribute("domain")
        cloud.port = attribute("port")
        cloud.path = attribute("path")
        cloud.registerProcedure = attribute("registerProcedure")
        cloud.protocolName = attribute("protocol")
        feed.schedule.cloud = cloud
    }

    /// CDF's `logo`.
    mutating func addPicture(_ href: String, isIcon: Bool) {
        let url = URLReference.resolve(href, base: base)
        edit { draft in
            if isIcon { draft.icon = draft.icon ?? url } else { draft.logo = draft.logo ?? url }
        }
    }

    mutating func setGenerator(_ name: String, version: String?, page: String?) {
        guard !name.isEmpty || page != nil || version != nil else { return }
        let generator = FeedGenerator(
            name: name, version: version, url: page.map { URLReference.resolve($0, base: base) })
        edit { if $0.generator == nil { $0.generator = generator } }
    }
}
