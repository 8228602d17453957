import Testing
import WirewatchKit

@testable import WirewatchHTTP

/// 2026-01-04T12:00:00Z.
private let noon = Timestamp(seconds: 1_767_528_000)

@Suite struct HTTPDateTests {
    @Test(
        "the three forms of RFC 9110 mean one instant",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
            "Sun, 6 Nov 1994 08:49:37 +0000",
        ])
    func forms(text: String) {
        #expect(HTTPDate.parse(text, now: noon)?.seconds == 784_111_777)
    }

    @Test(
        "a two-digit year is the nearest one",
        arguments: [
            ("Friday, 02-Jan-26 00:00:00 GMT", 2026), ("Wednesday, 01-Jan-76 00:00:00 GMT", 2076),
            ("Saturday, 01-Jan-77 00:00:00 GMT", 1977),
        ])
    func century(text: String, year: Int) {
        #expect(HTTPDate.parse(text, now: noon)?.civil.year == year)
    }

    @Test(
        "what is no date is none",
        arguments: [
            "", "0", "-1", "tomorrow", "Sun, 31 Feb 2026 00:00:00 GMT", "Sunday, 06-Nov-94 25:00:00 GMT", "2026-01-04",
        ])
    func nonsense(text: String) {
        #expect(HTTPDate.parse(text, now: noon) == nil)
    }

    @Test func `a date is written as servers expect it`() {
        #expect(HTTPDate.format(Timestamp(seconds: 784_111_777)) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.format(noon) == "Sun, 04 Jan 2026 12:00:00 GMT")
    }
}

@Suite struct FreshnessTests {
    @Test(
        "the lifetime is what the server grants",
        arguments: [
            ([], nil), ([("Cache-Control", "max-age=600")], 600),
            ([("Cache-Control", "public, MAX-AGE = \"600\"")], 600),
            ([("Cache-Control", "public"), ("cache-control", "max-age=60")], 60),
            ([("Cache-Control", "max-age=60, max-age=600")], 60),
            ([("Cache-Control", "max-age=600"), ("Age", "200")], 400),
            ([("Cache-Control", "max-age=600"), ("Age", "2000")], 0),
            ([("Cache-Control", "max-age=600"), ("Age", "x")], 600),
            ([("Cache-Control", "max-age=abc")], 0), ([("Cache-Control", "max-age=-5")], 0),
            ([("Cache-Control", "max-age=99999999999999999999")], 31_536_000),
            ([("Cache-Control", "s-maxage=600")], nil), ([("Cache-Control", "no-cache, max-age=600")], 0),
            ([("Cache-Control", "no-cache=\"set-cookie, x\", max-age=600")], 600),
            ([("Pragma", "no-cache")], 0), ([("Pragma", "no-cache"), ("Cache-Control", "max-age=5")], 5),
            ([("Expires", "Sun, 04 Jan 2026 12:10:00 GMT")], 600),
            ([("Expires", "Sun, 04 Jan 2026 12:10:00 GMT"), ("Date", "Sun, 04 Jan 2026 12:05:00 GMT")], 300),
            ([("Expires", "Sun, 04 Jan 2026 11:00:00 GMT")], 0), ([("Expires", "0")], 0), ([("Expires", "-1")], 0),
            ([("Expires", "Sun, 04 Jan 2026 12:10:00 GMT"), ("Cache-Control", "max-age=60")], 60),
        ] as [([(String, String)], Int?)])
    func lifetime(fields: [(String, String)], seconds: Int?) {
        let freshness = Freshness(HTTPHeaders(fields.map { (name: $0.0, value: $0.1) }), now: noon)
        #expect(freshness.lifetime == seconds.map { .seconds($0) })
    }

    @Test func `no-store is noticed`() {
        #expect(Freshness(HTTPHeaders([("Cache-Control", "private, no-store")]), now: noon).forbidsStoring)
        #expect(!Freshness(HTTPHeaders([("Cache-Control", "x=\"no-store\"")]), now: noon).forbidsStoring)
    }

    @Test(
        "Retry-After is read in each of its forms",
        arguments: [
            (nil, nil), ("", nil), ("120", 120), (" 120 ", 120), ("0", 0), ("1.2", 2), ("-5", nil), ("soon", nil),
            ("99999999999999999999999", 604_800), ("Sun, 04 Jan 2026 12:01:00 GMT", 60),
            ("Sunday, 04-Jan-26 12:01:00 GMT", 60), ("Sun Jan  4 12:01:00 2026", 60),
            ("Sun, 04 Jan 2026 11:00:00 GMT", 0), ("Sun, 04 Jan 2099 11:00:00 GMT", 604_800),
        ] as [(String?, Int?)])
    func retryAfter(value: String?, seconds: Int?) {
        #expect(RetryAfter.delay(value, now: noon) == seconds.map { .seconds($0) })
    }

    @Test func `Retry-After is kept within bounds`() {
        #expect(RetryAfter.delay("5", now: noon, bounds: .seconds(30) ... .seconds(60)) == .seconds(30))
        #expect(RetryAfter.delay("500", now: noon, bounds: .seconds(30) ... .seconds(60)) == .seconds(60))
    }
}

@Suite struct BackoffTests {
    @Test func `waits double up to the limit, and jitter shortens them by no more than its share`() {
        let backoff = Backoff(base: .seconds(10), limit: .seconds(100), jitter: 0.5)
        #expect(backoff.delay(failures: 0, seed: 1) == .zero)
        for (failures, full) in [(1, 10), (2, 20), (3, 40), (4, 80), (5, 100), (500, 100), (Int.max, 100)] {
            for seed in UInt64(0)..<100 {
                let wait = backoff.delay(failures: failures, seed: seed)
                #expect(wait > .seconds(full) / 2 - .milliseconds(1) && wait <= .seconds(full))
            }
        }
    }

    @Test func `the same seed gives the same wait, others spread`() {
        let backoff = Backoff()
        let waits = (0..<1000).map { backoff.delay(failures: 3, seed: Backoff.seed("feed-\($0)")) }
        #expect(waits == (0..<1000).map { backoff.delay(failures: 3, seed: Backoff.seed("feed-\($0)")) })
        let early = waits.filter { $0 < .seconds(240) * 0.75 }.count
        #expect((400...600).contains(early))
        let shares = (0..<1000).map { Backoff.share(seed: Backoff.seed("feed-\($0)")) }
        #expect(shares.allSatisfy { (0..<1).contains($0) })
        for tenth in 0..<10 { #expect((60...140).contains(shares.filter { Int($0 * 10) == tenth }.count)) }
    }
}

@Suite struct RobotsTXTTests {
    private static let site = """
        Allow: /before-any-group
        User-agent: Wirewatch/1.0 (crawler)
        Disallow: /private   # not for machines
        Allow: /private/open
        Disallow: /*.pdf$
        Disallow: /search*page=
        Crawl-delay: 2.5
        Sitemap: https://example.org/news.xml

        user-agent: other
        user-agent: third
        disallow: /

        User-agent: *
        Disallow: /all

        User-agent: wirewatch
        Disallow: /later
        Disallow: /ein%c3%a4/
        Disallow: /%74ilde
        """

    @Test(
        "the longest rule of the crawler's groups decides",
        arguments: [
            ("wirewatch", "/", true), ("WireWatch", "/private", false), ("wirewatch", "/privateer", false),
            ("wirewatch", "/private/open/x", true), ("wirewatch", "/a/b.pdf", false), ("wirewatch", "/a/b.pdf?x", true),
            ("wirewatch", "/search?q=1&page=2", false), ("wirewatch", "/search", true),
            ("wirewatch", "/later/x", false),
            ("wirewatch", "/all", true), ("wirewatch", "/ein%C3%A4/", false), ("wirewatch", "/tilde", false),
            ("other", "/x", false), ("third", "/x", false), ("third", "/robots.txt", true),
            ("someone", "/all/x", false),
            ("someone", "/Private", true), ("someone", "/private", true),
        ])
    func rules(agent: String, path: String, isAllowed: Bool) throws {
        let robots = RobotsTXT(Array(Self.site.utf8))
        #expect(try robots.allows(HTTPURL("https://example.org" + path), agent: agent) == isAllowed)
    }

    @Test func `delay and sitemaps are read`() {
        let robots = RobotsTXT(Array(Self.site.utf8))
        #expect(robots.crawlDelay(agent: "wirewatch") == .milliseconds(2500))
        #expect(robots.crawlDelay(agent: "someone") == nil)
        #expect(robots.sitemaps == ["https://example.org/news.xml"])
        for value in ["-1", "x", "nan", "1e99", "inf"] {
            let delay = RobotsTXT(Array("user-agent: *\ncrawl-delay: \(value)".utf8)).crawlDelay(agent: "a")
            #expect(delay == nil || delay == .seconds(3600))
        }
    }

    @Test(
        "odd files are read as crawlers read them",
        arguments: [
            ("", true), ("\u{FEFF}User-agent: *\nDisallow: /", false), ("User-agent *\rDisallow /", false),
            ("user-agent: *\ndisalow: /", false), ("user-agent: *\ndisallow:", true), ("disallow: /", true),
            ("user-agent: *\ndisallow: /x\nallow: /x", true), ("user-agent: *\ndisallow: *x", false),
            ("user-agent: *\ndisallow: /x$", false), ("user-agent: *\ndisallow: /x$y", true),
            ("user-agent: *\ndisallow: /**x**", false), ("user-agent: *\ndisallow: $", true),
        ])
    func odd(text: String, isAllowed: Bool) {
        #expect(RobotsTXT(Array(text.utf8)).allows(target: "/x", agent: "wirewatch") == isAllowed)
    }

    @Test func `the status of robots.txt itself decides where there is none`() {
        let closed = Array("user-agent: *\ndisallow: /".utf8)
        for (status, isAllowed) in [
            (200, false), (301, true), (404, true), (403, true), (429, false), (500, false), (503, false),
        ] {
            #expect(RobotsTXT(status: status, body: closed).allows(target: "/x", agent: "a") == isAllowed)
        }
    }

    @Test func `only the first 500 KiB are read, and rules that fill them stay cheap`() {
        var text = "user-agent: *\n" + String(repeating: "disallow: /aaaa*aaaaaaaaaaab\n", count: 30_000)
        #expect(RobotsTXT(Array(text.utf8)).allows(target: "/" + String(repeating: "a", count: 5000), agent: "x"))
        text += "disallow: /x\n"
        #expect(RobotsTXT(Array(text.utf8)).allows(target: "/x", agent: "x"))
    }
}
