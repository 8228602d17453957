import WirewatchKit
import WirewatchMarkup

/// The elements that hold the others: roots, channel, item.
extension XMLFeedReader {
    mutating func beginRoot(_ namespace: FeedNamespace, _ name: ElementName) {
        hasRoot = true
        let version = attribute("version").map(PlainText.collapsed)
        switch name {
        case .rdf:
            feed.format = FeedFormat(.rdf, version: scope.isOld(.rss) ? "0.90" : "1.0")
        case .feed:
            let isAtom = namespace == .atom
            let isOld = version.map { $0.hasPrefix("0.") } ?? scope.isOld(.atom)
            feed.format = FeedFormat(.atom, version: isOld ? version ?? "0.3" : version ?? (isAtom ? "1.0" : nil))
            beginChannel()
        case .channel:
            let isCDF = attribute("href") != nil || attribute("lastmod") != nil || attribute("self") != nil
            feed.format = FeedFormat(isCDF ? .cdf : .rss)
        default: feed.format = FeedFormat(.rss, version: version)
        }
        if let language = attribute("xml:lang"), !language.isEmpty { feed.language = language }
    }

    mutating func beginChannel() {
        if let language = attribute("xml:lang"), !language.isEmpty { feed.language = language }
        if let about = attribute("rdf:about") { feedDraft.item.id = about }
        addOwnReference()
    }

    mutating func beginItemAttributes() {
        itemLanguage = attribute("xml:lang")
        if let about = attribute("rdf:about"), !about.isEmpty {
            itemDraft.item.id = about
            _ = itemDraft.takes(.id, 2)
            if URLReference.isWeb(about) { itemDraft.permalink = about }
        }
        addOwnReference()
    }

    /// CDF gives channels and items their page and date as attributes.
    private mutating func addOwnReference() {
        if let href = attribute("href"), !href.isEmpty {
            let url = URLReference.resolve(href, base: base)
            edit {
                $0.setURL(url, weight: 4)
                $0.addLink(FeedLink(href: url))
            }
        }
        if let changed = attribute("lastmod"), let date = DateReader.readWhole(changed) {
            edit { if $0.takes(.updated, 4) { $0.item.updated = date } }
        }
    }
}
