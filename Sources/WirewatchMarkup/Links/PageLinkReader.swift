/// Walks a page's tree once and fills in a ``PageLinks``.
struct PageLinkReader {
    private let tree: MarkupTree
    private let agent: String
    private let limits: PageLinks.Limits
    private var page: PageLinks
    private var sawBase = false
    private var sawHeader = false
    private var noscriptEnd = 0
    private var nextLink: String?

    /// Elements around the walk's place that matter to links, each with where it ends.
    private var places: [(end: Int, place: PageLink.Place, isSectioning: Bool)] = []
    private var headings: [Int] = []
    /// Links whose content the walk is in; text belongs to the innermost. Nil for one that is left out.
    private var anchors: [(end: Int, link: Int?)] = []
    /// The text of the open links, with the spaces of their source, and what stands in for it.
    private var texts: [Text] = []

    private struct Text {
        var bytes: [UInt8] = []
        var substitute = ""
    }

    init(_ tree: MarkupTree, url: String?, agent: String, limits: PageLinks.Limits) {
        self.tree = tree
        self.agent = agent
        self.limits = limits
        let isUsable = url.map { $0.utf8.count <= limits.urlBytes } ?? false
        page = PageLinks(base: isUsable ? url : nil)
    }

    mutating func read() -> PageLinks {
        var index = 0
        while index < tree.nodes.count {
            leave(index)
            let node = tree.nodes[index]
            switch node.kind {
            case .element:
                if node.tag == .template || node.tag == .script || node.tag == .style {
                    index = node.end
                    continue
                }
                enter(index)
            case .text: take(textOf: index)
            case .document, .comment: break
            }
            index += 1
        }
        leave(tree.nodes.count)
        page.next = page.next ?? nextLink
        page.isTruncated = page.isTruncated || tree.isTruncated
        return page
    }

    // MARK: The walk

    private mutating func leave(_ index: Int) {
        while let last = places.last, last.end <= index { places.removeLast() }
        while let last = headings.last, last <= index { headings.removeLast() }
        while let last = anchors.last, last.end <= index {
            anchors.removeLast()
            let text = texts.removeLast()
            guard let link = last.link else { continue }
            let seen = Self.collapsed(text.bytes, limit: limits.textBytes)
            page.links[link].text =
                seen.isEmpty ? Self.collapsed(Array(text.substitute.utf8), limit: limits.textBytes) : seen
        }
    }

    private mutating func enter(_ index: Int) {
        let node = tree.nodes[index]
        switch node.tag {
        case .base: readBase(index)
        case .link: readLink(index)
        case .meta: readMeta(index)
        case .noscript: noscriptEnd = node.end
        case .a, .area: readAnchor(index)
        case .img:
            if !texts.isEmpty, texts[texts.count - 1].substitute.isEmpty, let alt = tree.value(index, "alt") {
                texts[texts.count - 1].substitute = alt
            }
        default:
            // Words of neighbouring elements are apart where the elements are.
            if node.tag.isBlock || node.tag == .br { take(byte: ASCII.space) }
        }
        if node.tag.isHeading {
            headings.append(node.end)
            if let link = anchors.last?.link { page.links[link].isHeading = true }
        }
        notePlace(index)
    }

    /// A `header` or `footer` is the page's only outside of sectioning content (HTML-AAM 1.0, 3.5), and of headers the
    /// first: later ones head the entries of a list. `role` says it too.
    private mutating func notePlace(_ index: Int) {
        let node = tree.nodes[index]
        var place: PageLink.Place?
        switch node.tag {
        case .main, .article: place = .main
        case .nav: place = .navigation
        case .aside: place = .aside
        case .header where !sawHeader && !places.contains { $0.isSectioning }:
            place = .header
            sawHeader = true
        case .footer where !places.contains { $0.isSectioning }: place = .footer
        default: break
        }
        if let role = tree.attribute(index, "role") {
            if tree.equals(role.value, "main") || tree.equals(role.value, "article") { place = .main }
            if tree.equals(role.value, "navigation") { place = .navigation }
            if tree.equals(role.value, "complementary") { place = .aside }
            if tree.equals(role.value, "banner") { place = .header }
            if tree.equals(role.value, "contentinfo") { place = .footer }
        }
        let isSectioning = node.tag == .article || node.tag == .main || node.tag == .section
        let around = places.last?.place ?? .body
        // What surrounds content has no content in it: an `article` in an `aside` is a teaser of the aside.
        if place == .main, !around.isContent { place = nil }
        if place != nil || isSectioning {
            places.append((node.end, place ?? around, isSectioning))
        }
    }

    // MARK: Text

    private mutating func take(textOf index: Int) {
        guard !texts.isEmpty else { return }
        // White space is collapsed later: twice the room, so that indentation does not eat a text.
        guard texts[texts.count - 1].bytes.count < limits.textBytes * 2 else { return }
        if tree.nodes[index].range.count > limits.textBytes * 16 { return takeStart(of: index) }
        tree.appendText(of: index, to: &texts[texts.count - 1].bytes)
    }

    /// Of a text far too long, no more than its beginning.
    private mutating func takeStart(of index: Int) {
        let range = tree.nodes[index].range
        let part = range.lowerBound..<range.lowerBound + limits.textBytes * 16
        tree.append(part, to: &texts[texts.count - 1].bytes)
    }

    private mutating func take(byte: UInt8) {
        guard !texts.isEmpty, texts[texts.count - 1].bytes.count < limits.textBytes * 2 else { return }
        texts[texts.count - 1].bytes.append(byte)
    }

    /// White space, no-break spaces too, as single spaces; cut at a character's boundary.
    static func collapsed(_ bytes: [UInt8], limit: Int) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(min(bytes.count, limit))
        var isPending = false
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte <= ASCII.space || byte == 0x7F {
                isPending = true
            } else if byte == 0xC2, at + 1 < bytes.count, bytes[at + 1] == 0xA0 {
                isPending = true
                at += 1
            } else {
                let hasSpace = isPending && !result.isEmpty
                guard result.count < (hasSpace ? limit - 1 : limit) else { break }
                if hasSpace { result.append(ASCII.space) }
                isPending = false
                result.append(byte)
            }
            at += 1
        }
        // A character that the limit cuts in two goes.
        if at < bytes.count, bytes[at] & 0xC0 == 0x80 {
            while let last = result.last, last & 0xC0 == 0x80 { result.removeLast() }
            if let last = result.last, last >= 0xC0 { result.removeLast() }
        }
        return String(decoding: result, as: UTF8.self)
    }

    // MARK: Elements

    private mutating func readAnchor(_ index: Int) {
        let node = tree.nodes[index]
        let relations = tree.attribute(index, "rel").map { words($0) } ?? []
        var place: Int?
        if let href = tree.attribute(index, "href"), let url = address(href) {
            if page.links.count < limits.links {
                place = page.links.count
                page.links.append(
                    PageLink(
                        url: url, relations: relations, place: places.last?.place ?? .body,
                        isHeading: !headings.isEmpty, node: index))
                if nextLink == nil, relations.contains("next") { nextLink = url }
            } else {
                page.isTruncated = true
            }
        }
        var text = Text()
        if place != nil {
            text.substitute = value(index, "aria-label") ?? value(index, "alt") ?? value(index, "title") ?? ""
        }
        anchors.append((node.end, place))
        texts.append(text)
    }

    private mutating func readBase(_ index: Int) {
        // The first base with an address counts (WHATWG HTML, 4.2.3).
        guard !sawBase, let href = tree.attribute(index, "href"), href.value.count <= limits.urlBytes else { return }
        sawBase = true
        let url = URLReference.resolve(tree.value(of: href), base: page.base)
        if URLReference.isWeb(url), url.utf8.count <= limits.urlBytes { page.base = url }
    }

    private mutating func readLink(_ index: Int) {
        guard let rel = tree.attribute(index, "rel"), let href = tree.attribute(index, "href") else { return }
        let relations = words(rel)
        guard let url = address(href) else { return }
        if relations.contains("canonical"), page.canonical == nil { page.canonical = url }
        if relations.contains("amphtml"), page.amp == nil { page.amp = url }
        if relations.contains("next"), page.next == nil { page.next = url }
        guard relations.contains("alternate"), !relations.contains("stylesheet") else { return }
        guard page.alternates.count < limits.links else {
            page.isTruncated = true
            return
        }
        let type = value(index, "type") ?? ""
        let essence = type.utf8.prefix { $0 != ASCII.semicolon && !ASCII.isSpace($0) }.map(ASCII.lowercased)
        page.alternates.append(
            AlternatePage(
                url: url, type: String(decoding: essence, as: UTF8.self), title: value(index, "title"),
                language: value(index, "hreflang")))
    }

    private mutating func readMeta(_ index: Int) {
        guard let content = value(index, "content") else { return }
        if let name = value(index, "name") {
            let name = name.lowercased()
            if name == "robots" || name == agent.lowercased() { page.robots.add(content) }
        } else if let kind = tree.attribute(index, "http-equiv"), tree.equals(kind.value, "refresh") {
            readRefresh(content, at: index)
        }
    }

    /// `5; url=https://example.org/` (WHATWG HTML, 4.2.5.3); one without an address loads the same page again.
    private mutating func readRefresh(_ content: String, at index: Int) {
        // What browsers without scripts are sent away for is no reason to leave a page that can be read.
        guard page.refresh == nil, index >= noscriptEnd else { return }
        let bytes = Array(content.utf8)
        var at = 0
        while at < bytes.count, ASCII.isSpace(bytes[at]) { at += 1 }
        var seconds = 0
        let start = at
        while at < bytes.count, ASCII.isDigit(bytes[at]) {
            seconds = min(seconds * 10 + Int(bytes[at] - 0x30), 1_000_000)
            at += 1
        }
        guard at > start else { return }
        while at < bytes.count, bytes[at] != ASCII.semicolon, bytes[at] != 0x2C { at += 1 }
        at += 1
        while at < bytes.count, ASCII.isSpace(bytes[at]) { at += 1 }
        guard at < bytes.count else { return }
        var rest = bytes[at...]
        if rest.count > 3, rest.prefix(3).map(ASCII.lowercased).elementsEqual("url".utf8) {
            let after = rest.dropFirst(3).drop(while: ASCII.isSpace)
            if after.first == ASCII.equals { rest = after.dropFirst().drop(while: ASCII.isSpace) }
        }
        if let quote = rest.first, quote == ASCII.quote || quote == ASCII.apostrophe {
            rest = rest.dropFirst().prefix { $0 != quote }
        }
        let target = String(decoding: rest, as: UTF8.self)
        if !target.isEmpty { page.refresh = (seconds, URLReference.resolve(target, base: page.base)) }
    }

    // MARK: Attributes

    /// The resolved address of an attribute; nil for what leads nowhere else: a fragment, a script, inline data.
    private mutating func address(_ attribute: MarkupAttribute) -> String? {
        guard attribute.value.count <= limits.urlBytes else {
            page.isTruncated = true
            return nil
        }
        let written = tree.value(of: attribute)
        guard let first = written.utf8.first(where: { !ASCII.isSpace($0) }), first != ASCII.hash else { return nil }
        let url = URLReference.resolve(written, base: page.base)
        guard !url.isEmpty, url.utf8.count <= limits.urlBytes * 2 else { return nil }
        switch URLReference.scheme(url) {
        case "javascript", "data", "blob", "about", "vbscript": return nil
        default: return url
        }
    }

    /// A value that is kept, if it is no longer than a link's text may be.
    private func value(_ index: Int, _ name: StaticString) -> String? {
        guard let attribute = tree.attribute(index, name), attribute.value.count <= limits.textBytes else { return nil }
        return tree.value(of: attribute)
    }

    private func words(_ attribute: MarkupAttribute) -> [String] {
        guard attribute.value.count <= limits.textBytes else { return [] }
        return tree.value(of: attribute).utf8.split(whereSeparator: ASCII.isSpace)
            .map { String(decoding: $0.map(ASCII.lowercased), as: UTF8.self) }
    }
}
