import Testing
import WirewatchMarkup

/// One line per token: `<name a="v">`, `</name>`, `text`, `<!--c-->`, `<!name|public|system>`, with `!` when it is broken.
func htmlTokens(
    _ bytes: [UInt8], in model: HTMLTokenizer.ContentModel = .data, lastStartTag: String? = nil, cdata: Bool = false
) -> [String] {
    var tokenizer = HTMLTokenizer(bytes)
    tokenizer.begin(in: model, lastStartTag: lastStartTag)
    tokenizer.allowsCDATA = cdata
    var lines: [String] = []
    while let token = tokenizer.next() {
        let text = tokenizer.string(token.range)
        switch token.kind {
        case .startTag:
            let attributes = tokenizer.attributes.map {
                " \(tokenizer.string($0.name))=\"\(tokenizer.string($0.value))\""
            }
            lines.append("<\(text)\(attributes.joined())\(token.isSelfClosing ? "/" : "")>")
        case .endTag: lines.append("</\(text)>")
        case .text: lines.append(text)
        case .null: lines.append("NUL \(token.range.count)")
        case .comment: lines.append("<!--\(text)-->")
        case .doctype:
            let type = tokenizer.doctype
            let parts = [type.name, type.publicID, type.systemID].map { $0 ?? "-" }
            lines.append("<!\(parts.joined(separator: "|"))\(type.forcesQuirks ? "!" : "")>")
        }
    }
    return lines
}

struct HTMLTokenizerTests {
    @Test(
        "tags and text",
        arguments: [
            ("<p>a</p>", ["<p>", "a", "</p>"]),
            ("a < b <3 c<", ["a < b <3 c<"]),
            ("a</", ["a</"]),
            ("a</>b", ["a", "b"]),
            ("<a b='c'd=\"e\"f=g/h>", ["<a b=\"c\" d=\"e\" f=\"g/h\">"]),
            ("<A HREF=X B C = D>", ["<a href=\"X\" b=\"\" c=\"D\">"]),
            ("<a b=1 B=2 b='3' c>", ["<a b=\"1\" c=\"\">"]),
            ("<a/b/c=d>", ["<a b=\"\" c=\"d\">"]),
            ("<a =b=c \"=d '<=e>", ["<a =b=\"c\" \"=\"d\" '<=\"e\">"]),
            ("<br/><img src=x />", ["<br/>", "<img src=\"x\"/>"]),
            ("<a b=>c", ["<a b=\"\">", "c"]),
            ("<a b='\r\n\r'>", ["<a b=\"\n\n\">"]),
            ("</a b=c>d", ["</a>", "d"]),
            ("a<b c=\"d", ["a"]), ("a<b c", ["a"]), ("a</b ", ["a"]),
            ("a\r\nb\rc", ["a\nb\nc"]),
            ("<a\u{0}b \u{0}c\u{0}=\u{0}>", ["<a\u{FFFD}b \u{FFFD}c\u{FFFD}=\"\u{FFFD}\">"]),
            ("<p\u{0}>", ["<p\u{FFFD}>"]),
            ("a\u{0}\u{0}b", ["a", "NUL 2", "b"]),
        ] as [(String, [String])])
    func tags(source: String, expected: [String]) {
        #expect(htmlTokens(Array(source.utf8)) == expected)
    }

    @Test(
        "references in attributes and text",
        arguments: [
            ("<a href='?a=1&copy=2&lt;&amp'>", ["<a href=\"?a=1&copy=2<&\">"]),
            ("<a href=?x&notin;&notit;&not>", ["<a href=\"?x\u{2209}&notit;\u{AC}\">"]),
            ("<a href=\"&notx &not= &not;\">", ["<a href=\"&notx &not= \u{AC}\">"]),
            ("1 &lt 2 &ampx &#x41 &#65;", ["1 < 2 &x A A"]),
            ("&amp<b>&am", ["&", "<b>", "&am"]),
            ("&am\u{0}p;", ["&am", "NUL 1", "p;"]),
            ("&#13;&#0;&#x80;", ["\r\u{FFFD}\u{20AC}"]),
        ] as [(String, [String])])
    func references(source: String, expected: [String]) {
        #expect(htmlTokens(Array(source.utf8)) == expected)
    }

    @Test(
        "comments end where the standard ends them",
        arguments: [
            ("<!-- a -- b --><i>", ["<!-- a -- b -->", "<i>"]),
            ("<!--><b>", ["<!---->", "<b>"]), ("<!---><b>", ["<!---->", "<b>"]), ("<!----><b>", ["<!---->", "<b>"]),
            ("<!--a--!>b", ["<!--a-->", "b"]), ("<!---!>b", ["<!---!>b-->"]),
            ("<!--a<!--b-->c", ["<!--a<!--b-->", "c"]),
            ("<!--a", ["<!--a-->"]), ("<!--a-", ["<!--a-->"]), ("<!--a--", ["<!--a-->"]), ("<!--a---", ["<!--a--->"]),
            ("<!--a--!", ["<!--a-->"]), ("<!-", ["<!----->"]),
            ("<!-- \r\n\u{0}-->", ["<!-- \n\u{FFFD}-->"]),
            ("<?php echo 1 ?>x", ["<!--?php echo 1 ?-->", "x"]),
            ("<![CDATA[x]]>y", ["<!--[CDATA[x]]-->", "y"]),
            ("</ x>y", ["<!-- x-->", "y"]), ("<!x", ["<!--x-->"]),
        ] as [(String, [String])])
    func comments(source: String, expected: [String]) {
        #expect(htmlTokens(Array(source.utf8)) == expected)
    }

    @Test(
        "document types",
        arguments: [
            ("<!doctype html>", "<!html|-|->"), ("<!DOCTYPEhtml>", "<!html|-|->"), ("<!DOCTYPE>", "<!-|-|-!>"),
            ("<!doctype Html PUBLIC 'p' \"s\">", "<!html|p|s>"), ("<!doctype html public \"p\">", "<!html|p|->"),
            ("<!doctype html system 's' x>", "<!html|-|s>"), ("<!doctype html system>", "<!html|-|-!>"),
            ("<!doctype html public 'p>", "<!html|p|-!>"), ("<!doctype html x>", "<!html|-|-!>"),
            ("<!doctype html", "<!html|-|-!>"), ("<!doctype html public ''>", "<!html||->"),
            ("<!doctype \u{0}a>", "<!\u{FFFD}a|-|->"),
        ])
    func doctypes(source: String, expected: String) {
        #expect(htmlTokens(Array(source.utf8)) == [expected])
    }

    @Test(
        "elements with text content",
        arguments: [
            ("<title>a <b> &amp; c</title>d", ["<title>", "a <b> & c", "</title>", "d"]),
            ("<textarea>&lt;</textareas></TEXTAREA >", ["<textarea>", "<</textareas>", "</textarea>"]),
            ("<style>a{}&amp;</styles></STYLE >d", ["<style>", "a{}&amp;</styles>", "</style>", "d"]),
            ("<script>if(a<b)'</p>'</script>x", ["<script>", "if(a<b)'</p>'", "</script>", "x"]),
            ("<script><!--<script></script>--></script>x", ["<script>", "<!--<script></script>-->", "</script>", "x"]),
            ("<script><!--></script>", ["<script>", "<!-->", "</script>"]),
            ("<script><!--<script>--></script>", ["<script>", "<!--<script>-->", "</script>"]),
            ("<script><!--<script></script></script>", ["<script>", "<!--<script></script>", "</script>"]),
            ("<script><!--<scripty></script>", ["<script>", "<!--<scripty>", "</script>"]),
            ("<script></script>x", ["<script>", "</script>", "x"]),
            ("<plaintext>a</plaintext>\u{0}", ["<plaintext>", "a</plaintext>\u{FFFD}"]),
            ("<xmp>\r</xmp>", ["<xmp>", "\n", "</xmp>"]),
        ] as [(String, [String])])
    func rawText(source: String, expected: [String]) {
        #expect(htmlTokens(Array(source.utf8)) == expected)
    }

    @Test("sections are read where they are allowed, and NUL in them is handed on")
    func sections() {
        #expect(
            htmlTokens(Array("<![CDATA[a]]]b\r&amp;\u{0}]]>c".utf8), cdata: true) == ["a]]]b\n&amp;", "NUL 1", "c"])
        #expect(htmlTokens(Array("<![CDATA[a".utf8), cdata: true) == ["a"])
    }

    @Test("a tokenizer may begin within an element")
    func begin() {
        #expect(htmlTokens(Array("a</b></title>".utf8), in: .rcdata, lastStartTag: "TITLE") == ["a</b>", "</title>"])
        #expect(htmlTokens(Array("a</b>".utf8), in: .rawText) == ["a</b>"])
    }

    @Test("of many attributes the first of a name counts, up to the limit")
    func manyAttributes() {
        let names = (0..<100).map { "a\($0)" }
        let source = "<x " + (names + names.reversed() + ["b", "c"]).map { "\($0)=\($0)" }.joined(separator: " ") + ">"
        var tokenizer = HTMLTokenizer(Array(source.utf8))
        tokenizer.attributeLimit = 101
        _ = tokenizer.next()
        #expect(tokenizer.attributes.map { tokenizer.string($0.name) } == names + ["b"])
        #expect(tokenizer.attribute("a77").map { tokenizer.string($0.value) } == "a77")
        #expect(tokenizer.attribute("c") == nil)
    }
}
