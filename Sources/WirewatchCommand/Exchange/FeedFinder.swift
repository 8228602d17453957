import WirewatchFeeds
import WirewatchHTTP

/// Finds the feeds behind an address: itself, those of its page, those of its site's rule, those at usual paths.
struct FeedFinder {
    /// A feed that was read.
    struct Found {
        /// Where it is to be polled: after redirects that are for good.
        var url: String
        var feed: Feed
    }

    let fetcher: WebFetcher
    /// How many addresses are tried where a page names no feed.
    static let mostGuesses = 16

    enum Finding {
        case feed(Found)
        /// Not read yet, the most promising first.
        case candidates([FeedCandidate])
    }

    /// - Throws: ``WebError`` when the address cannot be fetched and its site has no rule.
    func find(_ address: String) throws -> Finding {
        let ruled = FeedDiscovery.providerFeeds(for: address)
        let response: HTTPResponse
        do throws(WebError) { response = try fetcher.fetch(address) } catch {
            if !ruled.isEmpty { return .candidates(ruled) }
            throw error
        }
        if let found = Self.read(response) {
            fetcher.explain(response, schedule: found.feed.schedule)
            return .feed(found)
        }
        let fields = response.headers
        let named = FeedDiscovery.feeds(
            in: response.body, url: response.url.text, contentType: fields["content-type"],
            linkFields: fields.all("link"))
        var list: [FeedCandidate] = []
        // Comments are hardly what is wanted.
        for candidate in ruled + named.filter({ !$0.isComments }) + named.filter(\.isComments)
        where !list.contains(where: { $0.url == candidate.url }) {
            list.append(candidate)
        }
        if list.isEmpty, let guess = guessed(response.url.text) { list = [guess] }
        return .candidates(list)
    }

    /// Reads what is at an address; nil when it is no feed.
    func read(_ address: String) throws(WebError) -> Found? {
        let response = try fetcher.fetch(address)
        let found = Self.read(response)
        fetcher.explain(response, schedule: found?.feed.schedule)
        return found
    }

    private static func read(_ response: HTTPResponse) -> Found? {
        let options = FeedReaderOptions(
            url: response.url.text, contentType: response.headers["content-type"],
            language: response.headers["content-language"])
        guard let feed = try? FeedReader.read(response.body, options: options) else { return nil }
        return Found(url: (response.permanentURL ?? response.url).text, feed: feed)
    }

    /// The first of the usual paths that has a feed.
    private func guessed(_ address: String) -> FeedCandidate? {
        for candidate in FeedDiscovery.guesses(for: address).prefix(Self.mostGuesses) {
            guard let found = try? read(candidate.url) else { continue }
            return FeedCandidate(
                url: found.url, title: found.feed.title, kind: FeedCandidate.Kind(found.feed.format), origin: .guess)
        }
        return nil
    }
}

extension FeedCandidate.Kind {
    /// The kind of a feed that was read; nil for CDF, which nobody names.
    init?(_ format: FeedFormat) {
        switch format.family {
        case .rss: self = .rss
        case .rdf: self = .rdf
        case .atom: self = .atom
        case .json: self = .json
        case .cdf: return nil
        }
    }
}
