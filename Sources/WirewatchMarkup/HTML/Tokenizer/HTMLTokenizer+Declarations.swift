extension HTMLTokenizer {
    mutating func declaration() -> HTMLToken? {
        let at = position
        if matches(at &+ 2, "--") { return comment() }
        if matches(at &+ 2, "doctype", ignoringCase: true) { return doctypeToken() }
        if matches(at &+ 2, "[CDATA["), allowsCDATA {
            position = at &+ 9
            contentModel = .cdata
            return nil
        }
        return bogusComment(from: at &+ 2)
    }

    /// `<!-- ... -->`, also closed by `--!>`, and at once by `<!-->` and `<!--->`.
    private mutating func comment() -> HTMLToken {
        let start = position &+ 4
        if start < end, source[start] == ASCII.greater {
            position = start &+ 1
            return HTMLToken(.comment, .empty)
        }
        if matches(start, "->") {
            position = start &+ 2
            return HTMLToken(.comment, .empty)
        }
        var at = start
        while let found = ByteSearch.first(ASCII.dash, in: source, at..<max(at, end)) {
            at = found &+ 1
            guard at < end, source[at] == ASCII.dash else { continue }
            let length = matches(at, "->") ? 3 : matches(at, "-!>") ? 4 : 0
            guard length > 0 else { continue }
            position = found &+ length
            return comment(start, found)
        }
        // Cut off: what may have begun the end is not part of it.
        position = end
        var stop = end
        if stop &- start >= 3, source[stop &- 1] == ASCII.exclamation, source[stop &- 2] == ASCII.dash,
            source[stop &- 3] == ASCII.dash
        {
            return comment(start, stop &- 3)
        }
        var dashes = 0
        while dashes < 2, stop > start, source[stop &- 1] == ASCII.dash {
            stop &-= 1
            dashes &+= 1
        }
        return comment(start, stop)
    }

    private mutating func comment(_ start: Int, _ stop: Int) -> HTMLToken {
        let range = start..<max(start, stop)
        let isPlain =
            ByteSearch.first(ASCII.carriageReturn, in: source, range) == nil
            && ByteSearch.first(0, in: source, range) == nil
        return HTMLToken(.comment, isPlain ? ByteRange(range.lowerBound, range.upperBound) : decode(range, .raw))
    }

    /// Anything else between `<!`, `<?` or `</` and `>`.
    mutating func bogusComment(from start: Int) -> HTMLToken {
        let stop = ByteSearch.first(ASCII.greater, in: source, start..<max(start, end)) ?? end
        position = min(end, stop &+ 1)
        return comment(start, stop)
    }

    // MARK: Document type

    private mutating func doctypeToken() -> HTMLToken {
        doctype = HTMLDoctype()
        var at = position &+ 9
        // In this order the states of the standard; each returns where it ended, quirks where the text broke off.
        at = skipSpace(at)
        guard at < end, source[at] != ASCII.greater else { return endDoctype(at, isBroken: true) }
        let start = at
        while at < end, source[at] != ASCII.greater, !ASCII.isSpace(source[at]) { at &+= 1 }
        let name = lowercased(start, at)
        doctype.name = string(name.range)
        at = skipSpace(at)
        guard at < end else { return endDoctype(at, isBroken: true) }
        if source[at] == ASCII.greater { return endDoctype(at, isBroken: false) }
        if matches(at, "public", ignoringCase: true) {
            return publicDoctype(at &+ 6)
        }
        if matches(at, "system", ignoringCase: true) {
            return systemDoctype(skipSpace(at &+ 6), isRequired: true)
        }
        return endDoctype(at, isBroken: true)
    }

    private mutating func publicDoctype(_ start: Int) -> HTMLToken {
        let (text, after, isWhole) = identifier(skipSpace(start))
        doctype.publicID = text
        guard isWhole else { return endDoctype(after, isBroken: true) }
        return systemDoctype(skipSpace(after), isRequired: false)
    }

    private mutating func systemDoctype(_ at: Int, isRequired: Bool) -> HTMLToken {
        if !isRequired, at < end, source[at] == ASCII.greater { return endDoctype(at, isBroken: false) }
        let (text, after, isWhole) = identifier(at)
        doctype.systemID = text
        guard isWhole else { return endDoctype(after, isBroken: true) }
        let stop = skipSpace(after)
        // What stands between the identifier and `>` is passed over without making the declaration broken.
        return endDoctype(stop, isBroken: stop >= end)
    }

    /// A quoted identifier; not whole when there is none or it is not closed by its quote.
    private func identifier(_ at: Int) -> (text: String?, after: Int, isWhole: Bool) {
        guard at < end, source[at] == ASCII.quote || source[at] == ASCII.apostrophe else { return (nil, at, false) }
        let quote = source[at]
        var stop = at &+ 1
        while stop < end, source[stop] != quote, source[stop] != ASCII.greater { stop &+= 1 }
        var text: [UInt8] = []
        CharacterReferences.decode(source, (at &+ 1)..<stop, .raw, into: &text)
        let isWhole = stop < end && source[stop] == quote
        return (String(decoding: text, as: UTF8.self), isWhole ? stop &+ 1 : stop, isWhole)
    }

    private mutating func endDoctype(_ at: Int, isBroken: Bool) -> HTMLToken {
        if isBroken { doctype.forcesQuirks = true }
        let stop = ByteSearch.first(ASCII.greater, in: source, min(at, end)..<end)
        position = stop.map { $0 &+ 1 } ?? end
        return HTMLToken(.doctype, .empty)
    }

    private func skipSpace(_ start: Int) -> Int {
        var at = start
        while at < end, ASCII.isSpace(source[at]) { at &+= 1 }
        return at
    }
}
