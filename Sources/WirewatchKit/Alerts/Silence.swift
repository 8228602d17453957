internal import FoundationEssentials

/// A time of quiet: alerts that match and are raised within it are held back.
public struct Silence: Sendable, Hashable {
    /// Twelve hexadecimal digits, unique among the silences of a stage.
    public var id: String
    public var matcher: AlertMatcher
    /// Inclusive.
    public var from: Timestamp
    /// Exclusive.
    public var until: Timestamp
    /// Who asked for it; may be empty.
    public var author: String
    public var comment: String
    /// How many alerts it has held back.
    public var held: Int

    public init(
        id: String, matcher: AlertMatcher, from: Timestamp, until: Timestamp, author: String = "",
        comment: String = "", held: Int = 0
    ) {
        self.id = id
        self.matcher = matcher
        self.from = from
        self.until = until
        self.author = author
        self.comment = comment
        self.held = held
    }

    /// The beginning of a silence that has none, and the end of one that never ends: 1970 and 9999.
    public static let earliest = Timestamp(seconds: 0)
    public static let never = Timestamp(seconds: 253_402_300_799)

    public func isActive(at time: Timestamp) -> Bool { time >= from && time < until }
}

/// What a stage that keeps silences is asked to do while it runs; see ``StatefulStage/answer(_:state:)``. Each is answered
/// with the silences that it concerns, as ``Silence/list(json:)`` reads them.
public enum SilenceRequest: Sendable, Hashable {
    case add(Silence)
    /// Those that are active or to come; with `expired`, what is remembered of earlier ones too.
    case list(expired: Bool)
    /// Ends the silence whose id begins so.
    case expire(String)
}

// MARK: As JSON

extension Silence {
    public func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id)
        json.strings("match", matcher.words)
        json.member("from", from.rfc3339)
        json.member("until", until.rfc3339)
        json.member("author", author)
        json.member("comment", comment)
        json.member("held", held)
        json.endObject()
    }

    /// The silences that were written into a list, in its order.
    ///
    /// - Throws: ``OptionError`` when the bytes are none.
    public static func list(json: [UInt8]) throws -> [Silence] {
        do {
            return try JSONDecoder().decode([SilenceFields].self, from: Data(json)).map { try $0.silence }
        } catch is DecodingError {
            throw OptionError("this is no list of silences")
        }
    }

    /// A list that ``list(json:)`` reads.
    public static func json(_ silences: [Silence]) -> [UInt8] {
        var json = JSONWriter()
        json.beginArray()
        for silence in silences { silence.write(to: &json) }
        json.endArray()
        return json.take()
    }
}

extension SilenceRequest {
    public var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        switch self {
        case .add(let silence):
            json.key("add")
            silence.write(to: &json)
        case .list(let expired):
            json.key("list")
            json.bool(expired)
        case .expire(let id): json.member("expire", id)
        }
        json.endObject()
        return json.take()
    }

    /// - Throws: ``OptionError`` when the bytes are no such request.
    public init(json: [UInt8]) throws {
        guard let fields = try? JSONDecoder().decode(RequestFields.self, from: Data(json)) else {
            throw OptionError("this is no request for silences")
        }
        if let add = fields.add {
            self = .add(try add.silence)
        } else if let id = fields.expire {
            self = .expire(id)
        } else {
            self = .list(expired: fields.list ?? false)
        }
    }
}

private struct RequestFields: Decodable {
    var add: SilenceFields?
    var list: Bool?
    var expire: String?
}

private struct SilenceFields: Decodable {
    var id: String?
    var match: [String]
    var from, until: String
    var author, comment: String?
    var held: Int?

    var silence: Silence {
        get throws {
            let matcher: AlertMatcher
            do {
                matcher = try AlertMatcher(words: match)
            } catch {
                throw OptionError(error.description)
            }
            return Silence(
                id: id ?? "", matcher: matcher, from: try Self.time(from), until: try Self.time(until),
                author: author ?? "", comment: comment ?? "", held: held ?? 0)
        }
    }

    private static func time(_ text: String) throws -> Timestamp {
        guard let time = PublicationDate(text: text)?.timestamp else {
            throw OptionError("'\(text)' is no time such as 2026-01-31T08:00:00Z")
        }
        return time
    }
}
