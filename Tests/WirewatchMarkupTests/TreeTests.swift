import Testing
import WirewatchMarkup

/// The tree as nested lists: `p(b('x') 'y')`.
func outline(_ source: String, context: String? = nil, scripting: Bool = false) -> String {
    var options = MarkupTree.ParsingOptions()
    options.scripting = scripting
    options.context = context.map { name in
        if name.hasPrefix("svg ") {
            return MarkupTree.FragmentContext(name: String(name.dropFirst(4)), namespace: .svg)
        }
        if name.hasPrefix("math ") {
            return MarkupTree.FragmentContext(name: String(name.dropFirst(5)), namespace: .mathML)
        }
        return MarkupTree.FragmentContext(name: name)
    }
    let tree = MarkupTree(html: Array(source.utf8), options: options)
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
        case .comment: text += "!" + tree.string(node.range)
        case .element:
            text += node.namespace == .html ? "" : node.namespace == .svg ? "svg:" : "math:"
            text += tree.name(of: index)
            for attribute in tree.attributes(of: index) {
                text += "[\(tree.string(attribute.name))=\(tree.value(of: attribute))]"
            }
            if node.end > index + 1 {
                text += "("
                ends.append(node.end)
            }
        }
    }
    return text + String(repeating: ")", count: ends.count)
}

/// What the body holds of a page whose head is empty.
func body(_ source: String) -> String {
    let whole = outline(source)
    let start = "html(head body("
    guard whole.hasPrefix(start), whole.hasSuffix("))") else { return whole }
    return String(whole.dropFirst(start.count).dropLast(2))
}

struct TreeTests {
    @Test(
        "faults are put right",
        arguments: [
            ("<p>a<p>b", "p('a') p('b')"),
            ("<p>a<div>b</div>c", "p('a') div('b') 'c'"),
            ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "ul(li('a') li('b' ul(li('c'))) li('d')) 'e'"),
            ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt('a') dd('b') dt('c'))"),
            ("<b>a<p>b</b>c</p>d", "b('a') p(b('b') 'c') 'd'"),
            ("<div><span>a</div>b</span>", "div(span('a')) 'b'"),
            ("<h2>a</h3>b", "h2('a') 'b'"),
            ("a<br>b<img src=x>c", "'a' br 'b' img[src=x] 'c'"),
            ("<p><x-y>a<x-z>b</x-y>c", "p(x-y('a' x-z('b')) 'c')"),
            ("<a href=1>a<a href=2>b</a>", "a[href=1]('a') a[href=2]('b')"),
        ])
    func recovery(source: String, expected: String) {
        #expect(body(source) == expected)
    }

    @Test("text and attributes are decoded")
    func decoded() throws {
        let tree = MarkupTree(html: Array("<P title='a &amp; b' Data-X>c &lt; <i>d</i></p>".utf8))
        let paragraph = try #require(tree.indices.first { tree.nodes[$0].tag == .p })
        #expect(tree.value(paragraph, "title") == "a & b")
        #expect(tree.value(paragraph, "data-x") == "")
        #expect(tree.value(paragraph, "id") == nil)
        #expect(tree.text(of: paragraph) == "c < d")
        #expect(tree.isElement(paragraph, named: "p"))
        #expect(tree.nextSibling(of: paragraph) == nil)
        let parent = try #require(tree.nodes[paragraph].parent)
        #expect(tree.nodes[parent].tag == .body)
    }

    @Test("children are walked in order")
    func children() throws {
        let tree = MarkupTree(html: Array("<ul><li>a<b>b</b></li><li>c</li><li></li></ul>".utf8))
        let list = try #require(tree.indices.first { tree.nodes[$0].tag == .ul })
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
        limits.depth = 20
        let deep = String(repeating: "<div>", count: 50) + "a" + String(repeating: "</div>", count: 50) + "<p>b"
        let tree = MarkupTree(html: Array(deep.utf8), limits: limits)
        #expect(tree.isTruncated)
        #expect(tree.text(of: 0) == "ab")
        let last = tree.indices.last!
        // The paragraph stands beside the outermost div, for each div beyond the depth took its own end tag.
        #expect(tree.nodes[tree.nodes[tree.nodes[last].parent!].parent!].tag == .body)
        limits.nodes = 20
        let short = MarkupTree(html: Array(deep.utf8), limits: limits)
        #expect(short.isTruncated && short.nodes.count == 20)
        #expect(!MarkupTree(html: Array("<p>a".utf8)).isTruncated)
    }

    @Test("a table where the stack is full has no effect on the mode")
    func fullStack() {
        var limits = MarkupTree.Limits()
        limits.depth = 16
        let source = String(repeating: "<i>", count: 40) + "<table><tr><td>a</table><select><option>b</select><p>c</p>d"
        let tree = MarkupTree(html: Array(source.utf8), limits: limits)
        #expect(tree.text(of: 0) == "abcd")
    }

    @Test("the outline shows namespaces, templates and the document type")
    func printed() {
        let source =
            "<!--c--><!doctype html><body class=x><svg viewbox=1 xlink:href=u><path/></svg><template>t</template>"
        #expect(
            MarkupTree(html: Array(source.utf8)).outline() == """
                | <!-- c -->
                | <!DOCTYPE html>
                | <html>
                |   <head>
                |   <body>
                |     class="x"
                |     <svg svg>
                |       viewBox="1"
                |       xlink href="u"
                |       <svg path>
                |     <template>
                |       content
                |         "t"

                """)
    }

    @Test(
        "quirks mode follows from the document type",
        arguments: [
            ("<!doctype html>", false), ("", true), ("<!doctype htm>", true), ("<!doctype html public>", true),
            ("<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>", false),
            ("<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 3.2 Final//EN'>", true),
            ("<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN'>", true),
            (
                "<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN' 'http://www.w3.org/TR/html4/loose.dtd'>",
                false
            ),
        ])
    func quirks(doctype: String, expected: Bool) {
        let tree = MarkupTree(html: Array((doctype + "<p>a<table>").utf8))
        #expect(tree.isQuirky == expected)
        // A table ends a paragraph, but not in quirks mode.
        let table = tree.indices.first { tree.nodes[$0].tag == .table }!
        #expect((tree.nodes[tree.nodes[table].parent!].tag == .p) == expected)
    }
}
