import Testing
import WirewatchText

struct GlobTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var glob: String
        var yes: [String]
        var no: [String]
        var testDescription: String { glob }

        init(_ glob: String, _ yes: [String], not no: [String]) {
            self.glob = glob
            self.yes = yes
            self.no = no
        }
    }

    @Test(
        "a glob matches what it says and nothing else",
        arguments: [
            Case("*.html", ["a.html", "A.HTML", "deep/er/b.html", ".html"], not: ["a.htm", "a.html.gz", "html"]),
            Case("?.txt", ["a.txt", "ä.txt", "x/b.txt"], not: ["ab.txt", ".txt"]),
            Case("a*b*c", ["abc", "a--b--c", "aabbcc"], not: ["ab", "abcd", "xabc"]),
            Case("feeds/*.xml", ["feeds/a.xml"], not: ["a.xml", "feeds/b/a.xml", "x/feeds/a.xml"]),
            Case(
                "feeds/**/*.xml", ["feeds/a.xml", "feeds/b/a.xml", "feeds/b/c/a.xml"],
                not: ["xfeeds/a.xml", "feeds/axml"]),
            Case("**/x.txt", ["x.txt", "a/x.txt", "a/b/x.txt"], not: ["ax.txt", "a/bx.txt"]),
            Case("drafts/**", ["drafts/a", "drafts/b/c.txt"], not: ["drafts", "a/drafts/b"]),
            Case("/top.txt", ["top.txt"], not: ["a/bottom.txt"]),
            Case("[a-c]x", ["ax", "Bx", "cx"], not: ["dx", "x"]),
            Case("[!0-9]*", ["a1", "-"], not: ["1a", ""]),
            Case("[]x]", ["]", "x"], not: ["[", "y"]),
            Case("*.{html,htm}", ["a.html", "a.htm"], not: ["a.hm", "a.html,htm"]),
            Case("\\*.txt", ["*.txt"], not: ["a.txt"]),
            Case("*", ["a", "a/b"], not: []),
        ])
    func matching(_ item: Case) throws {
        let glob = try Glob(item.glob)
        for path in item.yes { #expect(glob.matches(path), "\(path)") }
        for path in item.no { #expect(!glob.matches(path), "\(path)") }
    }

    @Test("a glob that cannot be read says why", arguments: ["", "[a-", "{a,b", "[z-a]", "{a,{b,c}}"])
    func mistakes(_ text: String) {
        #expect(throws: Glob.Mistake.self) { try Glob(text) }
    }

    @Test("a glob of many stars on a long name is no trap")
    func stars() throws {
        let glob = try Glob(String(repeating: "*a", count: 60) + "b")
        #expect(!glob.matches(String(repeating: "a", count: 4000)))
    }
}
