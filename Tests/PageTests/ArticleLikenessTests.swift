import Testing
import WirewatchHTTP
import WirewatchMarkup

@testable import WirewatchPage

@Suite struct ArticleLikenessTests {
    private func candidates(_ html: String) -> [LinkCandidate] {
        let tree = MarkupTree(html: Array(html.utf8))
        guard let base = try? HTTPURL("https://www.news.example/robots/") else { return [] }
        return LinkCandidate.all(PageLinks(tree, url: base.text), in: tree, base: base, select: nil, ignore: nil)
    }

    private func takes(_ html: String) throws -> [Bool] {
        let filter = LinkFilter(LinkOptions(), page: try HTTPURL("https://www.news.example/robots/"))
        return candidates(html).map { filter.isEligible($0) && filter.takes($0) }
    }

    @Test(
        "links that look like articles are taken",
        arguments: [
            ("/2026/01/a-robot-learns-to-walk", "A robot learns to walk"), ("/news/acme-ships-first-humanoid-hand", ""),
            ("/story/12345", "Acme ships its first hand"), ("/?p=1234", "Acme ships its first humanoid hand today"),
            ("/acme-ships-its-first-humanoid", "Acme ships its first humanoid"),
            ("/news.php?id=77", "Acme ships its first hand"),
            (
                "/articles/2601/04/news012.html",
                "\u{65B0}\u{578B}\u{30ED}\u{30DC}\u{30C3}\u{30C8}\u{304C}\u{6B69}\u{304F}\u{3053}\u{3068}"
            ),
            ("/blog/walking-machines-in-2026/", "Walking machines in 2026: a review"),
            ("/p/we-raised-a-round-3fa9c", "We raised a round"),
            ("https://blog.news.example/posts/why-we-build-arms", "Why we build arms"),
            ("/aktuelles/meldung/neuer-greifer-fuer-kleinteile", "Neuer Greifer f\u{FC}r Kleinteile"),
            ("/news/%E6%96%B0%E5%9E%8B%E6%9C%BA", "\u{65B0}\u{578B}\u{673A}\u{5668}\u{4EBA}\u{4ECA}\u{65E5}\u{53D1}"),
            ("/press-releases/2026-01-04-quarterly-figures", "Quarterly figures"),
            ("/how-we-keep-your-terms-simple-for-robots", "How we keep your terms simple for robots"),
        ])
    func articles(href: String, text: String) throws {
        #expect(try takes("<main><a href='\(href)'>\(text)</a></main>") == [true])
    }

    @Test(
        "links that look like something else are not",
        arguments: [
            ("/", "All the news of robots today"), ("/about", "All there is to know about us"),
            ("/tag/humanoid-robots-and-arms", "All about humanoid robots"),
            ("/category/news/industrial-robots-in-use", "Industrial robots in use"),
            ("/author/jane-doe-the-third", "Jane Doe the third"),
            ("/news/", "All our news of the week"), ("/news/page/2", "The next page of our news"),
            ("/news?page=2", "Next"),
            ("/login?next=/news/a-long-story-of-robots", "Log in to read the story"),
            ("/files/a-long-report-on-robots.pdf", "A long report on robots"),
            ("/privacy-policy-and-cookies", "Privacy and cookies"), ("/products/arm-x-100", "Arm X 100"),
            ("/robots/industrial-robots", "Industrial robots"),
            ("https://other.example/news/a-long-story-of-robots", "A long story of robots"),
            ("/robots/", "Robots, all of them and more"),
            ("/robots/?utm_source=x", "Robots, all of them and more"), ("/contact-us", "Contact us"),
            ("/team/jane-doe-sales", "Jane Doe"),
            ("/jobs/robot-engineer-munich", "Robot engineer, Munich"), ("/feed/", "The feed of all our stories"),
            ("/en", "English"),
        ])
    func others(href: String, text: String) throws {
        #expect(try takes("<main><a href='\(href)'>\(text)</a></main>") == [false])
    }

    @Test("a link's place and its rel count")
    func places() throws {
        let link = "<a href=/2026/01/a-robot-learns-to-walk>A robot learns to walk</a>"
        #expect(try takes("<nav>\(link)</nav>") == [false])
        #expect(try takes("<footer>\(link)</footer>") == [false])
        #expect(try takes("<nav>\(link)</nav>\(link)") == [true], "one good place is enough")
        #expect(try takes(link.replacing("<a ", with: "<a rel='sponsored nofollow' ")) == [false])
    }

    @Test("the links to one address count together")
    func merging() throws {
        let found = candidates(
            """
            <a href=/story/a><img alt=""></a><h3><a href="/story/a?utm_source=x">The long headline of it</a></h3><a href=/story/a#c>Read more</a>
            """)
        #expect(found.map(\.text) == ["The long headline of it"] && found[0].isHeading)
    }

    @Test(
        "words are counted in every script",
        arguments: [
            ("", 0), ("one", 1), ("One two, three!", 3), ("it's well-known", 2), ("5 kg of arms", 4),
            ("\u{65B0}\u{578B}\u{673A}\u{5668}", 2),
            ("\u{444}\u{443}\u{43D}\u{442} \u{43A}\u{433}", 2), ("\u{1F916} \u{2014} robots", 1),
        ])
    func words(text: String, count: Int) { #expect(ArticleLikeness.words(in: text) == count) }

    @Test(
        "a site is its host, what is below it, and what is above www",
        arguments: [
            ("news.example", "www.news.example", true), ("blog.news.example", "www.news.example", true),
            ("news.example", "blog.news.example", true),
            ("badnews.example", "news.example", false), ("news.example", "example", true),
            ("a.news.example", "b.news.example", false),
        ])
    func sites(a: String, b: String, same: Bool) { #expect(LinkFilter.isSameSite(a, b) == same) }
}
