/// The grammar of ``HTTPURL``.
enum URLParser {
    static func absolute(_ text: String) throws(HTTPError) -> HTTPURL {
        throw HTTPError(.badURL, url: text, detail: "", remedy: "")
    }

    static func resolve(_ reference: String, base: HTTPURL) throws(HTTPError) -> HTTPURL { base }
}
