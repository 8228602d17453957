import WirewatchDigest
import WirewatchHTTP
import WirewatchKit
import WirewatchMarkup
import WirewatchPolling

/// Makes a document of a page's text whenever it differs from the last.
struct TextPageReader: PollReader {
    let url: HTTPURL
    let options: PageOptions

    let subject = "page"
    let accept = PageContent.accept
    let obeysRobots = true

    func read(_ response: HTTPResponse, _ situation: PollSituation) throws -> PollFindings {
        let page = try PageContent(response, agent: options.connection.agent)
        let text = try PageText(page, select: options.select, ignore: options.ignore)
        let before = situation.known.flatMap { TextVersion(encoded: $0) }
        let digest = SHA256.identifier(text.body)
        guard digest != before?.digest else {
            return PollFindings(items: [], arrivals: 0, known: situation.known ?? [])
        }
        let version = TextVersion(number: (before?.number ?? 0) + 1, digest: digest)
        let isWanted = before != nil || options.first > 0
        return PollFindings(
            items: isWanted ? [item(text, version, at: response.url)] : [], arrivals: before == nil ? 0 : 1,
            known: version.encoded)
    }

    func explanation(_ error: any Error, of response: HTTPResponse) -> String { "\(response.url.redacted): \(error)" }

    /// The number is part of the identity: a page that returns to an earlier text has changed all the same.
    private func item(_ text: PageText, _ version: TextVersion, at found: HTTPURL) -> PollItem {
        let address = CanonicalURL(url).text
        return PollItem { now in
            var article = Article()
            article.url = found.text
            article.canonicalURL = CanonicalURL(found).text
            article.title = text.title
            article.language = text.language
            article.received = now
            article.body = text.body
            return Document(identity: "text:\(address) \(version.number) \(version.digest)", article: article)
        }
    }
}

/// What is remembered of a page's text.
struct TextVersion: Equatable {
    /// Counts the versions seen, from 1.
    var number: Int
    var digest: String

    init(number: Int, digest: String) {
        self.number = number
        self.digest = digest
    }

    /// Readable: `3 0123456789abcdef0123456789abcdef`.
    var encoded: [UInt8] { Array("\(number) \(digest)".utf8) }

    init?(encoded bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        guard parts.count == 2, let number = Int(parts[0]), (1..<1 << 48).contains(number) else { return nil }
        self.init(number: number, digest: String(parts[1]))
    }
}
