import WirewatchHTTP
import WirewatchText

/// Decides which of a page's links are articles.
struct LinkFilter {
    let options: LinkOptions
    /// The page, and the further pages of its list.
    let pages: Set<String>
    let host: String

    /// - Parameter page: where the page was found.
    init(_ options: LinkOptions, page: HTTPURL, pages: Set<String> = []) {
        self.options = options
        self.pages = pages.union([CanonicalURL(page).text])
        host = page.host
    }

    /// Whether a link can be an article at all, whatever it looks like: of the site and no page of the list itself.
    func isEligible(_ link: LinkCandidate) -> Bool {
        if options.sameSite, !Self.isSameSite(link.url.host, host) { return false }
        return !pages.contains(link.address)
    }

    /// Whether an eligible link is an article.
    func takes(_ link: LinkCandidate) -> Bool {
        guard options.withinPage || link.isContent else { return false }
        guard options.minWords == 0 || ArticleLikeness.words(in: link.text) >= options.minWords else { return false }
        if options.exclude.contains(where: { Self.matches($0, link.url) }) { return false }
        guard options.include.isEmpty else { return options.include.contains { Self.matches($0, link.url) } }
        return !link.isDisowned && ArticleLikeness.holds(link)
    }

    /// The same host, one below the other, `www.` aside.
    static func isSameSite(_ a: String, _ b: String) -> Bool {
        let (a, b) = (bare(a), bare(b))
        return a == b || a.hasSuffix("." + b) || b.hasSuffix("." + a)
    }

    private static func bare(_ host: String) -> String { host.hasPrefix("www.") ? String(host.dropFirst(4)) : host }

    /// A pattern with `://` is matched with the whole address, any other with the path, with and without its query.
    static func matches(_ glob: Glob, _ url: HTTPURL) -> Bool {
        if glob.text.contains("://") {
            return glob.matches(trimmed(url.text)) || glob.matches(trimmed(url.origin + url.path))
        }
        return glob.matches(trimmed(url.path)) || (url.query != nil && glob.matches(trimmed(url.target)))
    }

    /// Without the slashes at either end.
    private static func trimmed(_ path: String) -> String {
        var part = path[...]
        if part.hasPrefix("/") { part.removeFirst() }
        if part.hasSuffix("/") { part.removeLast() }
        return String(part)
    }
}
