import Testing
import WirewatchMarkup
import WirewatchTesting

struct LinksTests {
    private func read(_ html: String, url: String? = "https://news.example/robots/index.html") -> PageLinks {
        PageLinks(html: Array(html.utf8), url: url)
    }

    @Test(
        "references are resolved against the page, or its base",
        arguments: [
            ("", "arm", "https://news.example/robots/arm"), ("", "/arm", "https://news.example/arm"),
            ("", "../arm?x=1&amp;y=2", "https://news.example/arm?x=1&y=2"),
            ("", "//cdn.example/a", "https://cdn.example/a"), ("", " a\n b ", "https://news.example/robots/a b"),
            ("", "?page=2", "https://news.example/robots/index.html?page=2"),
            ("", "mailto:a@b.example", "mailto:a@b.example"),
            ("<base href='/deep/er/'>", "arm", "https://news.example/deep/er/arm"),
            ("<base href='https://other.example/x/'><base href='/no/'>", "arm", "https://other.example/x/arm"),
            ("<base target=_top>", "arm", "https://news.example/robots/arm"),
            ("<base href='mailto:x'>", "arm", "https://news.example/robots/arm"),
        ])
    func resolving(base: String, href: String, expected: String) {
        #expect(read("<head>\(base)</head><a href='\(href)'>x</a>").links.map(\.url) == [expected])
    }

    @Test(
        "what leads nowhere else is no link", arguments: ["#top", "", "  ", "javascript:void(0)", "data:text/plain,x"])
    func nowhere(_ href: String) {
        #expect(read("<a href='\(href)'>x</a><a name=x>y</a>").links.isEmpty)
    }

    @Test("without an address, relative references stay as they are")
    func noBase() { #expect(read("<a href='a/b'>x</a>", url: nil).links.map(\.url) == ["a/b"]) }

    @Test(
        "a link's text is what a reader sees",
        arguments: [
            ("<a href=a>\n  An <b>arm</b>&nbsp;&amp;\n a hand </a>", "An arm & a hand"),
            ("<a href=a><h2>An arm</h2><p>It grips</p></a>", "An arm It grips"),
            ("<a href=a><img src=x alt='A robot arm'></a>", "A robot arm"),
            ("<a href=a><img src=x alt='A robot arm'>Arms</a>", "Arms"),
            ("<a href=a aria-label='About arms'><svg><path/></svg></a>", "About arms"),
            ("<a href=a title='About arms'></a>", "About arms"), ("<area href=a alt='A hand'>", "A hand"),
            ("<a href=a>x<script>var a = 1</script><style>b{}</style></a>", "x"),
            ("<a href=a>" + String(repeating: "\u{E9}", count: 400) + "</a>", String(repeating: "\u{E9}", count: 256)),
        ])
    func texts(html: String, expected: String) { #expect(read(html).links.map(\.text) == [expected]) }

    @Test(
        "a link's place comes from the elements round it",
        arguments: [
            ("<a href=a>x</a>", PageLink.Place.body), ("<div class=nav><a href=a>x</a></div>", .body),
            ("<nav><ul><li><a href=a>x</a></ul></nav>", .navigation), ("<main><p><a href=a>x</a></main>", .main),
            ("<article><header><h2><a href=a>x</a></h2></header></article>", .main),
            ("<main><footer><a href=a>x</a></footer></main>", .main),
            ("<main><nav><a href=a>x</a></nav></main>", .navigation),
            ("<header><a href=a>x</a></header>", .header), ("<footer><a href=a>x</a></footer>", .footer),
            ("<header>site</header><div><header><a href=a>x</a></header></div>", .body),
            ("<aside><article><a href=a>x</a></article></aside>", .aside),
            ("<div role=navigation><a href=a>x</a></div>", .navigation),
            ("<div role=MAIN><a href=a>x</a></div>", .main), ("<div role=contentinfo><a href=a>x</a></div>", .footer),
            ("<nav>y</nav><a href=a>x</a>", .body),
        ])
    func places(html: String, expected: PageLink.Place) { #expect(read(html).links.map(\.place) == [expected]) }

    @Test("a link in a heading, or with one in it, is a heading")
    func headings() {
        let links = read("<h2><a href=a>x</a></h2><a href=b><h3>y</h3></a><a href=c>z</a>").links
        #expect(links.map(\.isHeading) == [true, true, false])
    }

    @Test("what the page has for machines")
    func machines() {
        let page = read(
            """
            <head><link rel=Canonical href=/robots/><link rel=amphtml href=/amp/><link rel="next" href="?page=2">
            <link rel="alternate" type="application/rss+xml; charset=utf-8" title="All &amp; more" href=/feed>
            <link rel=alternate hreflang=de href=/de/><link rel="alternate stylesheet" href=/a.css>
            <meta http-equiv=Refresh content=" 5 ; URL = '/moved' "><meta name=ROBOTS content="NoIndex, nofollow">
            """)
        #expect(page.canonical == "https://news.example/robots/" && page.amp == "https://news.example/amp/")
        #expect(page.next == "https://news.example/robots/index.html?page=2")
        #expect(page.alternates.map(\.isFeed) == [true, false])
        #expect(page.alternates.map(\.title) == ["All & more", nil] && page.alternates.map(\.language) == [nil, "de"])
        #expect(page.refresh?.seconds == 5 && page.refresh?.url == "https://news.example/moved")
        #expect(page.robots.isNotFollowed && page.robots.isNotIndexed)
    }

    @Test("the next page may be named by a link of the page")
    func nextByLink() {
        #expect(read("<a rel='nofollow NEXT' href=/p/2>Older</a>").next == "https://news.example/p/2")
    }

    @Test("a refresh without an address, or without a number, is none", arguments: ["5", "", "url=/x", "x; url=/y"])
    func noRefresh(_ content: String) {
        #expect(read("<meta http-equiv=refresh content='\(content)'>").refresh == nil)
    }

    @Test("a refresh for browsers without scripts is passed over")
    func noscriptRefresh() {
        let meta = "<meta http-equiv=refresh content='0;url=/x'>"
        #expect(read("<head><noscript>\(meta)</noscript></head><p>a").refresh == nil)
        #expect(read("<head><noscript></noscript>\(meta)</head><p>a").refresh?.url == "https://news.example/x")
    }

    @Test(
        "X-Robots-Tag is read for us and for all",
        arguments: [
            ("nofollow", true), ("noindex", false), ("none", true), ("wirewatch: nofollow", true),
            ("otherbot: nofollow", false),
            ("otherbot: noindex, nofollow", false), ("otherbot: noindex, wirewatch: nofollow", true),
            ("unavailable_after: 25 Jun 2030 15:00:00 PST, nofollow", true), ("max-snippet:-1, NOFOLLOW", true),
            ("", false),
        ])
    func robotsField(value: String, isNotFollowed: Bool) {
        var robots = RobotsDirectives()
        robots.add(header: value, agent: "Wirewatch")
        #expect(robots.isNotFollowed == isNotFollowed)
    }

    @Test("a meta element for another robot is not for us, one for us is")
    func metaNames() {
        #expect(!read("<meta name=otherbot content=nofollow>").robots.isNotFollowed)
        #expect(read("<meta name=Wirewatch content=nofollow>").robots.isNotFollowed)
    }

    @Test("the charset of the page is followed")
    func charset() {
        let html = Array("<meta charset=windows-1252><a href=a>Caf".utf8) + [0xE9] + Array("</a>".utf8)
        #expect(PageLinks(html: html, url: nil).links.map(\.text) == ["Caf\u{E9}"])
    }

    /// Each would take hours were the work quadratic.
    @Test(
        "a megabyte of the same stays linear, and what is kept stays bounded",
        arguments: [
            "<a href=x>", "<a>", "<a href=x><div>", "<a href=x><h1>", "<div>", "<nav>", "<header><section>",
            "<base href=a/>",
            "<link rel=alternate href=x>", "<a href=\"\u{0}\">\u{0}", "<a href=x rel='a b'>text ",
            "<meta name=robots content='a,b'>",
            "<a href='../../../..'>",
        ])
    func bounded(_ piece: String) {
        let page = read(String(repeating: piece, count: (1 << 20) / piece.utf8.count))
        #expect(page.links.count <= 20_000 && page.alternates.count <= 20_000)
        #expect(page.links.allSatisfy { $0.text.utf8.count <= 512 && $0.url.utf8.count <= 8192 })
    }

    @Test("ten megabytes of links are read up to the limit")
    func manyLinks() {
        let page = read(String(repeating: "<a href=x>y", count: (10 << 20) / 11))
        #expect(page.links.count == 20_000 && page.isTruncated)
    }

    @Test("a text is cut between words, and between characters, within its limit", arguments: 500..<520)
    func cutting(length: Int) {
        for tail in [" b c d e f g", "\u{E9}\u{E9}\u{E9}", "\u{1F916} \u{1F916}", " \u{E9}"] {
            let text = read("<a href=x>\(String(repeating: "a", count: length))\(tail)</a>").links[0].text
            #expect((496...512).contains(text.utf8.count) && !text.contains("\u{FFFD}"), "\(text.utf8.count)")
        }
    }

    @Test("one address, one text or one attribute of a megabyte is left out or cut")
    func longParts() {
        let long = String(repeating: "a", count: 1 << 20)
        #expect(read("<a href='/\(long)'>x</a><a href=b>y</a>").links.map(\.text) == ["y"])
        #expect(read("<base href='/\(long)/'><a href=b>y</a>").links.map(\.url) == ["https://news.example/robots/b"])
        #expect(read("<a href=b>\(long)</a>").links.map { $0.text.utf8.count } == [512])
        #expect(read("<a href=b rel='\(long)' title='\(long)'></a>").links.map(\.text) == [""])
    }
}
