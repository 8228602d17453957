import Testing
import WirewatchFeeds
import WirewatchMarkup
import WirewatchTesting

@Suite("Texts of feeds")
struct TextTests {
    @Test(
        "Atom's text types",
        arguments: [
            ("type='text'>1 &lt;b&gt; 2", "1 <b> 2", false), (">1 &lt;b&gt; 2", "1 <b> 2", false),
            ("type='html'>1 &lt;b&gt;2&lt;/b&gt;", "1 <b>2</b>", true),
            ("type='HTML'><![CDATA[<i>x</i>]]>", "<i>x</i>", true),
            (
                "type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'>1 &lt; <x:b>2</x:b><x:br/></x:div>",
                "<div>1 &lt; <b>2</b><br></div>", true
            ),
            ("type='xhtml'>1 &lt;b&gt;", "1 <b>", false),
            ("type='html'><div>1 &lt;b&gt;2&lt;/b&gt;</div>", "<div>1 <b>2</b></div>", true),
            ("type='application/octet-stream'>PHA+eDwvcD4=", "<p>x</p>", true),
            ("mode='base64' type='text/html'> PHA+\neDwv cD4 ", "<p>x</p>", true),
            (
                "type='xhtml'><div><![CDATA[a < b]]><a title='\"'/></div>",
                "<div>a &lt; b<a title=\"&quot;\"></a></div>", true
            ),
        ])
    func atom(text: String, expected: String, isHTML: Bool) throws {
        #expect(try entry("<content \(text)</content>").content == FeedText(expected, isHTML: isHTML))
    }

    /// White space collapsed a byte at a time, as the rule says: the reader looks at eight together.
    private static func collapsed(_ bytes: [UInt8]) -> [UInt8] {
        var words: [[UInt8]] = [[]]
        for byte in bytes {
            if byte > 0x20 { words[words.count - 1].append(byte) }
            if byte == 0x20 || (0x09...0x0D).contains(byte) { words.append([]) }
        }
        return Array(words.filter { !$0.isEmpty }.joined(separator: [0x20]))
    }

    @Test func `white space collapses wherever it stands`() {
        var random = SeededGenerator(seed: 1)
        let letters = Array("abcdefghijklmnopqrstuvw~   \t\n\r\u{0B}\u{01}\u{1F}\u{7F}".utf8)
        for round in 0..<20_000 {
            let some = round % 2 == 0 ? letters.count : 25
            let bytes = (0..<random.below(48)).map { _ in letters[random.below(some)] }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(FeedText(text, isHTML: false).lineUTF8 == Self.collapsed(bytes))
            #expect(FeedText(text, isHTML: false).plain == String(decoding: Self.collapsed(bytes), as: UTF8.self))
        }
    }

    @Test func `the line of a piece of HTML is that of its tokens, whatever stands in it`() {
        // Text by the whole tokenizer.
        func line(_ html: String) -> String {
            var tokenizer = HTMLTokenizer(Array(html.utf8))
            var text: [UInt8] = []
            var isSkipped = false
            while let token = tokenizer.next() {
                if token.kind == .text, !isSkipped { tokenizer.append(token.range, to: &text) }
                guard token.kind == .startTag || token.kind == .endTag else { continue }
                isSkipped = token.kind == .startTag && (token.tag == .script || token.tag == .style)
                if [.br, .p, .div, .li, .blockquote].contains(token.tag) { text.append(0x20) }
            }
            return String(decoding: Self.collapsed(text), as: UTF8.self)
        }
        let pieces = [
            "word", " ", "a longer run of plain words", "\n", "<", ">", "/", "=", "\"", "'", "&", ";", "#", "<p>",
            "</p>", "<br/>",
            "<BR>", "<a href=\"x?a=1&amp;b=2\">", "</a >", "<td>", "<b", "<i =x>", "<i a=>", "<i a='>'>",
            "<i a=\">\" b>", "<i/ >",
            "&amp;", "&lt;p&gt;", "&nbsp;", "&eacute", "&notit;", "&#8217;", "&#x41", "&#32;", "&bogus;", "&nGt;",
            "&amp",
            "<!-- x -->", "<?x>", "</>", "</ x>", "<script>a<b>", "</script>", "<title>&amp;<b>", "</title>", "<style>",
            "\u{0}",
            "\u{1}", "\u{B}", "\r\n", "\u{E9}\u{2014}", "<div\u{0}>", "<div\u{B}x>", "<li class=a/b>",
            "<blockquote cite=x>",
        ]
        var random = SeededGenerator(seed: 1)
        for round in 0..<30_000 {
            // Every second without what takes the whole tokenizer.
            let choice = round % 2 == 0 ? pieces.count : 37
            let html = "<p>" + (0..<random.below(12)).map { _ in pieces[random.below(choice)] }.joined()
            #expect(FeedText(html, isHTML: true).line == line(html), "\(html.debugDescription)")
        }
    }

    @Test(
        "RSS's texts are HTML when they look so",
        arguments: [
            ("a &lt;b&gt;c&lt;/b&gt;", "a <b>c</b>", true), ("<![CDATA[a <b>c</b>]]>", "a <b>c</b>", true),
            ("a <b>c</b>", "a <b>c</b>", true), ("2 &lt; 3 &gt; 1", "2 < 3 > 1", false), ("R &amp; D", "R & D", false),
            ("R &amp;amp; D", "R &amp; D", true), ("&nbsp;x&mdash;y&bogus;", "\u{A0}x\u{2014}y&bogus;", true),
            ("AT&T", "AT&T", false), ("a <br> b <![CDATA[<i>c</i>]]>", "a <br> b <i>c</i>", true),
            ("&#x41;&#66;&#8217;", "AB\u{2019}", false),
        ])
    func rss(text: String, expected: String, isHTML: Bool) throws {
        #expect(try item("<description>\(text)</description>").summary == FeedText(expected, isHTML: isHTML))
    }

    @Test(
        "a title is one line without markup, whose markup is kept beside it",
        arguments: [
            ("A &lt;em&gt;new&lt;/em&gt;\n  arm", "A new arm", "A <em>new</em>\n  arm"), ("Plain", "Plain", nil),
            ("2 &lt; 3", "2 < 3", nil), ("The &lt;canvas&gt;", "The", "The <canvas>"),
            ("&lt;canvas&gt;", "<canvas>", "<canvas>"),
        ] as [(String, String, String?)])
    func titles(text: String, title: String, html: String?) throws {
        let found = try item("<title>\(text)</title>")
        #expect(found.title == title)
        #expect(found.titleHTML == html)
    }

    @Test("references in markup are made absolute by the nearest base")
    func references() throws {
        let found = try entry(
            """
            <content type="xhtml" xml:base="sub/"><div><a href="x">1</a><p xml:base="/top/"><img src="y.png"/></p><q cite="#z"/></div></content>
            <summary type="html">&lt;a href='x?a=1&amp;amp;b=2'&gt;1&lt;/a&gt; &lt;a href="mailto:a@b"&gt;2&lt;/a&gt; &lt;img src=//cdn/z&gt;</summary>
            """, url: "https://example.org/feed/")
        #expect(
            found.content?.text
                == "<div><a href=\"https://example.org/feed/sub/x\">1</a><p><img src=\"https://example.org/top/y.png\"></p><q cite=\"https://example.org/feed/sub/#z\"></q></div>"
        )
        #expect(
            found.summary?.text
                == "<a href='https://example.org/feed/x?a=1&amp;b=2'>1</a> <a href=\"mailto:a@b\">2</a> <img src=https://cdn/z>"
        )
    }

    @Test(
        "relative links are resolved by xml:base, the feed's URL and its page, in this order",
        arguments: [
            ("<link>https://e.org/</link>", "<item><link>a</link></item>", nil, "https://e.org/a"),
            ("<link>https://e.org/</link>", "<item><link>a</link></item>", "https://f.org/x/y", "https://f.org/x/a"),
            ("", "<item xml:base='https://b.org/'><link>a</link></item>", "https://f.org/", "https://b.org/a"),
            ("", "<item xml:base='c/'><link>a</link></item>", "https://f.org/b/", "https://f.org/b/c/a"),
            ("", "<item><link>a</link></item>", nil, "a"),
        ] as [(String, String, String?, String)])
    func links(head: String, body: String, url: String?, expected: String) throws {
        #expect(try channel(head + body, url: url).items.first?.url == expected)
    }

    @Test("entities that the document declares as plain text are put in")
    func entities() throws {
        let title = try read(
            """
            <!DOCTYPE rss [<!ENTITY co "Example &#38; Co"><!ENTITY pair '&co;&co;'><!ENTITY far SYSTEM "file:///etc/hostname">
            <!ENTITY % p "x"><!ENTITY co "second">]><rss><channel><title>&co;, &pair; &far;<![CDATA[&co;]]></title></channel></rss>
            """
        ).title
        #expect(title == "Example & Co, &pair; &far;&co;")
    }

    @Test("what entities add is bounded")
    func entityGrowth() throws {
        let uses = String(repeating: "&e;", count: 4000)
        let value = String(repeating: "x", count: 1000)
        let feed = try read(
            "<!DOCTYPE rss [<!ENTITY e '\(value)'>]><rss><channel><description>\(uses)</description></channel></rss>")
        #expect((feed.description?.text.utf8.count ?? 0) < (1 << 20) + uses.utf8.count + 1000)
    }
}
