import Testing
import WirewatchMarkup
import WirewatchTesting

struct SelectorTests {
    static let page = """
        <body id=top class="home wide"><nav><p id=a>a</p></nav><main class=Main><p id=b class="x price">b</p>
        <div data-kind="a b" lang=de-AT><ul><li id=c class=price>c<ul><li id=d>d</li></ul></li></ul><p id=e title="1 &lt; 2">e</p>
        <x-card id=f HIDDEN>f</x-card></div></main><p id=g class=prices>g</p></body>
        """

    @Test(
        "a selector finds what it says and nothing else",
        arguments: [
            ("p", "a b e g"), ("P", "a b e g"), ("#c", "c"), (".price", "b c"), ("p.price", "b"), (".x.price", "b"),
            ("main p", "b e"), ("main > p", "b"), ("main>p", "b"), ("ul > li", "c d"), ("li li", "d"), ("li > li", ""),
            ("main li > ul > li", "d"), ("body.wide.home nav p", "a"), ("nav p, #g,li", "a c d g"),
            ("*[id]", "top a b c d e f g"),
            ("[hidden]", "f"), ("x-card", "f"), ("main *[title]", "e"), ("[data-kind~=b] li", "c d"),
            ("[data-kind~='a b']", ""),
            ("[data-kind=\"a b\"] > p", "e"), ("[lang^=de] p", "e"), ("[lang$=AT] p", "e"), ("[class*=ric]", "b c g"),
            ("[title='1 < 2']", "e"), ("[ TITLE = '1 < 2' ]", "e"), ("main.main", ""), ("#B", ""), ("[class^='']", ""),
            ("[title=\"1 \\< 2\"]", "e"), ("#\\62", ""), ("body p , main", "a b e g"), ("div > p, div p", "e"),
            ("  p.x  ", "b"),
            ("nav main p", ""), ("main nav p", ""),
        ])
    func matching(text: String, expected: String) throws {
        let tree = MarkupTree(html: Array(Self.page.utf8))
        let found = try MarkupSelector(text).matches(in: tree).compactMap { tree.value($0, "id") }
        #expect(found.joined(separator: " ") == expected)
    }

    @Test(
        "what cannot be read is told with its place",
        arguments: [
            ("", 1, "missing"), ("  ", 3, "missing"), ("p,", 3, "missing"), ("p >", 4, "missing"),
            ("> p", 1, "cannot stand"),
            ("p:first-child", 2, "':'"), ("a + b", 3, "'+'"), ("a ~ b", 3, "'~'"), ("p #", 4, "name"),
            ("p.", 3, "name"),
            ("p .(x)", 4, "'('"), ("[a", 1, "']'"), ("p[a=]", 5, "']'"), ("[a=b c]", 6, "']'"), ("[a='b]", 4, "quote"),
            ("[a!=b]", 3, "'='"),
            ("\u{E9}\u{E9} :x", 4, "':'"), ("p{}", 2, "'{'"), ("p,,q", 3, "cannot stand"), ("a\\", 2, "'\\'"),
        ])
    func mistakes(text: String, position: Int, part: String) {
        #expect {
            try MarkupSelector(text)
        } throws: { error in
            let mistake = error as? MarkupSelector.Mistake
            return mistake?.position == position && mistake?.reason.contains(part) == true
        }
    }

    @Test("a selector that is too long is refused")
    func limits() {
        #expect(throws: MarkupSelector.Mistake.self) { try MarkupSelector(String(repeating: "p ", count: 65)) }
        #expect(throws: MarkupSelector.Mistake.self) { try MarkupSelector(String(repeating: "p", count: 5000)) }
        #expect(throws: Never.self) { try MarkupSelector(String(repeating: "p ", count: 64)) }
    }

    @Test("outermost matches do not overlap")
    func outermost() throws {
        let tree = MarkupTree(html: Array(Self.page.utf8))
        #expect(try MarkupSelector("li, p, ul").outermost(in: tree).count == 5)
    }

    /// The same by looking at each node's ancestors, for any tree.
    @Test("it finds what a search through all ancestors finds", arguments: 0..<20)
    func naive(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let names = ["div", "b", "i", "ul"]
        var html = ""
        for _ in 0..<400 {
            let name = names[random.below(4)]
            html += random.below(2) == 0 ? "<\(name) class=c\(random.below(3))>" : "</\(name)>"
        }
        let tree = MarkupTree(html: Array(html.utf8))
        for _ in 0..<40 {
            let parts = (0..<(1 + random.below(4))).map { _ in
                (names[random.below(4)], random.below(3), random.below(2) == 0)
            }
            var text = ""
            for (place, part) in parts.enumerated() {
                text += (place == 0 ? "" : part.2 ? " > " : " ") + part.0 + ".c\(part.1)"
            }
            func isPart(_ node: Int, _ part: Int) -> Bool {
                tree.nodes[node].tag.name == parts[part].0 && tree.value(node, "class") == "c\(parts[part].1)"
            }
            func holds(_ node: Int, _ part: Int) -> Bool {
                guard isPart(node, part) else { return false }
                guard part > 0 else { return true }
                var parent = tree.nodes[node].parent
                while let above = parent {
                    if holds(above, part - 1) { return true }
                    if parts[part].2 { return false }
                    parent = tree.nodes[above].parent
                }
                return false
            }
            #expect(
                try MarkupSelector(text).matches(in: tree) == tree.indices.filter { holds($0, parts.count - 1) },
                "\(text)")
        }
    }

    @Test("the same over and over stays linear", arguments: ["<div class='a b c'>", "<p><b>", "<div></div>"])
    func linear(_ piece: String) throws {
        let tree = MarkupTree(html: Array(String(repeating: piece, count: (1 << 16) / piece.utf8.count).utf8))
        let selector = try MarkupSelector(Array(repeating: "div .a b", count: 20).joined(separator: ","))
        #expect(selector.matches(in: tree).count <= tree.indices.count)
    }
}

struct VisibleTextTests {
    private func text(_ html: String) -> String { MarkupTree(html: Array(html.utf8)).visibleText() }

    @Test(
        "a line for each block and row",
        arguments: [
            ("<h1>A</h1><p>b <b>c</b>d<p>e", "A\nb cd\ne"), ("a<br>b", "a\nb"), ("x<div>y</div>z", "x\ny\nz"),
            ("<ul><li>a<li>b</ul>", "a\nb"), ("  a \n\t b&nbsp;c ", "a b c"),
            ("<table><tr><th>Arm</th> <td> 5 kg </td></tr>\n<tr><td>Hand<td>1 kg</table>", "Arm | 5 kg\nHand | 1 kg"),
            ("<title>T</title><script>x</script><style>y</style>a<!-- c --><template>z</template><p hidden>h</p>", "a"),
            (
                "<body><noscript>n</noscript><select><option>o</select><textarea>t</textarea>a<dialog>d</dialog><dialog open>e</dialog>",
                "a\ne"
            ),
            ("", ""), ("\u{0}a\u{0}", "a"),
        ])
    func lines(html: String, expected: String) { #expect(text(html) == expected) }

    @Test("markup, scripts and white space that change alone change nothing")
    func same() {
        #expect(
            text("<div class=a><p>One  two</p>\n<p id=x1>three</p><script nonce=1>a</script></div>")
                == text(
                    "<main>\n<p style='x'>One\n<i>two</i></p><!-- 2 --><p id=x2>three</main><script nonce=2>b</script>")
        )
    }

    @Test("parts are chosen and left out")
    func parts() throws {
        let tree = MarkupTree(html: Array("<nav>n</nav><main>a<p class=date>d</p><p>b</p></main><main>c</main>".utf8))
        let main = try MarkupSelector("main").outermost(in: tree)
        let dates = try MarkupSelector(".date, nav").matches(in: tree)
        #expect(tree.visibleText(of: main, leavingOut: dates) == "a\nb\nc")
        #expect(tree.visibleText(of: main) == "a\nd\nb\nc")
        #expect(tree.visibleText(of: []) == "")
        #expect(tree.visibleText(of: [9_999_999]) == "")
    }

    @Test(
        "the same over and over stays linear",
        arguments: ["<div>a", "<td>a", "<p hidden>a", "a ", "\u{0}", "<br>", "<b>"])
    func linear(_ piece: String) {
        let source = String(repeating: piece, count: (1 << 16) / piece.utf8.count)
        #expect(text(source).utf8.count <= source.utf8.count * 3)
    }
}
