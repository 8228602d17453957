import Testing
import WirewatchFeeds

@Suite("Discovery of feeds")
struct DiscoveryTests {
    private static func found(_ html: String, url: String? = "https://site.example/news/today.html") -> [FeedCandidate]
    {
        FeedDiscovery.feeds(in: Array(html.utf8), url: url)
    }

    @Test(
        "A link names a feed by its relation and type",
        arguments: [
            ("rel=alternate type=application/rss+xml", FeedCandidate.Kind?.some(.rss), true),
            ("rel='ALTERNATE' type='Application/RSS+XML; charset=utf-8'", .rss, true),
            ("rel='home alternate' type=application/atom+xml", .atom, true),
            ("rel=alternate type='application/atom+xml;type=feed'", .atom, true),
            ("rel=alternate type='application/atom+xml; type=\"entry\"'", nil, false),
            ("rel=alternate type=application/feed+json", .json, true),
            ("rel=alternate type=application/json", .json, true),
            ("rel=alternate type=application/json+oembed", nil, false),
            ("rel=alternate type=application/rdf+xml", .rdf, true),
            ("rel=alternate type=text/xml", nil, true),
            ("rel=feed", nil, true),
            ("rel='feed alternate' type=application/rss+xml", .rss, true),
            ("rel=feed type=text/html", nil, false),
            ("rel=alternate", nil, false),
            ("rel=alternate hreflang=de", nil, false),
            ("rel='alternate stylesheet' type=application/rss+xml", nil, false),
            ("rel=stylesheet type=text/css", nil, false),
            ("type=application/rss+xml", nil, false),
        ])
    func relations(attributes: String, kind: FeedCandidate.Kind?, isFeed: Bool) {
        let feeds = Self.found("<link \(attributes) href='/feed.xml'>")
        #expect(feeds.count == (isFeed ? 1 : 0))
        if isFeed {
            #expect(feeds.first?.kind == kind)
            #expect(feeds.first?.url == "https://site.example/feed.xml")
            #expect(feeds.first?.origin == .link)
        }
    }

    @Test(
        "Addresses are resolved as a browser would",
        arguments: [
            ("", "rss.xml", "https://site.example/news/rss.xml"),
            ("", " ../rss.xml\n", "https://site.example/rss.xml"),
            ("", "//cdn.example/rss", "https://cdn.example/rss"),
            ("", "?feed=rss&amp;lang=de", "https://site.example/news/today.html?feed=rss&lang=de"),
            ("", "feed://other.example/rss", "http://other.example/rss"),
            ("", "feed:https://other.example/rss", "https://other.example/rss"),
            ("<base href='/deep/'>", "rss.xml", "https://site.example/deep/rss.xml"),
            ("<base target=_top><base href='https://b.example/x/y'>", "rss.xml", "https://b.example/x/rss.xml"),
        ])
    func addresses(base: String, href: String, url: String) {
        let link = "<link rel=alternate type=application/rss+xml href=\"\(href)\">"
        // A base counts for what stands before it, too.
        #expect(Self.found("<head>\(base)\(link)").map(\.url) == [url])
        #expect(Self.found("<head>\(link)\(base)").map(\.url) == [url])
    }

    @Test("Titles, languages and order are kept; what has no address or comes again is left out")
    func fields() {
        let feeds = Self.found(
            """
            <link rel=alternate type=application/rss+xml href=/a title="  News &amp;
               more " hreflang=de>
            <link rel=alternate type=application/rss+xml href=/a title="Again">
            <link rel=alternate type=application/atom+xml href=/b title="">
            <link rel=alternate type=application/rss+xml href title=None>
            <link rel=alternate type=application/rss+xml title=None>
            <link rel=alternate type=application/rss+xml href="javascript:x()">
            <!-- <link rel=alternate type=application/rss+xml href=/hidden> -->
            <script>"<link rel=alternate type=application/rss+xml href=/script>"</script>
            <link rel=alternate type=application/json href=/wp-json/wp/v2/posts/7 title=JSON>
            <link rel=alternate type=application/rss+xml href=/comments/feed/>
            """)
        #expect(feeds.map(\.url) == ["/a", "/b", "/comments/feed/"].map { "https://site.example" + $0 })
        #expect(feeds.map(\.title) == ["News & more", feeds[1].url, feeds[2].url])
        #expect(feeds.map(\.language) == ["de", nil, nil])
        #expect(feeds.map(\.isComments) == [false, false, true])
    }

    @Test(
        "Link fields of the reply name feeds too",
        arguments: [
            ("</feed>; rel=alternate; type=\"application/rss+xml\"", ["https://site.example/feed"]),
            (
                "<https://x.example/>; rel=next, <a,b.xml>; title=\"A, \\\"b\\\"; c\"; rel=\"alternate\";type=application/atom+xml",
                ["https://site.example/news/a,b.xml"]
            ),
            ("</a>; anchor=\"/other\"; rel=alternate; type=application/rss+xml", []),
            ("</feed>; rel=alternate; type=text/html; rel=feed", []),
            ("<unclosed; rel=alternate", []),
            ("", []),
        ])
    func linkFields(field: String, urls: [String]) {
        let feeds = FeedDiscovery.feeds(in: [], url: "https://site.example/news/today.html", linkFields: [field])
        #expect(feeds.map(\.url) == urls)
        #expect(feeds.allSatisfy { $0.origin == .header })
    }

    @Test("A title of a Link field may be encoded")
    func encodedTitle() {
        let field = "</f>; rel=alternate; type=application/rss+xml; title=plain; title*=UTF-8'de'N%c3%a4chste"
        #expect(FeedDiscovery.feeds(in: [], url: nil, linkFields: [field]).map(\.title) == ["Nächste"])
    }

    @Test("Links of the text count where the page names no feed, if they look like feeds")
    func anchors() {
        let anchors = """
            <a href="/feed/">Subscribe</a> <a href="/x" type="application/atom+xml">x</a> <a href="/about">About</a>
            <a href="https://feeds.example/robots">Feed</a> <a href="/news?format=rss">all</a> <a href="#">RSS</a>
            <a href="/podcast"><img src=rss.png> RSS</a> <a href="/feed/picture.png">p</a> <a href=/last.rss>unclosed
            <a href="https://reader.example/add?url=https://site.example/feed">Add to reader</a>
            """
        let feeds = Self.found(anchors)
        #expect(
            feeds.map(\.url) == [
                "https://site.example/feed/", "https://site.example/x", "https://feeds.example/robots",
                "https://site.example/news?format=rss", "https://site.example/podcast", "https://site.example/last.rss",
            ])
        #expect(feeds.first?.title == "Subscribe")
        #expect(feeds.allSatisfy { $0.origin == .anchor })
        let named = Self.found(anchors + "<link rel=alternate type=application/rss+xml href=/named>")
        #expect(named.map(\.url) == ["https://site.example/named"])
    }

    @Test(
        "Well-known sites make their feeds' addresses by a rule",
        arguments: [
            (
                "https://www.youtube.com/channel/UCabc-1_2/videos",
                "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc-1_2"
            ),
            ("https://m.youtube.com/playlist?list=PLx", "https://www.youtube.com/feeds/videos.xml?playlist_id=PLx"),
            ("https://youtube.com/user/abc", "https://www.youtube.com/feeds/videos.xml?user=abc"),
            ("https://old.reddit.com/r/robotics/top/", "https://www.reddit.com/r/robotics/top/.rss"),
            ("https://github.com/a/b", "https://github.com/a/b/releases.atom"),
            ("https://github.com/a/b/commits/dev/x", "https://github.com/a/b/commits/dev/x.atom"),
            ("https://github.com/a/b/tags", "https://github.com/a/b/tags.atom"),
            ("https://github.com/a", "https://github.com/a.atom"),
            ("https://medium.com/@name/story-123", "https://medium.com/feed/@name"),
            ("https://blog.medium.com/", "https://blog.medium.com/feed"),
            ("https://robots.substack.com/p/post", "https://robots.substack.com/feed"),
            ("http://robots.wordpress.com/2026/", "https://robots.wordpress.com/feed/"),
            ("https://social.example/@robot_news", "https://social.example/@robot_news.rss"),
            ("https://arxiv.org/list/cs.RO/recent", "https://rss.arxiv.org/atom/cs.RO"),
        ])
    func providers(page: String, feed: String) {
        let feeds = FeedDiscovery.providerFeeds(for: page)
        #expect(feeds.first?.url == feed)
        #expect(feeds.allSatisfy { $0.origin == .provider })
        #expect(FeedDiscovery.guesses(for: page).first?.url == feed)
    }

    @Test(
        "Other addresses have no rule",
        arguments: [
            "https://example.org/channel/UCabc", "https://notgithub.com/a/b", "https://github.com/",
            "mailto:a@b.example",
            "https://www.youtube.com/@name", "https://social.example/@a/123", "https://substack.com/x", "nonsense", "",
        ])
    func noProvider(page: String) { #expect(FeedDiscovery.providerFeeds(for: page).isEmpty) }

    @Test("Usual paths are tried beside the page, then at the root, each once")
    func guesses() {
        let deep = FeedDiscovery.guesses(for: "https://site.example:8443/blog/2026/post.html?x").map(\.url)
        #expect(deep.first == "https://site.example:8443/blog/2026/feed")
        #expect(deep.contains("https://site.example:8443/rss.xml"))
        let root = FeedDiscovery.guesses(for: "https://site.example").map(\.url)
        #expect(root.first == "https://site.example/feed")
        #expect(Set(root).count == root.count && !root.contains { $0.contains("//feed") })
        #expect(FeedDiscovery.guesses(for: "ftp://site.example/").isEmpty)
    }

    @Test(
        "Hostile pages take no more than time in proportion",
        arguments: [
            String(repeating: "<a href=/feed/x>", count: 30_000),
            String(repeating: "<link rel=alternate type=application/rss+xml href=", count: 20_000),
            String(repeating: "<base href=x>", count: 30_000), "<a href=x>" + String(repeating: "<b>x", count: 50_000),
            String(repeating: "<link rel='" + String(repeating: "a ", count: 100) + "' href=x>", count: 1000),
        ])
    func hostile(page: String) {
        #expect(Self.found(page).count <= FeedDiscovery.limit)
        _ = FeedDiscovery.feeds(in: [], url: "https://e.example/", linkFields: [page])
        _ = FeedDiscovery.guesses(for: "https://e.example/" + page)
    }
}
