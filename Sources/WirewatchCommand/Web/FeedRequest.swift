import Glibc
import WirewatchFeeds
import WirewatchHTTP

/// A document to read, a file or an address, with what its transport said of it.
struct FeedRequest {
    var file: String
    var url: String?
    /// Names in lower case.
    var headers: [String: String] = [:]
    /// The caller's name for it, which the answer repeats.
    var label: String?

    init(file: String, url: String?) {
        self.file = file
        self.url = url
    }

    /// Reads `{"case"?, "file", "url"?, "headers"?}`; nil for anything else.
    init?(jsonLine line: [UInt8]) {
        guard let value = JSONValue(line), let file = value["file"]?.text else { return nil }
        self.init(file: file, url: value["url"]?.text)
        label = value["case"]?.text
        guard case .object(let members) = value["headers"] else { return }
        for (name, value) in members { headers[name.lowercased()] = value.text }
    }

    /// What came of reading a document.
    struct Answer {
        var label: String?
        /// Where a reply came from, after redirects.
        var url: String?
        var content: FetchedContent?
        var error: String?
        /// The exit code of a failure that has one of its own.
        var code: Failure.Code?

        var feed: Feed? {
            if case .feed(let feed) = content { return feed }
            return nil
        }
    }

    func answer(_ fetcher: WebFetcher) -> Answer {
        do {
            guard WebFetcher.isAddress(file) else {
                let location = headers["content-location"]
                let content = try FetchedContent(
                    try bytes(), url: location ?? url, contentType: headers["content-type"],
                    language: headers["content-language"], linkFields: headers["link"].map { [$0] } ?? [])
                return Answer(label: label, content: content)
            }
            return try answer(fetched: fetcher)
        } catch let error as WebError {
            return Answer(label: label, error: error.description, code: error.code)
        } catch {
            return Answer(label: label, error: "\(error)")
        }
    }

    private func answer(fetched fetcher: WebFetcher) throws -> Answer {
        let response = try fetcher.fetch(file)
        let fields = response.headers
        var answer = Answer(label: label, url: response.url.text)
        do throws(FeedError) {
            answer.content = try FetchedContent(
                response.body, url: url ?? response.url.text, contentType: fields["content-type"],
                language: fields["content-language"], linkFields: fields.all("link"))
        } catch {
            let type = fields["content-type"] ?? "no content type"
            answer.error = "\(response.url.redacted): \(type), \(response.body.count) bytes: \(error)"
        }
        fetcher.explain(response, schedule: answer.feed?.schedule)
        return answer
    }

    private func bytes() throws -> [UInt8] {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(.noInput, "cannot open \(file): \(errorText(errno))") }
        defer { close(descriptor) }
        var input = LineInput(descriptor: descriptor)
        return try input.rest()
    }
}
