/// A request that came to the daemon's own HTTP listener.
public struct InboundRequest: Sendable {
    /// `GET`, `HEAD`, `POST`, as the client sent it.
    public var method: String
    /// Begins with `/`; percent-encoding is undone.
    public var path: String
    /// The parameters behind `?` in their order, percent-encoding and `+` undone.
    public var query: [(name: String, value: String)]
    /// Names as the client wrote them; bytes that are not UTF-8 are replaced.
    public var headers: [(name: String, value: String)]
    /// As it came over the wire: a `Content-Encoding` is not undone. Empty while only the head is there.
    public var body: [UInt8]
    /// The numeric address that the request came from, which may be a proxy's.
    public var peer: String

    public init(
        method: String = "GET", path: String, query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: [UInt8] = [], peer: String = "127.0.0.1"
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.peer = peer
    }

    /// The first header field of this name (RFC 9110: upper and lower case are the same), without blanks around it.
    public func header(_ name: String) -> String? {
        guard let found = headers.first(where: { Self.equal($0.name, name) }) else { return nil }
        var text = Substring(found.value).drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }

    /// The first parameter of this name; names are told apart by case.
    public func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }

    private static func equal(_ a: String, _ b: String) -> Bool {
        a.utf8.count == b.utf8.count && zip(a.utf8, b.utf8).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}

/// What is answered.
public struct InboundReply: Sendable {
    /// 200 to 599.
    public var status: Int
    /// Besides Content-Length and Date, which the listener sets. A field with a line break in it is left out.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A body with its media type.
    public init(
        status: Int = 200, contentType: String, body: [UInt8], headers: [(name: String, value: String)] = []
    ) {
        self.init(status: status, headers: [("Content-Type", contentType)] + headers, body: body)
    }

    /// What went wrong, for programs and people: `application/problem+json` (RFC 9457) with title, status and detail.
    ///
    /// - Parameters:
    ///   - detail: what was wrong with this request, why, and what to do.
    ///   - retryAfter: sent as `Retry-After` in whole seconds, rounded up.
    ///   - extra: adds members to the object, which is open then.
    public static func problem(
        _ status: Int, _ title: String, _ detail: String, headers: [(name: String, value: String)] = [],
        retryAfter: Duration? = nil, extra: (inout JSONWriter) -> Void = { _ in }
    ) -> InboundReply {
        var json = JSONWriter()
        json.beginObject()
        json.member("title", title)
        json.member("status", status)
        json.member("detail", detail)
        extra(&json)
        json.endObject()
        json.endLine()
        var headers = headers
        if let retryAfter {
            headers.append(("Retry-After", String(max(1, (retryAfter.milliseconds + 999) / 1000))))
        }
        return InboundReply(
            status: status, contentType: "application/problem+json", body: json.bytes, headers: headers)
    }
}
