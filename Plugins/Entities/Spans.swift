internal import WirewatchKit
internal import WirewatchText

/// A name of the watchlist that stands in the text; whether it counts is decided later.
struct Hit: Sendable {
    var start: Int32
    var end: Int32
    var word: Int32
    var wordCount: Int32
    /// Into the watchlist's aliases; negative for a phrase that means something else.
    var alias: Int32
}

/// A word that conditions look for.
struct ContextHit: Sendable {
    var term: Int32
    var start: Int32
}

struct CueHit: Sendable {
    var word: Int32
    var wordCount: Int32
    var cue: Cue
}

/// A mention of an entity, in the order of the buffer.
struct Mention: Sendable {
    enum Origin: Sendable {
        /// By an alias of the watchlist.
        case alias(Int32)
        /// By an alias, after a full name.
        case short(Int32)
        /// By a name that the text introduced.
        case introduced
        /// By a surname or an acronym of a name that stands earlier.
        case later
    }

    var start: Int32
    var end: Int32
    var word: Int32
    var wordCount: Int32
    /// Of the watchlist, or beyond it of the names that the text introduced.
    var entity: Int32
    var origin: Origin
}

/// A name that the text introduces.
struct Discovered: Sendable {
    var id: String
    var name: String
    var type: EntityType
    /// Where it was introduced first.
    var start: Int32
    /// The cue word, for explanations.
    var cue: Range<Int32>
}

/// A form of a name to look for beside those of the watchlist.
struct Form: Sendable {
    /// As in ``Mention/entity``.
    var entity: Int32
    /// The form's bytes, in ``Scratch/buffer``.
    var start: Int32
    var end: Int32
    var wordCount: Int32
    /// Of the first word.
    var hash: UInt64
    /// A surname or an acronym, which counts from here on; the full name counts everywhere.
    var since: Int32
    var isShort: Bool
    /// A surname that stands first: a capital after it makes another name.
    var isSurname: Bool
}

/// Why a name of the watchlist does not count, kept only for `explain`.
struct Refusal: Sendable {
    enum Reason: Sendable {
        case conditionFailed(missing: Bool)
        case ambiguous
        case noFullName
        case surname
    }

    var start: Int32
    var end: Int32
    var alias: Int32
    var reason: Reason
}

/// What the search in one article needs; kept from article to article, so that it stops allocating.
struct Scratch: Sendable {
    /// The texts of the article, while its mentions are reported.
    var buffer: [UInt8] = []
    var fields: [ArticleText.Part] = []
    /// Where the body lies, and where the tags begin, which come last; beyond the buffer when there are none.
    var bodyRange = 0..<0
    var tagStart = Int.max
    var hits: [Hit] = []
    var contexts: [ContextHit] = []
    var cues: [CueHit] = []
    var mentions: [Mention] = []
    var discovered: [Discovered] = []
    var forms: [Form] = []
    var refusals: [Refusal] = []
    /// Aliases that are somebody's surname in this article.
    var surnames: [Int32] = []
    /// For each term of the matcher, the last article that had it, and where first and last.
    var seen: [Seen] = []
    /// For each entity, the number of the last article that named it in full, and where it did first.
    var established: [UInt32] = []
    var firstFull: [Int32] = []
    var article: UInt32 = 0
    var isTracing = false

    struct Seen: Sendable {
        var article: UInt32 = 0
        var first: Int32 = 0
        var last: Int32 = 0
    }

    mutating func see(_ term: Int32, at start: Int32) {
        contexts.append(ContextHit(term: term, start: start))
        if seen[Int(term)].article != article { seen[Int(term)] = Seen(article: article, first: start, last: start) }
        seen[Int(term)].last = start
    }

    mutating func reset(terms: Int, entities: Int) {
        if seen.count != terms || established.count != entities || article == .max {
            seen = [Seen](repeating: Seen(), count: terms)
            established = [UInt32](repeating: 0, count: entities)
            firstFull = [Int32](repeating: 0, count: entities)
            article = 0
        }
        article += 1
        fields.removeAll(keepingCapacity: true)
        hits.removeAll(keepingCapacity: true)
        contexts.removeAll(keepingCapacity: true)
        cues.removeAll(keepingCapacity: true)
        mentions.removeAll(keepingCapacity: true)
        discovered.removeAll(keepingCapacity: true)
        forms.removeAll(keepingCapacity: true)
        refusals.removeAll(keepingCapacity: true)
        surnames.removeAll(keepingCapacity: true)
    }
}
