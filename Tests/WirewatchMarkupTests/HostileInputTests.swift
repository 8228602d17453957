import Testing
import WirewatchMarkup
import WirewatchTesting

struct HostileInputTests {
    static let sample = Array(
        """
        <!doctype html><html lang=en><head><meta charset=utf-8><title>A &amp; B</title>
        <script type='application/ld+json'>{"a":[1,"<b>"]}</script><style>p{}</style></head>
        <body><ul><li>one<li>two</ul><table><tr><td>x<td>y</table><!-- c --><p class="a b">Text &#8217; &hellip; <b>bold
        <i>x</b></i><a href="?a&b=1">l</a><svg><path d=""/></svg><select><option>1<option>2</select><![CDATA[ x ]]>
        <?xml version="1.0" encoding="gbk"?><!DOCTYPE x [<!ENTITY y "z">]><textarea></p></textarea></body></html>
        """.utf8)

    @Test("mutated documents never fail, and ranges stay within the source", arguments: 0..<8)
    func mutations(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<100 {
            var bytes = Self.sample
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                case 2: bytes.insert(Array("<>&;\"'/=-!?[]#x".utf8).randomElement(using: &random)!, at: at)
                default:
                    let other = Int.random(in: 0..<bytes.count, using: &random)
                    let part = Array(bytes[min(at, other)..<min(max(at, other), min(at, other) + 60)])
                    bytes.insert(contentsOf: part, at: at)
                }
            }
            var tokenizer = MarkupTokenizer(bytes)
            var at = 0
            while let token = tokenizer.next() {
                #expect(token.source.lowerBound == at && !token.source.isEmpty)
                at = token.source.upperBound
                #expect(token.name.upperBound <= at && token.content.upperBound <= at)
                _ = tokenizer.text(of: token)
                for attribute in tokenizer.attributes { _ = tokenizer.value(of: attribute) }
            }
            #expect(at <= bytes.count)
            check(MarkupTree(html: bytes))
            var options = MarkupTree.ParsingOptions()
            options.limits.depth = 16
            options.context = MarkupTree.FragmentContext(name: ["div", "td", "select", "template"][seed % 4])
            check(MarkupTree(html: bytes, options: options))
            _ = Charset.decode(bytes)
        }
    }

    /// Every node is in the subtree of its parent, in document order.
    private func check(_ tree: MarkupTree) {
        #expect(tree.nodes[0].kind == .document && tree.nodes[0].end == tree.nodes.count)
        for index in tree.indices.dropFirst() {
            let parent = tree.nodes[index].parent!
            #expect(parent < index && tree.nodes[index].end > index && tree.nodes[index].end <= tree.nodes[parent].end)
            for attribute in tree.attributes(of: index) { _ = tree.value(of: attribute) }
        }
        var order = 0
        var child = tree.firstChild(of: 0)
        while let node = child {
            #expect(node > order)
            order = node
            child = tree.nextSibling(of: node)
        }
        _ = tree.text(of: 0)
        _ = tree.outline()
    }

    /// Each would take very long were the work quadratic.
    @Test(
        "a quarter of a megabyte of the same stays linear",
        arguments: [
            "<div>", "<", "&", "&amp", "&#1", "<a b=c ", "<a b c d e>", "<!--", "<!-", "<![CDATA[", "<?x ",
            "<!DOCTYPE [\"",
            "<p>", "<b>", "<li>", "<td>", "<a>", "</x>", "<x-y></z>", "<table>", "<script><!--", "<title>", "--", "]]",
            "<svg/>", "<h1>", "<option>", "<p></div>", "<table><tr><td></div>", "\r", "\0",
            "&notanentityatallnotanentity", "<b><p>", "<a><div>", "<font size=1><p>x", "<i></b>",
            "<b a=1><i b=2><div></b>",
            "<table><tr>x", "<table><b>", "<table>x<tr><td>&amp;", "<select><option>", "<template>", "<svg><p>",
            "<svg><foreignObject>", "<button>", "</p>", "<object>", "<nobr>", "<form>", "<frameset>",
            "<html a><body b>",
            "<p><span></p>", "<math><mi><p>", "<x-a><x-b></x-c>",
        ])
    func repetition(unit: String) {
        let bytes = Array(String(repeating: unit, count: 250_000 / unit.utf8.count).utf8)
        var tokenizer = MarkupTokenizer(bytes)
        var count = 0
        while let token = tokenizer.next() {
            count += 1
            if token.kind == .text { _ = tokenizer.text(of: token) }
        }
        #expect(count <= bytes.count)
        var limits = MarkupTree.Limits()
        limits.nodes = 50_000
        let tree = MarkupTree(html: bytes, limits: limits)
        // One token may make as many more as formatting elements are opened again.
        #expect(tree.nodes.count <= 50_100)
        _ = tree.text(of: 0)
        _ = Charset.decode(bytes)
    }
}
