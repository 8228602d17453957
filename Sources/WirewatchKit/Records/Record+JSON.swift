extension Record {
    /// Appends the record as one line of JSON, in the form that its schema describes.
    ///
    /// - Parameter seq: the record's number in its log, from 1; nil leaves the field out (outside a log).
    public func write(to json: inout JSONWriter, seq: Int?) {
        switch self {
        case .article(let article): article.write(to: &json, seq: seq)
        case .alert(let alert): alert.write(to: &json, seq: seq)
        case .deadLetter(let letter): letter.write(to: &json, seq: seq)
        }
        json.endLine()
    }
}

extension Article {
    /// Writes a `wirewatch.article/1` object.
    public func write(to json: inout JSONWriter, seq: Int?) {
        json.begin("wirewatch.article/1", id: id, seq: seq)
        json.member(named: "source", source)
        json.member(named: "url", url)
        json.member(named: "canonical_url", canonicalURL)
        json.member(named: "title", title)
        json.member(named: "subtitle", subtitle)
        json.strings(named: "authors", authors)
        json.member(named: "published", published)
        json.member(named: "modified", modified)
        json.name("received")
        DateText.lend(received.write) { json.plain($0) }
        json.member(named: "site", site)
        json.member(named: "section", section)
        json.member(named: "language", language)
        json.name("language_confidence")
        if let languageConfidence { json.number((languageConfidence * 100).rounded() / 100) } else { json.null() }
        json.strings(named: "tags", tags)
        json.list("captions", captions) { caption, json in
            json.beginObject()
            json.member(named: "text", caption.text)
            json.member(named: "credit", caption.credit)
            json.endObject()
        }
        json.member(named: "body", body)
        json.list("subheadings", subheadings) { range, json in
            json.beginObject()
            json.range(range)
            json.endObject()
        }
        json.member(named: "editors_note", editorsNote)
        json.member(named: "page_kind", pageKind?.rawValue)
        json.strings(named: "page_evidence", pageEvidence)
        json.name("origins")
        json.beginObject()
        for (field, origin) in origins.all { json.member(field.rawValue, origin.rawValue) }
        json.endObject()
        json.list("topics", topics) { $0.write(to: &$1, withEvidence: true) }
        json.list("entities", entities) { $0.write(to: &$1) }
        json.list("metrics", metrics) { $0.write(to: &$1) }
        json.name("story")
        if let story {
            json.beginObject()
            json.member(named: "id", story.id)
            json.member(named: "sources", story.sources)
            json.member(named: "first_seen", story.firstSeen.rfc3339)
            json.list("changed", story.changes) { change, json in
                json.beginObject()
                json.member(named: "kind", change.kind.rawValue)
                if let metric = change.metric { json.member(named: "metric", metric) }
                if let before = change.before {
                    json.name("before")
                    json.number(before)
                }
                json.endObject()
            }
            json.endObject()
        } else {
            json.null()
        }
        json.strings(named: "alerts", alerts.map(\.id))
        json.endObject()
    }
}

extension Topic {
    func write(to json: inout JSONWriter, withEvidence: Bool) {
        json.beginObject()
        json.member("id", id)
        json.key("score")
        json.number((score * 1000).rounded() / 1000)
        if withEvidence {
            json.list("evidence", evidence) { item, json in
                json.beginObject()
                json.member("term", item.term)
                json.span(item.span)
                json.endObject()
            }
        }
        json.endObject()
    }
}

extension Entity {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id)
        json.member("name", name)
        json.member("type", type)
        json.member("role", role.rawValue)
        json.key("score")
        json.number((score * 1000).rounded() / 1000)
        json.list("mentions", mentions) { span, json in
            json.beginObject()
            json.span(span)
            json.endObject()
        }
        json.endObject()
    }
}

extension Metric {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("kind", kind)
        json.span(span)
        json.member("surface", surface)
        json.amount(amount)
        json.member("unit", unit)
        json.member("qualifier", qualifier?.rawValue)
        json.key("change")
        if let change {
            json.beginObject()
            json.member("direction", change.direction?.rawValue)
            json.quantity("from", change.from)
            json.quantity("to", change.to)
            json.quantity("by", change.by)
            json.endObject()
        } else {
            json.null()
        }
        json.member("per", per)
        json.member("timeframe", timeframe)
        json.member("subject", subject)
        json.member("entity", entity)
        json.member("attribution", attribution)
        json.member("modality", modality?.rawValue)
        json.list("equivalents", equivalents) { quantity, json in
            json.beginObject()
            json.amount(quantity.amount)
            json.member("unit", quantity.unit)
            json.endObject()
        }
        json.key("confidence")
        json.number((confidence * 100).rounded() / 100)
        json.key("sentence")
        json.beginObject()
        json.range(sentence)
        json.endObject()
        json.endObject()
    }
}

extension Alert {
    /// Writes a `wirewatch.alert/1` object.
    public func write(to json: inout JSONWriter, seq: Int?) {
        json.begin("wirewatch.alert/1", id: id, seq: seq)
        json.member("time", time.rfc3339)
        json.member("severity", severity.rawValue)
        json.member("rule", rule)
        json.member("title", title)
        json.member("url", url)
        json.member("source", source)
        json.member("published", published?.text)
        json.member("message", message)
        json.member("story", story)
        json.list("because", because) { reason, json in
            json.beginObject()
            json.member("condition", reason.condition)
            if let span = reason.span {
                json.span(span)
            } else {
                json.member("field", nil)
            }
            json.member("text", reason.text)
            json.endObject()
        }
        json.list("metrics", metrics) { $0.write(to: &$1) }
        json.list("topics", topics) { $0.write(to: &$1, withEvidence: false) }
        json.key("window")
        if let window { window.write(to: &json) } else { json.null() }
        json.key("labels")
        json.beginObject()
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) { json.member(name, value) }
        json.endObject()
        json.key("held")
        if let held {
            json.beginObject()
            json.member("by", held.by.rawValue)
            json.member("reason", held.reason)
            json.endObject()
        } else {
            json.null()
        }
        json.endObject()
    }
}

extension AlertWindow {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("kind", kind)
        json.member("by", by)
        json.member("key", key)
        json.key("over")
        json.number(Double(over.milliseconds) / 1000)
        json.member("from", from.rfc3339)
        json.member("to", to.rfc3339)
        json.member("count", count)
        json.key("sum")
        sum.map { json.number($0) } ?? json.null()
        json.member("unit", unit)
        json.endObject()
    }
}

extension DeadLetter {
    /// Writes a `wirewatch.dead_letter/1` object.
    public func write(to json: inout JSONWriter, seq: Int?) {
        json.begin("wirewatch.dead_letter/1", id: id, seq: seq)
        json.member("time", time.rfc3339)
        json.member("source", source)
        json.member("url", url)
        json.member("stage", stage)
        json.member("error", error)
        json.member("document", document)
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func begin(_ schema: StaticString, id: String, seq: Int?) {
        beginObject()
        name("schema")
        schema.withUTF8Buffer { plain($0) }
        member(named: "id", id)
        if let seq { member(named: "seq", seq) }
    }

    fileprivate mutating func member(named name: StaticString, _ text: String?) {
        guard let text else { return member(named: name, word: "null") }
        self.name(name)
        string(text)
    }

    fileprivate mutating func member(named name: StaticString, _ date: PublicationDate?) {
        guard let date else { return member(named: name, word: "null") }
        self.name(name)
        DateText.lend(date.write) { plain($0) }
    }

    fileprivate mutating func member(named name: StaticString, _ value: Int) {
        self.name(name)
        integer(value)
    }

    fileprivate mutating func strings(named name: StaticString, _ texts: [String]) {
        if texts.isEmpty { return member(named: name, word: "[]") }
        self.name(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    fileprivate mutating func list<Element>(
        _ name: StaticString, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
    ) {
        if elements.isEmpty { return member(named: name, word: "[]") }
        self.name(name)
        beginArray()
        for element in elements { write(element, &self) }
        endArray()
    }

    fileprivate mutating func range(_ range: Range<Int>) {
        member("start", range.lowerBound)
        member("end", range.upperBound)
    }

    fileprivate mutating func span(_ span: TextSpan) {
        member("field", span.field.name)
        range(span.range)
    }

    fileprivate mutating func amount(_ amount: Amount) {
        switch amount {
        case .value(let value):
            key("value")
            number(value)
        case .range(let low, let high):
            key("low")
            low.map { number($0) } ?? null()
            key("high")
            high.map { number($0) } ?? null()
        }
    }

    fileprivate mutating func quantity(_ name: String, _ quantity: Quantity?) {
        key(name)
        guard let quantity else { return null() }
        beginObject()
        amount(quantity.amount)
        member("unit", quantity.unit)
        endObject()
    }
}
