import Glibc
import WirewatchFeeds

/// A feed to read, with what its transport said of it.
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

    /// What came of reading a feed.
    struct Answer {
        var label: String?
        var feed: Feed?
        var error: String?
    }

    func answer() -> Answer {
        do {
            let bytes = try bytes()
            let location = headers["content-location"]
            let options = FeedReaderOptions(
                url: location ?? url, contentType: headers["content-type"], language: headers["content-language"])
            return Answer(label: label, feed: try FeedReader.read(bytes, options: options))
        } catch {
            return Answer(label: label, error: "\(error)")
        }
    }

    /// The one place that knows where bytes come from.
    private func bytes() throws -> [UInt8] {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(.noInput, "cannot open \(file): \(errorText(errno))") }
        defer { close(descriptor) }
        var input = LineInput(descriptor: descriptor)
        return try input.rest()
    }
}
