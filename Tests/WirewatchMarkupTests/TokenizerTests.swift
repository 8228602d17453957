import Testing
import WirewatchMarkup

/// One line per token: `<name a="v">`, `</name>`, `text`, `<!--c-->`, `<!name>`, `<?target data?>`.
func tokens(_ source: String) -> [String] {
    var tokenizer = MarkupTokenizer(Array(source.utf8))
    var lines: [String] = []
    while let token = tokenizer.next() {
        let name = tokenizer.string(of: token.name)
        let content = String(decoding: tokenizer.bytes[token.content], as: UTF8.self)
        switch token.kind {
        case .startTag:
            let attributes = tokenizer.attributes.map {
                " \(tokenizer.string(of: $0.name))=\"\(tokenizer.value(of: $0))\""
            }
            lines.append("<\(name)\(attributes.joined())\(token.isSelfClosing ? "/" : "")>")
        case .endTag: lines.append("</\(name)>")
        case .text: lines.append(tokenizer.text(of: token))
        case .comment: lines.append("<!--\(content)-->")
        case .doctype: lines.append("<!\(name)>")
        case .processingInstruction: lines.append("<?\(name) \(content)?>")
        }
    }
    return lines
}

struct TokenizerTests {
    @Test(
        "XML is split tolerantly",
        arguments: [
            ("<?xml version=\"1.0\"?><a/>", ["<?xml version=\"1.0\"?>", "<a/>"]),
            ("<dc:Creator>A &amp; B</dc:Creator>", ["<dc:Creator>", "A & B", "</dc:Creator>"]),
            ("<a><![CDATA[<b>&amp;]]]></a>", ["<a>", "<b>&amp;]", "</a>"]),
            ("<![CDATA[open", ["open"]),
            ("<t>caf&eacute; &nope; A & B &#8217;</t>", ["<t>", "caf\u{E9} &nope; A & B \u{2019}", "</t>"]),
            ("<t>&copy 1 &#65 2</t>", ["<t>", "&copy 1 &#65 2", "</t>"]),
            ("<a b='1' c=2 d>", ["<a b=\"1\" c=\"2\" d=\"\">"]),
            (
                "<!DOCTYPE r [<!ENTITY x \"]>\"><!-- don't --> <?p ?>]><r>&x;</r>",
                ["<!r>", "<r>", "&x;", "</r>"]
            ),
            ("<title>a<b/></title>", ["<title>", "a", "<b/>", "</title>"]),
            ("1 < 2 <é>", ["1 < 2 ", "<é>"]),
            ("<?open>x<?open>y", ["<?open ?>", "x", "<?open ?>", "y"]),
        ] as [(String, [String])])
    func xml(source: String, expected: [String]) {
        #expect(tokens(source) == expected)
    }

    @Test(
        "character references are decoded",
        arguments: [
            ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"), ("&notit;&notin;", "\u{AC}it;\u{2209}"),
            ("&hellip;&nbsp;&mdash;", "\u{2026}\u{A0}\u{2014}"), ("&#x1F600;&#128512", "\u{1F600}\u{1F600}"),
            ("&#150;&#x92;", "\u{2013}\u{2019}"),
            ("&#0;&#xD800;&#x110000;&#99999999999999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("&NotEqualTilde;", "\u{2242}\u{338}"), ("&", "&"), ("&#", "&#"), ("&#x;", "&#x;"),
            ("&zwnj;&Zacute;", "\u{200C}\u{179}"),
            ("&AElig;&zwj;", "\u{C6}\u{200D}"), ("R&D", "R&D"),
        ])
    func references(source: String, expected: String) {
        #expect(CharacterReferences.decode(source) == expected)
    }

    @Test("attributes beyond the limit are read over")
    func attributeLimit() {
        var tokenizer = MarkupTokenizer(Array("<a b c d e f>g".utf8))
        tokenizer.attributeLimit = 3
        _ = tokenizer.next()
        #expect(tokenizer.attributes.count == 3)
        #expect(tokenizer.next().map { tokenizer.text(of: $0) } == "g")
    }

    @Test("names have a prefix and a local part")
    func names() throws {
        var tokenizer = MarkupTokenizer(Array("<media:content url='u'>".utf8))
        let first = tokenizer.next()
        let token = try #require(first)
        #expect(tokenizer.isName(tokenizer.localName(of: token.name), "content"))
        #expect(tokenizer.isName(tokenizer.prefix(of: token.name), "media"))
        #expect(tokenizer.value("url") == "u")
        #expect(tokenizer.value("href") == nil)
    }

    @Test("tokens cover the source without gap")
    func coverage() {
        let source = "<!doctype x><a b=c>d<!--e--><script>f</script></a>< g &amp; <?h?><![CDATA[i]]>"
        var tokenizer = MarkupTokenizer(Array(source.utf8))
        var at = 0
        while let token = tokenizer.next() {
            #expect(token.source.lowerBound == at)
            at = token.source.upperBound
        }
        #expect(at == source.utf8.count)
    }
}
