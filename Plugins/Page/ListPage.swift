import WirewatchHTTP
import WirewatchMarkup
import WirewatchPolling

/// A page that lists articles, with its links.
struct ListPage {
    var url: HTTPURL
    var candidates: [LinkCandidate]
    /// The next page of the list.
    var next: HTTPURL?

    /// - Throws: ``PageMistake`` for what is no page, and for one whose links are not to be followed.
    init(_ response: HTTPResponse, _ options: PageOptions) throws(PageMistake) {
        url = response.url
        let page = try PageContent(response, agent: options.connection.agent)
        guard page.isHTML else {
            throw PageMistake("the page is plain text, which has no links; watch its text with 'watch: text'")
        }
        let links = PageLinks(page.tree, url: response.url.text, agent: options.connection.agent)
        guard !page.robots.isNotFollowed else {
            throw PageMistake(
                "the site asks robots not to follow the page's links (X-Robots-Tag: nofollow); watch another page, or its feed"
            )
        }
        guard !links.robots.isNotFollowed else {
            throw PageMistake(
                "the page asks robots not to follow its links (robots meta element: nofollow); watch another page, or its feed"
            )
        }
        candidates = LinkCandidate.all(
            links, in: page.tree, base: response.url, select: options.select, ignore: options.ignore)
        next = links.next.flatMap { try? HTTPURL($0) }
    }
}
