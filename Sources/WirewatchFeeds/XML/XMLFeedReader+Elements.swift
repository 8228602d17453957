import WirewatchMarkup

/// What the elements inside a feed, an item or a part of them mean.
extension XMLFeedReader {
    /// What an element is; begins to collect its text where that is wanted. The element is on the stack already.
    mutating func child(
        _ namespace: FeedNamespace, _ name: ElementName, _ parent: Context
    ) -> (Context, isOwner: Bool) {
        switch parent {
        case .outside, .ignored: return (.ignored, false)
        case .person: return personPart(name)
        case .image: return imagePart(namespace, name)
        case .textInput: return textInputPart(name)
        case .category:
            if name == .category { addCategory(namespace) }
            return (.category, false)
        case .feed, .item, .source: break
        }
        switch namespace {
        case .rss, .atom: return plain(namespace, name, parent)
        case .media: return media(name, parent)
        case .itunes: return podcast(name)
        case .dublinCore, .dublinCoreTerms:
            if name == .contributor { return begin(PersonDraft(.contributor)) }
        case .geo:
            if name != .point, name != .pos, name != .lat, name != .long { return (parent, false) }
            // W3C's `geo:Point` holds the numbers, GeoRSS's `point` is them.
            if name == .point, !tokenizer.isName(tokenizer.localName(of: stack[stack.count - 1].name), "point") {
                return (parent, false)
            }
        case .admin:
            if name == .generatoragent, let page = attribute("rdf:resource") {
                setGenerator(page, version: nil, page: page)
            }
        default: break
        }
        return text(namespace, name)
    }

    // MARK: - RSS and Atom

    private mutating func plain(
        _ namespace: FeedNamespace, _ name: ElementName, _ parent: Context
    ) -> (Context, isOwner: Bool) {
        switch name {
        case .items, .item, .entry: return (.ignored, false)
        case .image where parent == .feed:
            image = FeedImage(url: attribute("href") ?? attribute("rdf:resource") ?? "")
            looseText = ""
            return (.image, true)
        case .textinput:
            textInput = FeedTextInput()
            return (.textInput, true)
        case .source where parent == .item:
            sourceDraft = FeedDraft()
            isInSource = true
            sourceURL = attribute("url").map { URLReference.resolve($0, base: base) }
            looseText = ""
            return (.source, true)
        case .skiphours, .skipdays: return (parent, false)
        case .hour: return collect(.skipHour, 6)
        case .day: return collect(.skipDay, 6)
        case .cloud:
            addCloud()
            return (.ignored, false)
        case .link:
            if attribute("href") != nil || namespace == .atom {
                addLink(isPlain: namespace == .rss && feed.format.family != .atom)
                return (.ignored, false)
            }
        case .enclosure:
            if wantsMedia { addEnclosure() }
            return (.ignored, false)
        case .author, .contributor: return begin(PersonDraft(name == .author ? .author : .contributor))
        case .category:
            if attribute("term") != nil || attribute("label") != nil {
                addCategory(namespace)
                return (.ignored, false)
            }
        case .logo:
            if let href = attribute("href") { addPicture(href, isIcon: attribute("style")?.lowercased() == "icon") }
        case .content:
            if let source = attribute("src"), !source.isEmpty {
                let url = URLReference.resolve(source, base: base)
                edit { $0.setURL(url, weight: 1) }
                return (.ignored, false)
            }
        default: break
        }
        return text(namespace, name)
    }

    // MARK: - Modules

    /// The feed's own are few, and always read.
    var wantsMedia: Bool { mutating get { options.readsMedia || !isInItem } }

    private mutating func media(_ name: ElementName, _ parent: Context) -> (Context, isOwner: Bool) {
        switch name {
        case .group: return (parent, false)
        case .content:
            if wantsMedia { addMedia() }
            return (parent, false)
        case .thumbnail:
            if wantsMedia { addThumbnail() }
            return (.ignored, false)
        case .credit:
            if attribute("role").map({ $0.lowercased() == "author" }) ?? false { return collect(.author, 1) }
            return (.ignored, false)
        default: return text(.media, name)
        }
    }

    private mutating func podcast(_ name: ElementName) -> (Context, isOwner: Bool) {
        switch name {
        case .category:
            addCategory(.itunes)
            return (.category, false)
        case .owner: return begin(PersonDraft(.publisher, weight: 4))
        case .image, .link:
            // Some write the picture as a link.
            guard name == .image || attribute("rel")?.lowercased() == "image" else { return (.ignored, false) }
            image = FeedImage(url: attribute("href") ?? attribute("url") ?? "")
            looseText = ""
            return (.image, true)
        default: return text(.itunes, name)
        }
    }

    // MARK: - Parts

    private mutating func begin(_ draft: PersonDraft) -> (Context, isOwner: Bool) {
        person = draft
        return (.person, true)
    }

    private mutating func personPart(_ name: ElementName) -> (Context, isOwner: Bool) {
        switch name {
        case .name, .title, .email, .uri, .url, .homepage:
            partName = name
            return collect(.title, 0)
        default: return (.person, false)
        }
    }

    private mutating func imagePart(_ namespace: FeedNamespace, _ name: ElementName) -> (Context, isOwner: Bool) {
        guard namespace == .rss || namespace == .atom else { return (.ignored, false) }
        switch name {
        case .title, .url, .link, .width, .height, .description:
            partName = name
            return collect(.title, 0, kind: .either)
        default: return (.ignored, false)
        }
    }

    private mutating func textInputPart(_ name: ElementName) -> (Context, isOwner: Bool) {
        switch name {
        case .title, .description, .name, .link:
            partName = name
            return collect(.title, 0, kind: .either)
        default: return (.ignored, false)
        }
    }

    /// Begins to collect the text of an element that is a field.
    private mutating func text(_ namespace: FeedNamespace, _ name: ElementName) -> (Context, isOwner: Bool) {
        guard let (field, weight) = FeedField.of(namespace, name) else { return (.ignored, false) }
        let result = collect(field, weight, kind: kind(namespace))
        switch field {
        case .id:
            let isPermalink = name == .guid && attribute("isPermaLink")?.lowercased() != "false"
            capture?.isPermalink = isPermalink
        case .tag:
            let scheme = attribute("domain") ?? attribute("scheme")
            captureAttribute = scheme
        case .generator:
            let version = attribute("version")
            let page = attribute("uri") ?? attribute("url")
            captureAttribute = version
            captureSecondAttribute = page
        default: break
        }
        return result
    }

    private mutating func collect(
        _ field: FeedField, _ weight: Int8, kind: TextKind = .either
    ) -> (Context, isOwner: Bool) {
        // Most are empty already, which costs less to see than to bring about.
        if !buffer.isEmpty { buffer.removeAll(keepingCapacity: true) }
        capture = TextCapture(
            field: field, weight: weight, kind: kind, depth: stack.count - 1, start: tokenizer.position)
        return (.ignored, false)
    }

    /// How an element's text is meant, by Atom's `type` and `mode` and the format's custom.
    private mutating func kind(_ namespace: FeedNamespace) -> TextKind {
        if namespace == .xhtml { return .xhtml }
        guard namespace == .atom || (namespace == .rss && feed.format.family == .atom) || namespace == .media else {
            return .either
        }
        let mode = attribute("mode")?.lowercased()
        if mode == "base64" { return .base64 }
        guard let type = attribute("type")?.lowercased() else {
            return mode == "escaped" ? .html : namespace == .atom ? .plain : .either
        }
        switch type {
        case "text", "text/plain", "plain": return .plain
        case "xhtml", "application/xhtml+xml": return mode == "escaped" ? .html : .xhtml
        case "html", "text/html": return mode == "xml" ? .xhtml : .html
        default:
            if type.hasPrefix("text/") { return .either }
            return type.hasSuffix("xml") ? .xhtml : .base64
        }
    }
}
