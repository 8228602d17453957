import Testing

@testable import WirewatchHTTP

@Suite struct HTTPURLTests {
    @Test(
        "a URL is read into its normal form",
        arguments: [
            ("http://Example.ORG", "http://example.org/"),
            ("  HTTPS://example.org:443/a b\n", "https://example.org/a%20b"),
            ("http://example.org:8080/x?q=\u{E4}#part", "http://example.org:8080/x?q=%C3%A4"),
            ("http://example.org/a/./b/../c/%2e%2E/d/.", "http://example.org/a/d/"),
            ("http://example.org/../../x", "http://example.org/x"),
            ("http://example.org\\a\\b", "http://example.org/a/b"),
            ("http://example.org?x=1", "http://example.org/?x=1"),
            ("http://example.org/a//b/", "http://example.org/a//b/"),
            ("http://[2001:DB8:0:0::1]:80/", "http://[2001:db8::1]/"),
            ("http://127.1/", "http://127.0.0.1/"),
            ("http://0x7f.0.0.1/", "http://127.0.0.1/"),
            ("http://2130706433/", "http://127.0.0.1/"),
            ("http://m\u{FC}nchen.example/", "http://m\u{FC}nchen.example/"),
            ("http://ex%61mple.org/", "http://example.org/"),
            ("http://user:p%40ss@example.org/x", "http://example.org/x"),
            ("http://a_b.example.org./", "http://a_b.example.org./"),
            ("http://example.org/100%", "http://example.org/100%"),
        ])
    func reading(text: String, expected: String) throws {
        #expect(try HTTPURL(text).text == expected)
    }

    @Test(
        "the short way to read a usual URL gives what the long one does, and leaves the rest to it",
        arguments: [
            ("http://a/", true), ("http://example.org", true), ("https://example.org:443/feed.xml?a=b?c&d=%20", true),
            ("https://example.org:8443/a.b/c%20d/..e/x", false), ("http://127.0.0.1:80/x", true),
            ("http://a-b_c.d9.e/?", true),
            ("http://1.2.3.four/x", true), ("http://10.20.30.255:65535/", true),
            ("https://a.b/~c/d,e;f=g/(h)!*'@:", true),
            ("http://127.0.0.01/", false), ("http://256.0.0.1/", false), ("http://1.2.3/", false),
            ("http://a.1/", false),
            ("http://127.0.0.1./", false), ("http://.a/", false), ("http://a../", false), ("http://A.org/", false),
            ("http://a:/", false), ("http://a:0/", false), ("http://a:65536/", false), ("http://a:123456/", false),
            ("http://a:8x/", false), ("http://u@a/", false), ("http://u:1@a/", false), ("http://a?b", false),
            ("http://a/b#c", false), ("http://a/./b", false), ("http://a/%2e/b", false), ("http://a/b c", false),
            ("http://a/\u{E4}", false), ("http://a/b\\c", false), ("http:/a", false), ("ftp://a.org/", false),
            ("https://", false),
            ("http://", false), ("", false),
        ])
    func usual(text: String, isUsual: Bool) throws {
        let short = URLParser.usual(text)
        #expect((short != nil) == isUsual)
        if let short { #expect(try short == URLParser.any(text)) }
    }

    @Test(
        "what is no http URL is refused with the reason",
        arguments: [
            ("", "no scheme"), ("example.org/x", "no scheme"), ("ftp://example.org/", "scheme ftp"),
            ("file:///etc/passwd", "scheme file"), ("http:/example.org", "no host"), ("http:///x", "no host"),
            ("http://exa mple.org/", "no name or address"), ("http://a|b/", "no name or address"),
            ("http://example.org:99999/", "port"), ("http://example.org:x/", "port"), ("http://example.org:0/", "port"),
            ("http://[1::2::3]/", "IPv6"), ("http://[::1%25eth0]/", "IPv6"), ("http://[::1]x/", "bracket"),
            ("http://1.2.3.4.5/", "IPv4"), ("http://256.1.1.1/", "IPv4"), ("http://%00/", "no name or address"),
            ("http://a%0d%0ab/", "no name or address"), ("http://\(String(repeating: "a", count: 20_000))/", "longer"),
        ])
    func refusing(text: String, reason: String) {
        let error = #expect(throws: HTTPError.self) { try HTTPURL(text) }
        #expect(error?.kind == .badURL)
        #expect(error?.detail.contains(reason) == true, "\(error.map(\.description) ?? "")")
    }

    @Test func `credentials are read, and shown nowhere`() throws {
        let url = try HTTPURL("https://me:s%3Acret@example.org/")
        #expect(url.user == "me")
        #expect(url.password == "s:cret")
        #expect(!"\(url) \(url.redacted)".contains("cret"))
        let keyed = try HTTPURL("https://example.org/x?id=7&API_KEY=abc&token=def&flag")
        #expect(keyed.redacted == "https://example.org/x?id=7&API_KEY=...&token=...&flag")
        let error = #expect(throws: HTTPError.self) { try HTTPURL("https://me:secret@exa mple.org/") }
        #expect(error?.description.contains("secret") == false)
    }

    @Test(
        "references are resolved as RFC 3986 section 5.4 says",
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q"),
            (";x", "http://a/b/c/;x"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("..", "http://a/b/"),
            ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../../g", "http://a/g"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("https://x.example/", "https://x.example/"), ("http:g", "http://a/b/c/g"), ("\n/g \t", "http://a/g"),
        ])
    func resolving(reference: String, expected: String) throws {
        #expect(try HTTPURL("http://a/b/c/d;p?q").resolving(reference).text == expected)
    }

    @Test(
        "one page has one canonical URL",
        arguments: [
            ("https://example.org/a?utm_source=x&id=7&UTM_Medium=y", "https://example.org/a?id=7"),
            ("https://example.org/a?fbclid=1", "https://example.org/a"),
            ("https://Example.org:443/%7Euser/%e4?a=%2f", "https://example.org/~user/%E4?a=%2F"),
            ("https://example.org/a#comments", "https://example.org/a"),
            ("https://example.org/#!/a", "https://example.org/#!/a"),
            ("https://example.org/a?ref=news.example", "https://example.org/a"),
            ("https://example.org/a?ref=main", "https://example.org/a?ref=main"),
            ("https://example.org/?b=2&a=1&&", "https://example.org/?b=2&a=1"),
            ("https://example.org/p?flag&x=", "https://example.org/p?flag&x="),
            ("mailto:someone@example.org", "mailto:someone@example.org"),
        ])
    func canonical(text: String, expected: String) {
        #expect(CanonicalURL(text, ownHosts: ["news.example"])?.text == expected)
    }

    @Test(
        "decoding makes no code of a percent sign that began none",
        arguments: [
            ("https://a.example/100%%44d", "https://a.example/100%%44d"),
            ("https://a.example/100%4%34?%%66a", "https://a.example/100%4%34?%%66a"),
            ("https://a.example/100%%2fx%41", "https://a.example/100%%2FxA"),
        ])
    func looseSigns(text: String, expected: String) {
        #expect(CanonicalURL(text)?.text == expected)
        #expect(CanonicalURL(expected)?.text == expected)
    }

    @Test func `a URL that looks canonical is what the parser makes of it`() throws {
        let schemes = ["http://", "https://", "HTTP://", "http:", "https:/"]
        let hosts = [
            "example.org", "a_b.example", "x", "Example.org", "example.org.", ".example", "a..b", "127.0.0.1", "1.2",
            "a.0x7f",
            "a.7f", "h\u{F6}st.example", "u@h.example", "h.example:80", "h.example:8080", "[::1]", "", "a%62.example",
        ]
        let paths = [
            "", "/", "/a", "/a/", "//a", "/a//b", "/./a", "/a/..", "/.well-known", "/a.b", "/..a", "/%7Ea", "/%c3%A9",
            "/a b",
            "/a\\b", "/\u{E9}", "/{a}", "/a?b", "/?utm_source=x", "/a#b", "/a|b", "/a'b", "/a;b=c,d", "/~a", "/\"", " ",
            "/a\n",
        ]
        var seen = 0
        for scheme in schemes {
            for host in hosts {
                for path in paths {
                    let text = scheme + host + path
                    guard let url = try? HTTPURL(text) else { continue }
                    seen += 1
                    #expect(CanonicalURL(text)?.text == CanonicalURL(url).text, "\(text)")
                }
            }
        }
        #expect(seen > 500)
    }

    @Test func `what is no URL has no canonical form`() {
        #expect(CanonicalURL("https://a|b/") == nil)
        #expect(CanonicalURL("just text") == nil)
    }

    @Test(
        "special addresses are known in all their forms",
        arguments: [
            "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.9", "169.254.169.254",
            "172.16.0.1", "172.31.255.255", "192.168.0.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "255.255.255.255",
            "168.63.129.16", "::", "::1", "::7f00:1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1",
            "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
            "2001:db8::1", "100::1", "5f00::1",
        ])
    func special(text: String) throws {
        #expect(try #require(IPAddress(text: text)).special != nil)
    }

    @Test(
        "public addresses are not special",
        arguments: [
            "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
            "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "223.255.255.255", "2606:4700::1111",
            "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
        ])
    func ordinary(text: String) throws {
        let address = try #require(IPAddress(text: text))
        #expect(address.special == nil)
        if !text.contains("ffff"), !text.contains("64:") { #expect(address.text == text) }
    }
}
