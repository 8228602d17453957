import WirewatchText

/// A number of a text that is reported as no claim.
struct Rejection {
    var range: Range<Int>
    var surface: String
    var reason: String
}

/// What was read and left out, for `explain`.
extension MetricExtractor {
    /// The numbers of a text that are no claims, each with the reason, in the order of the text.
    func rejections(in text: [UInt8], limit: Int) -> [Rejection] {
        var found: [Rejection] = []
        var parser = SentenceParser(text: text, lexicon: lexicon)
        var hanParser = HanParser(text: text, lexicon: lexicon)
        var sentences = SentenceCursor(text: text)
        while let sentence = sentences.next(), found.count < limit {
            var pieces = SentencePieces(text: text, sentence: sentence)
            while let piece = pieces.next() {
                if HanParser.isHan(text, piece) {
                    hanParser.parse(piece)
                    hanParser.reject(below: minConfidence, into: &found)
                } else {
                    parser.parse(piece)
                    parser.reject(below: minConfidence, into: &found)
                }
            }
        }
        return Array(found.prefix(limit))
    }
}

extension SentenceParser {
    func reject(below confidence: Double, into found: inout [Rejection]) {
        var i = 0
        var next = 0
        var time = 0
        while i < tokens.count {
            while next < claims.count, claims[next].end <= i { next += 1 }
            if next < claims.count, claims[next].first <= i {
                let claim = claims[next]
                if claim.confidence < confidence {
                    reject(claim.first..<claim.end, doubt(claim.confidence, confidence), &found)
                }
                i = claim.end
                continue
            }
            while time < timeframes.count, timeframes[time].lowerBound < i { time += 1 }
            if time < timeframes.count, timeframes[time].lowerBound == i {
                let when = timeframes[time]
                let isFree = next == claims.count || claims[next].first >= when.upperBound
                if isFree,
                    when.contains(where: { self[$0].kind == .number || self[$0].kind == .code || isNumberWord($0) })
                {
                    reject(when, "says when", &found)
                    i = when.upperBound
                    continue
                }
            }
            guard let (end, reason) = rejection(at: i) else {
                i += 1
                continue
            }
            reject(i..<end, reason, &found)
            i = end
        }
    }

    private func reject(_ range: Range<Int>, _ reason: String, _ found: inout [Rejection]) {
        let bytes = self[range.lowerBound].start..<self[range.upperBound - 1].end
        found.append(Rejection(range: bytes, surface: string(tokens: range), reason: reason))
    }

    private func rejection(at i: Int) -> (end: Int, reason: String)? {
        let token = self[i]
        switch token.kind {
        case .code:
            return (i + 1, token.flags.contains(.date) ? "a date or a time" : "a version, an address or another code")
        case .ordinal: return (i + 1, "an ordinal")
        case .word where token.flags.contains(.digits): return (i + 1, Inadmissible.name.rawValue)
        case .number, .currency, .word:
            guard token.kind != .word || isNumberWord(i), let phrase = amount(at: i), phrase.end > i else { return nil }
            if let reason = inadmissible(phrase) { return (phrase.end, reason.rawValue) }
            let isTime = phrase.unit?.dimension == .time
            return (phrase.end, isTime ? "an age, or a time before or after another" : "nothing says what it counts")
        default: return nil
        }
    }
}

extension HanParser {
    func reject(below confidence: Double, into found: inout [Rejection]) {
        for claim in claims where claim.confidence < confidence {
            found.append(
                Rejection(
                    range: claim.start..<claim.end, surface: string(claim.start..<claim.end),
                    reason: doubt(claim.confidence, confidence)))
        }
        for period in periods {
            found.append(Rejection(range: period, surface: string(period), reason: "says when"))
        }
        var i = sentence.lowerBound
        while i < end {
            guard isDigit(i), let number = number(at: i) else {
                i += 1
                continue
            }
            let range = i..<max(number.end, i + 1)
            let isKnown =
                claims.contains { $0.start < range.upperBound && $0.end > range.lowerBound }
                || periods.contains { $0.overlaps(range) }
            if !isKnown {
                found.append(
                    Rejection(range: range, surface: string(range), reason: "a date, an ordinal or part of a name"))
            }
            i = range.upperBound
        }
        found.sort { $0.range.lowerBound < $1.range.lowerBound }
    }
}

private func doubt(_ confidence: Double, _ least: Double) -> String {
    "confidence \((confidence * 100).rounded() / 100) is below \(least)"
}
