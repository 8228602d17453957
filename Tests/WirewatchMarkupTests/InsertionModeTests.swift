import Testing
import WirewatchMarkup

/// One table of cases for each insertion mode of the WHATWG standard, and for the algorithms that they share.
struct InsertionModeTests {
    @Test(
        "before and in the head",
        arguments: [
            ("", "html(head body)"), (" \n a", "html(head body('a'))"),
            (
                "<!--1--><html a=b><!--2--><head c=d> <title> t</title>",
                "!1 html[a=b](!2 head[c=d](' ' title(' t')) body)"
            ),
            ("</p></div></br>a", "html(head body(br 'a'))"),
            ("</head></body>a", "html(head body('a'))"),
            ("<html><html a=1><html a=2 b=3>", "html[a=1][b=3](head body)"),
            ("<head><head></title><meta><p>", "html(head(meta) body(p))"),
            ("<title></p></title>x", "html(head(title('</p>')) body('x'))"),
            ("<head></head> <!--a--><link>b<link>", "html(head(link) ' ' !a body('b' link))"),
            ("<head></head><title>t</title> <body>", "html(head(title('t')) ' ' body)"),
            ("<script>a<b></script><style></p></style>", "html(head(script('a<b>') style('</p>')) body)"),
            ("\u{0}<p>", "html(head body(p))"),
            ("<body a=1><body a=2 b=3>", "html(head body[a=1][b=3])"),
        ])
    func head(source: String, expected: String) { #expect(outline(source) == expected) }

    @Test("noscript in the head is markup or text, as scripting is off or on")
    func noscript() {
        let source = "<head><noscript> <link><!--a--></noscript><meta>"
        #expect(outline(source) == "html(head(noscript(' ' link !a) meta) body)")
        #expect(outline(source, scripting: true) == "html(head(noscript(' <link><!--a-->') meta) body)")
        #expect(outline("<head><noscript><p>a") == "html(head(noscript) body(p('a')))")
        #expect(outline("<p><noscript><b>a", scripting: true) == "html(head body(p(noscript('<b>a'))))")
    }

    @Test(
        "in the body",
        arguments: [
            ("a\u{0}b", "'ab'"), ("<p>a</div>b</p>c", "p('ab') 'c'"), ("a</p>b", "'a' p 'b'"),
            ("a</br>b", "'a' br 'b'"),
            ("<div><p>a</div>b", "div(p('a')) 'b'"), ("<h1>a<h2>b</h1>c", "h1('a') h2('b') 'c'"),
            ("<pre>\n\na</pre><textarea>\nb</textarea>", "pre('\na') textarea('b')"),
            ("<form>a<form>b</form>c</form>d", "form('ab') 'cd'"), ("<form><div></form>a", "form(div('a'))"),
            ("<li>a<div><li>b", "li('a' div) li('b')"), ("<li>a<ul><li>b", "li('a' ul(li('b')))"),
            ("<li>a<p><li>b", "li('a' p) li('b')"),
            ("<dd>a<dt>b</dd>c", "dd('a') dt('bc')"), ("<ul><li>a</li></li>b</ul>", "ul(li('a') 'b')"),
            ("<button>a<button>b", "button('a') button('b')"),
            ("<button><p>a</button>b", "button(p('a')) 'b'"),
            ("<p><button><p>a", "p(button(p('a')))"),
            ("<object><p>a</p></p>b</object>c", "object(p('a') p 'b') 'c'"),
            ("<image src=a>", "img[src=a]"), ("<xmp><p></xmp><iframe><p></iframe>", "xmp('<p>') iframe('<p>')"),
            ("<p>a<plaintext><p>b", "p('a') plaintext('<p>b')"),
            ("<td>a<tr>b<col>c", "'abc'"), ("<ruby>a<rb>b<rt>c<rp>d", "ruby('a' rb('b') rt('c') rp('d'))"),
            ("<ruby><rtc>a<rt>b<rb>c", "ruby(rtc('a' rt('b')) rb('c'))"),
            ("<option>a<option>b<optgroup>c", "option('a') option('b') optgroup('c')"),
            ("<hr>a<wbr><embed>b</embed><param>", "hr 'a' wbr embed 'b' param"),
            ("<x-a>a<p>b</x-a>c", "x-a('a' p('bc'))"), ("<span>a<x-b>b</span>c", "span('a' x-b('b')) 'c'"),
            ("</table></caption>a", "'a'"), ("<search>a<p>b</search>c", "search('a' p('b')) 'c'"),
        ])
    func inBody(source: String, expected: String) { #expect(body(source) == expected) }

    @Test(
        "formatting elements are adopted and opened again",
        arguments: [
            ("<b>a<i>b</b>c</i>d", "b('a' i('b')) i('c') 'd'"),
            ("<p><b>a<p>b", "p(b('a')) p(b('b'))"),
            ("<b>a<div>b</b>c", "b('a') div(b('b') 'c')"),
            ("<a>a<div>b<div>c</a>d", "a('a') div(a('b') div(a('c') 'd'))"),
            ("<i><b><p>a</i>b", "i(b) b(p(i('a') 'b'))"),
            ("<b><i><u><s><p>a</b>b", "b(i(u(s))) i(u(s(p(b('a') 'b'))))"),
            ("<nobr>a<nobr>b", "nobr('a') nobr('b')"),
            ("<b><b><b><b>a<p>b", "b(b(b(b('a' p('b')))))"),
            ("<p><b><b><b><b>a<p>b", "p(b(b(b(b('a'))))) p(b(b(b('b'))))"),
            (
                "<p><font size=1><font size=2>a<p>b",
                "p(font[size=1](font[size=2]('a'))) p(font[size=1](font[size=2]('b')))"
            ),
            ("<b><applet>a</b>b</applet>c", "b(applet('ab') 'c')"),
            ("</b>a</i>", "'a'"), ("<em>a</strong>b</em>c", "em('ab') 'c'"),
        ])
    func formatting(source: String, expected: String) { #expect(body(source) == expected) }

    @Test(
        "tables",
        arguments: [
            ("<table><tr><td>a<td>b<tr><th>c</table>d", "table(tbody(tr(td('a') td('b')) tr(th('c')))) 'd'"),
            ("<table><thead><tr><td>a<tbody><td>b</table>", "table(thead(tr(td('a'))) tbody(tr(td('b'))))"),
            ("<table>a<tr>b<td>c</td>d</tr>e</table>", "'abde' table(tbody(tr(td('c'))))"),
            ("<table> <tr> </tr> </table>", "table(' ' tbody(tr(' ') ' '))"),
            ("<table> a <tr>", "' a ' table(tbody(tr))"),
            ("<table><div>a</div><tr><td>b", "div('a') table(tbody(tr(td('b'))))"),
            ("<table><b>a<tr><td>b", "b('a') table(tbody(tr(td('b'))))"),
            ("<table><caption>a<p>b<tr><td>c", "table(caption('a' p('b')) tbody(tr(td('c'))))"),
            ("<table><col><col><tr><td>a", "table(colgroup(col col) tbody(tr(td('a'))))"),
            ("<table><colgroup> a<col></table>", "'a' table(colgroup(' ') colgroup(col))"),
            ("<table><tr><td><table><tr><td>a</table>b", "table(tbody(tr(td(table(tbody(tr(td('a')))) 'b'))))"),
            ("<table><table>a", "table 'a' table"),
            ("<table><input type=hidden><input type=TEXT>", "input[type=TEXT] table(input[type=hidden])"),
            ("<table><form>a<input type=hidden></form>", "'a' table(form input[type=hidden])"),
            ("<table><td>a</div></tr>b</table>", "'b' table(tbody(tr(td('a'))))"),
            ("<table><tr></tbody><td>a</tfoot>b", "table(tbody(tr) tbody(tr(td('ab'))))"),
            ("<table><style>a</style><script>b</script>", "table(style('a') script('b'))"),
            ("<table>\u{0}a\u{0}", "'a' table"),
            ("<table><tr><td>a</caption></html>b", "table(tbody(tr(td('ab'))))"),
        ])
    func tables(source: String, expected: String) { #expect(body(source) == expected) }

    @Test(
        "selects hold what they like, and end at inputs, selects and tables",
        arguments: [
            ("<select><option>a<option>b</select>c", "select(option('a') option('b')) 'c'"),
            ("<select><optgroup><option>a<optgroup>b<hr>c", "select(optgroup(option('a')) optgroup('b') hr 'c')"),
            ("<select><div>a</div><b>b</select>c", "select(div('a') b('b')) b('c')"),
            ("<select>a<input>b", "select('a') input 'b'"), ("<select>a<select>b", "select('a') 'b'"),
            ("<p><select></p>a</select>", "p(select(p 'a'))"),
            ("<table><tr><td><select><option>a<td>b", "table(tbody(tr(td(select(option('a'))) td('b'))))"),
            ("<table><select><option>a<tr><td>b", "select(option('a')) table(tbody(tr(td('b'))))"),
            (
                "<select><button><selectedcontent>x</button><option>a<option selected><b>c</b>",
                "select(button(selectedcontent(b('c'))) option('a') option[selected=](b('c')))"
            ),
        ])
    func selects(source: String, expected: String) { #expect(body(source) == expected) }

    @Test(
        "templates keep their content to themselves",
        arguments: [
            ("<template><td>a</td><tr>b</template>c", "html(head(template(td('a') 'b')) body('c'))"),
            ("<div><template><tr><td>a</template>b", "html(head body(div(template(tr(td('a'))) 'b')))"),
            ("<table><template><col><tr></template><td>a", "html(head body(table(template(col) tbody(tr(td('a'))))))"),
            ("<template><div><template>a", "html(head(template(div(template('a')))) body)"),
            ("</template><template></p></template>a", "html(head(template) body('a'))"),
            ("<body><template><form>a</template><form>b", "html(head body(template(form('a')) form('b')))"),
            ("<b><template></b>a</template>b", "html(head body(b(template('a') 'b')))"),
        ])
    func templates(source: String, expected: String) { #expect(outline(source) == expected) }

    @Test(
        "SVG and MathML",
        arguments: [
            ("<svg><path d=x /><g>a</g></svg>b", "svg:svg(svg:path[d=x] svg:g('a')) 'b'"),
            ("<svg><foreignobject><p>a<svg></svg>b", "svg:svg(svg:foreignObject(p('a' svg:svg 'b')))"),
            ("<svg><title><b>a</title>b", "svg:svg(svg:title(b('ab')))"),
            ("<svg><title>a</title>b", "svg:svg(svg:title('a') 'b')"),
            ("<svg viewbox=1 preserveaspectratio=2 onclick=3>", "svg:svg[viewBox=1][preserveAspectRatio=2][onclick=3]"),
            ("<math definitionurl=a><mi>b<p>c</mi>d", "math:math[definitionURL=a](math:mi('b' p('cd')))"),
            ("<math><mtext><mglyph>a", "math:math(math:mtext(math:mglyph('a')))"),
            ("<math><annotation-xml><p>a", "math:math(math:annotation-xml) p('a')"),
            (
                "<math><annotation-xml encoding=text/html><p>a",
                "math:math(math:annotation-xml[encoding=text/html](p('a')))"
            ),
            ("<math><annotation-xml><svg>a", "math:math(math:annotation-xml(svg:svg('a')))"),
            ("<svg><g>a<p>b", "svg:svg(svg:g('a')) p('b')"), ("<svg>a</p>b", "svg:svg('a') p 'b'"),
            ("<svg><font>a<font color=x>b", "svg:svg(svg:font('a')) font[color=x]('b')"),
            ("<svg><![CDATA[<a>\u{0}]]></svg><![CDATA[b]]>", "svg:svg('<a>\u{FFFD}') ![CDATA[b]]"),
            ("<svg><SCRIPT>a</script>b", "svg:svg(svg:script('a') 'b')"),
            ("<p><svg></div>a</p>b", "p(svg:svg('a')) 'b'"),
            ("<svg><a><desc>b</svg>c", "svg:svg(svg:a(svg:desc('b'))) 'c'"),
        ])
    func foreign(source: String, expected: String) { #expect(body(source) == expected) }

    @Test(
        "framesets and what follows the body",
        arguments: [
            (
                "<frameset> a<frame><p><frameset></frameset></frameset> b<!--c-->",
                "html(head frameset(' ' frame frameset) ' ' !c)"
            ),
            ("<p><frameset>", "html(head frameset)"), ("<p>a<frameset>", "html(head body(p('a')))"),
            ("<frameset></frameset></html> a<!--b--><noframes>c", "html(head frameset ' ' noframes('c')) !b"),
            ("<p>a</body> <!--b--></html> <!--c-->", "html(head body(p('a  ')) !b) !c"),
            ("<p>a</body>b</html><p>c", "html(head body(p('ab') p('c')))"),
        ])
    func ends(source: String, expected: String) { #expect(outline(source) == expected) }

    @Test(
        "fragments are read as their context reads them",
        arguments: [
            ("<td>a</td><p>b", "tr", "td('a') p('b')"), ("a<td>b", "td", "'ab'"), ("<tr><td>a", "tbody", "tr(td('a'))"),
            ("<p></p>", "title", "'<p></p>'"), ("<p>a</script>", "script", "'<p>a</script>'"),
            ("<b>a", "plaintext", "'<b>a'"),
            ("<option>a<input>b", "select", "option('ab')"), ("<col><td>", "colgroup", "col"),
            ("<p>a", "svg path", "p('a')"), ("<g>a<![CDATA[b]]>", "svg svg", "svg:g('ab')"),
            ("<p>a", "svg desc", "p('a')"),
            ("<mi>a", "math math", "math:mi('a')"), ("<html a=b><body c=d>e", "div", "'e'"),
            ("<tr>a", "template", "tr 'a'"),
            ("<form>a", "form", "'a'"), ("<frame>", "frameset", "frame"), ("<body>a", "html", "head body('a')"),
        ])
    func fragments(source: String, context: String, expected: String) {
        #expect(outline(source, context: context) == expected)
    }
}
