import Testing
import WirewatchMarkup

/// The tree as nested lists: `p(b('x') 'y')`.
func outline(_ source: String) -> String {
    let tree = MarkupTree(html: Array(source.utf8))
    var text = ""
    var ends: [Int] = []
    for index in tree.indices {
        while let last = ends.last, index >= last {
            text += ")"
            ends.removeLast()
        }
        if !text.isEmpty, !text.hasSuffix("(") { text += " " }
        let node = tree.nodes[index]
        switch node.kind {
        case .document: break
        case .text: text += "'" + tree.text(of: index) + "'"
        case .comment: text += "!"
        case .element:
            text += String(decoding: tree.source[node.range], as: UTF8.self).lowercased()
            if node.end > index + 1 {
                text += "("
                ends.append(node.end)
            }
        }
    }
    return text + String(repeating: ")", count: ends.count)
}

struct TreeTests {
    @Test(
        "faults are put right",
        arguments: [
            ("<p>a<p>b", "p('a') p('b')"),
            ("<p>a<div>b</div>c", "p('a') div('b') 'c'"),
            ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "ul(li('a') li('b' ul(li('c'))) li('d')) 'e'"),
            ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt('a') dd('b') dt('c'))"),
            ("<table><tr><td>a<td>b<tr><th>c</table>d", "table(tr(td('a') td('b')) tr(th('c'))) 'd'"),
            (
                "<table><thead><tr><td>a<tbody><tr><td>b</table>",
                "table(thead(tr(td('a'))) tbody(tr(td('b'))))"
            ),
            ("<td><div>a</td></div>b", "td(div('a')) 'b'"),
            ("<table><tr><td>a</div>b</td></tr></table>", "table(tr(td('a' 'b')))"),
            ("<select><option>a<option>b</select>c", "select(option('a') option('b')) 'c'"),
            ("<b>a<p>b</b>c</p>d", "b('a' p('b' 'c') 'd')"),
            ("<div><span>a</div>b</span>", "div(span('a')) 'b'"),
            ("<h2>a</h3>b", "h2('a') 'b'"),
            ("a<br>b<img src=x>c", "'a' br 'b' img 'c'"),
            ("</p></div>a", "'a'"),
            ("<html><head><title>t</title><p>a", "html(head(title('t')) p('a'))"),
            ("<html><head></head><body>a</body></html><p>b", "html(head body('a' p('b')))"),
            ("<p><x-y>a<x-z>b</x-y>c", "p(x-y('a' x-z('b')) 'c')"),
            ("<svg><path d=x /><g>a</g></svg>b", "svg(path g('a')) 'b'"),
            ("<a href=1>a<a href=2>b</a>", "a('a') a('b')"),
            ("<script>a<p></script><!-- c -->", "script('a<p>') !"),
        ])
    func recovery(source: String, expected: String) {
        #expect(outline(source) == expected)
    }

    @Test("text and attributes are decoded")
    func decoded() throws {
        let tree = MarkupTree(html: Array("<p title='a &amp; b' data-x>c &lt; <i>d</i></p>".utf8))
        let paragraph = try #require(tree.firstChild(of: 0))
        #expect(tree.nodes[paragraph].tag == .p)
        #expect(tree.value(paragraph, "title") == "a & b")
        #expect(tree.value(paragraph, "data-x") == "")
        #expect(tree.value(paragraph, "id") == nil)
        #expect(tree.text(of: paragraph) == "c < d")
        #expect(tree.nextSibling(of: paragraph) == nil)
        #expect(tree.nodes[paragraph].parent == 0)
    }

    @Test("children are walked in order")
    func children() throws {
        let tree = MarkupTree(html: Array("<ul><li>a<b>b</b></li><li>c</li><li></li></ul>".utf8))
        let list = try #require(tree.firstChild(of: 0))
        var count = 0
        var child = tree.firstChild(of: list)
        while let node = child {
            #expect(tree.nodes[node].tag == .li)
            #expect(tree.nodes[node].parent == list)
            count += 1
            child = tree.nextSibling(of: node)
        }
        #expect(count == 3)
    }

    @Test("the limits on nodes and depth hold, and text beyond the depth stays")
    func limits() {
        var limits = MarkupTree.Limits()
        limits.depth = 10
        let deep = String(repeating: "<div>", count: 50) + "a" + String(repeating: "</div>", count: 50) + "<p>b"
        let tree = MarkupTree(html: Array(deep.utf8), limits: limits)
        #expect(tree.isTruncated)
        #expect(tree.text(of: 0) == "ab")
        let last = tree.indices.last!
        #expect(tree.nodes[tree.nodes[last].parent!].parent == 0)  // the paragraph stands beside the outermost div
        limits.nodes = 20
        #expect(MarkupTree(html: Array(deep.utf8), limits: limits).nodes.count == 20)
    }
}
