extension HTMLTokenizer {
    // MARK: Data

    /// Whether the `<` at `at` begins markup rather than standing for itself.
    @inline(__always)
    func opensMarkup(_ at: Int) -> Bool {
        guard at &+ 1 < end else { return false }
        let next = source[at &+ 1]
        if ASCII.isLetter(next) || next == ASCII.exclamation || next == ASCII.question { return true }
        return next == ASCII.slash && at &+ 2 < end
    }

    /// The text up to the next markup or NUL.
    mutating func text() -> HTMLToken {
        let start = position
        var at = textEnd(source[start] == ASCII.less ? start &+ 1 : start)
        while at < end {
            let byte = source[at]
            if byte == ASCII.less {
                if opensMarkup(at) { break }
                at = textEnd(at &+ 1)
            } else if byte == 0 {
                return at == start ? null() : plain(start, at)
            } else {
                return decodedText(start, at)
            }
        }
        return plain(start, at)
    }

    private mutating func plain(_ start: Int, _ stop: Int) -> HTMLToken {
        position = stop
        return HTMLToken(.text, ByteRange(start, stop))
    }

    private mutating func null() -> HTMLToken {
        let start = position
        while position < end, source[position] == 0 { position &+= 1 }
        return HTMLToken(.null, ByteRange(start, position))
    }

    /// Text that has a reference or CR at `found`.
    private mutating func decodedText(_ start: Int, _ found: Int) -> HTMLToken {
        var at = found
        while at < end {
            let byte = source[at]
            if byte == 0 || (byte == ASCII.less && opensMarkup(at)) { break }
            at = textEnd(at &+ 1)
        }
        position = at
        return HTMLToken(.text, decode(start..<at, .text))
    }

    private func textEnd(_ start: Int) -> Int {
        // `start` is a place of a byte or `end`, and `end` is not beyond the bytes.
        source.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return end }
            return ByteScan.textEnd(base, start, end)
        }
    }

    mutating func decode(_ range: Range<Int>, _ rule: CharacterReferences.Rule) -> ByteRange {
        let start = address
        CharacterReferences.decode(source, range, rule, into: &decoded)
        return ByteRange(start, address)
    }

    // MARK: Raw text

    /// The text up to the end tag of the element that the content model came with, which the next call returns; nil when
    /// it is empty.
    mutating func rawText() -> HTMLToken? {
        let start = position
        let stop: Int
        switch contentModel {
        case .data: return nil
        case .cdata: return section()
        case .plainText: stop = end
        case .rcdata, .rawText: stop = rawEnd(start)
        case .scriptData: stop = scriptEnd(start)
        }
        let rule: CharacterReferences.Rule = contentModel == .rcdata ? .text : .raw
        if contentModel != .plainText { contentModel = .data }
        guard stop > start else { return nil }
        position = stop
        let range = start..<stop
        let isPlain =
            ByteSearch.first(ASCII.carriageReturn, in: source, range) == nil
            && ByteSearch.first(0, in: source, range) == nil
            && (rule == .raw || ByteSearch.first(ASCII.ampersand, in: source, range) == nil)
        return HTMLToken(.text, isPlain ? ByteRange(start, stop) : decode(range, rule))
    }

    private func rawEnd(_ start: Int) -> Int {
        var at = start
        while let found = ByteSearch.first(ASCII.less, in: source, at..<end) {
            if endsElement(found) { return found }
            at = found &+ 1
        }
        return end
    }

    /// Whether an end tag of the last start tag's name begins at `at`.
    private func endsElement(_ at: Int) -> Bool {
        guard at &+ 1 < end, source[at &+ 1] == ASCII.slash, !lastStartTag.isEmpty else { return false }
        return isName(at &+ 2, lastStartTag)
    }

    /// Whether the name at `at` is, whatever its case, the one at `name`, and ends there.
    private func isName(_ at: Int, _ name: ByteRange) -> Bool {
        let after = at &+ name.count
        guard after < end, endsName(source[after]) else { return false }
        for offset in 0..<name.count where ASCII.lowercased(source[at &+ offset]) != byte(Int(name.from) &+ offset) {
            return false
        }
        return true
    }

    private func endsName(_ byte: UInt8) -> Bool {
        byte == ASCII.greater || byte == ASCII.slash || ASCII.isSpace(byte)
    }

    /// The script data states: within `<!--`, a `<script` has to be ended before the script's own end tag counts.
    private func scriptEnd(_ start: Int) -> Int {
        var at = start
        while let found = ByteSearch.first(ASCII.less, in: source, at..<end) {
            if endsElement(found) { return found }
            at = found &+ 1
            guard matches(found, "<!--") else { continue }
            guard let after = escaped(found &+ 4) else { return end }
            if after.isEnd { return after.place }
            at = after.place
        }
        return end
    }

    /// From after `<!--` to after its `-->`, or to the end tag of the script; nil when the input ends first.
    private func escaped(_ start: Int) -> (place: Int, isEnd: Bool)? {
        var dashes = 2
        var isDouble = false
        var at = start
        while at < end {
            let byte = source[at]
            switch byte {
            case ASCII.dash: dashes &+= 1
            case ASCII.greater where dashes >= 2: return (at &+ 1, false)
            case ASCII.less:
                dashes = 0
                if isDouble {
                    if at &+ 1 < end, source[at &+ 1] == ASCII.slash, isScript(at &+ 2) { isDouble = false }
                } else if endsElement(at) {
                    return (at, true)
                } else if isScript(at &+ 1) {
                    isDouble = true
                }
            default: dashes = 0
            }
            at &+= 1
        }
        return nil
    }

    private func isScript(_ at: Int) -> Bool {
        let after = at &+ 6
        return after < end && endsName(source[after]) && matches(at, "script", ignoringCase: true)
    }

    // MARK: CDATA

    /// A piece of the open CDATA section; nil at its end.
    private mutating func section() -> HTMLToken? {
        let close = sectionEnd ?? find("]]>", from: position) ?? end
        sectionEnd = close
        guard position < close else {
            sectionEnd = nil
            contentModel = .data
            position = min(end, close &+ 3)
            return nil
        }
        if source[position] == 0 { return null() }
        let start = position
        let stop = ByteSearch.first(0, in: source, start..<close) ?? close
        position = stop
        if ByteSearch.first(ASCII.carriageReturn, in: source, start..<stop) == nil {
            return HTMLToken(.text, ByteRange(start, stop))
        }
        return HTMLToken(.text, decode(start..<stop, .raw))
    }

    // MARK: Searching

    func matches(_ at: Int, _ text: StaticString, ignoringCase: Bool = false) -> Bool {
        guard at &+ text.utf8CodeUnitCount <= end else { return false }
        return text.withUTF8Buffer { wanted in
            var index = at
            for other in wanted {
                let byte = ignoringCase ? ASCII.lowercased(source[index]) : source[index]
                if byte != other { return false }
                index &+= 1
            }
            return true
        }
    }

    func find(_ text: StaticString, from start: Int) -> Int? {
        var at = start
        while let found = ByteSearch.first(text.utf8Start.pointee, in: source, at..<max(at, end)) {
            if matches(found, text) { return found }
            at = found &+ 1
        }
        return nil
    }
}
