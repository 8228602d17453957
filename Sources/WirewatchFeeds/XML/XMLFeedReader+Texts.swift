import WirewatchKit
import WirewatchMarkup

/// What the collected texts become.
extension XMLFeedReader {
    /// Takes an element's text in when the element ends.
    mutating func finish(_ capture: TextCapture, end: Int) {
        let isHTML = settle(capture, end: end)
        content = trimmed()
        switch stack.count - 1 == capture.depth && capture.depth > 0 ? stack[capture.depth - 1].context : nil {
        case .person: return person.set(partName, line(isHTML), base: base)
        case .image: return setImagePart(isHTML)
        case .textInput: return setTextInputPart(isHTML)
        default: break
        }
        guard !content.isEmpty || capture.field == .generator else { return }
        switch capture.field {
        case .title, .subtitle, .summary, .content, .info, .rights: setText(capture, isHTML)
        case .link, .originalLink, .id, .comments, .icon, .logo, .documentation, .newFeedURL: setReference(capture)
        case .published, .updated, .created, .expires, .updateBase: setDate(capture)
        case .author, .publisher:
            guard let person = PersonText.person(string) else { return }
            edit { draft in
                if capture.field == .author {
                    draft.addAuthor(person, weight: capture.weight)
                } else if draft.takes(.publisher, capture.weight) {
                    draft.item.publisher = person
                }
            }
        case .tag:
            let term = isHTML ? string : PlainText.collapsed(string)
            let scheme = captureAttribute
            edit { $0.addTag(FeedTag(term, scheme: scheme)) }
        case .keywords:
            let line = line(isHTML)
            edit { draft in
                for part in line.split(separator: ",", maxSplits: 200) {
                    draft.addTag(FeedTag(PlainText.collapsed(String(part))))
                }
            }
        case .language:
            let language = PlainText.collapsed(string)
            edit { if $0.takes(.language, capture.weight) { $0.item.language = language } }
        case .generator: setGenerator(string, version: captureAttribute, page: captureSecondAttribute)
        case .ttl, .updatePeriod, .updateFrequency, .skipHour, .skipDay: setSchedule(capture.field)
        default: setModule(capture.field)
        }
    }

    // MARK: - The text itself

    /// The text of an element as a string.
    var string: String { mutating get { TextDecoding.string(buffer[content]) } }

    /// One line without markup.
    mutating func line(_ isHTML: Bool) -> String { isHTML ? PlainText.line(string) : PlainText.collapsed(string) }

    /// Makes `buffer` the element's text as its kind has it; returns whether it is HTML with its references absolute.
    private mutating func settle(_ capture: TextCapture, end: Int) -> Bool {
        if capture.hasElements {
            buffer.removeAll(keepingCapacity: true)
            let sections = capture.kind == .xhtml || capture.kind == .plain
            var markup = InnerMarkup(
                tokenizer.bytes, capture.start..<end, base: base, escapesSections: sections,
                decodesText: capture.kind == .html)
            markup.write(into: &buffer)
            return true
        }
        var isHTML = false
        switch capture.kind {
        case .plain, .xhtml: return false
        case .html: isHTML = true
        case .either: isHTML = PlainText.looksLikeHTML(buffer)
        case .base64:
            if let decoded = Base64.decode(buffer), String(validating: decoded, as: UTF8.self) != nil {
                buffer = decoded
            }
            isHTML = PlainText.looksLikeHTML(buffer)
        }
        if isHTML, let base, let resolved = MarkupReferences.resolved(buffer, base: base) { buffer = resolved }
        return isHTML
    }

    /// The text without the white space around it.
    private mutating func trimmed() -> Range<Int> {
        var end = buffer.count
        while end > 0, buffer[end &- 1] <= 0x20 { end &-= 1 }
        var start = 0
        while start < end, buffer[start] <= 0x20 { start &+= 1 }
        return start..<end
    }

    private mutating func setText(_ capture: TextCapture, _ isHTML: Bool) {
        let field = capture.field
        if field == .title { return setTitle(capture, isHTML) }
        // Taken before the string is made, since it may be long and not wanted.
        var isTaken = false
        edit { isTaken = $0.takes(field, capture.weight) }
        guard isTaken else { return }
        // Of its own length: an array of all of the buffer would be the buffer, with its room.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count)
        bytes.append(contentsOf: buffer[content])
        let text = FeedText(utf8: bytes, isHTML: isHTML)
        edit { draft in
            switch field {
            case .subtitle: draft.subtitle = text
            case .summary: draft.item.summary = text
            case .content: draft.item.content = text
            case .info: draft.info = text
            default: draft.item.rights = text
            }
        }
    }

    private mutating func setTitle(_ capture: TextCapture, _ isHTML: Bool) {
        let text = isHTML ? string : PlainText.collapsed(string)
        var title = isHTML ? PlainText.line(text) : text
        if title.isEmpty {
            // Empty elements are no title; what looks like a tag alone was meant to be read.
            if capture.hasElements { return }
            title = PlainText.collapsed(text)
        }
        edit { draft in
            guard draft.takes(.title, capture.weight) else { return }
            draft.item.title = title
            draft.item.titleHTML = isHTML ? text : nil
        }
    }

    // MARK: - Values

    private mutating func setReference(_ capture: TextCapture) {
        let text = PlainText.collapsed(string)
        let weight = capture.weight
        let isAtom = feed.format.family == .atom
        let base = base
        let wantsLink = wantsMedia
        // An identifier of Atom is a URL, which publishers write relative; RSS's guid is any text.
        let isRelativeID = isAtom && text.utf8.contains(UInt8(ascii: "/"))
        let url = capture.field == .id && !isRelativeID ? text : URLReference.resolve(text, base: base)
        edit { draft in
            switch capture.field {
            case .link:
                // The last one counts, as most readers have it.
                if draft.takes(.link, weight, orEqual: true) { draft.item.url = url }
                if wantsLink { draft.addLink(FeedLink(href: url)) }
            case .originalLink: draft.item.originalURL = url
            case .id:
                guard draft.takes(.id, weight) else { return }
                draft.item.id = url
                draft.item.isPermalink = capture.isPermalink && URLReference.isWeb(text)
                if draft.item.isPermalink || (isAtom && URLReference.isWeb(url)) { draft.permalink = url }
            case .comments: if draft.takes(.comments, weight) { draft.item.comments = url }
            case .icon: draft.icon = draft.icon ?? url
            case .logo: draft.logo = draft.logo ?? url
            case .documentation: draft.documentation = url
            default: draft.editPodcast { $0.newFeedURL = url }
            }
        }
    }

    private mutating func setDate(_ capture: TextCapture) {
        guard let date = DateReader.readWhole(buffer.span.extracting(content)) else { return }
        if capture.field == .updateBase {
            feed.schedule.updateBase = date
            return
        }
        edit { draft in
            guard draft.takes(capture.field, capture.weight, orEqual: true) else { return }
            switch capture.field {
            case .published: draft.item.published = date
            case .updated: draft.item.updated = date
            case .created: draft.item.created = date
            default: draft.item.expires = date
            }
        }
    }
}
