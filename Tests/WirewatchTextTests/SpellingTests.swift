import Testing
import WirewatchText

@Suite("Spellings of terms")
struct SpellingTests {
    @Test(
        "are folded, with what must stand between the words, and the plurals after",
        arguments: [
            ("Robot", ["robot", "robots"]), ("Solid-State  Battery", ["solid state battery", "solid state batteries"]),
            ("robot*", ["robot*"]), ("open robot* arm", ["open robot* arm", "open robot* arms"]),
            ("C++", ["c++"]), ("pony.ai", ["pony.ai", "pony.ais"]), ("R&D", ["r&d"]),
            ("raises $", ["raises $"]),
            (".net", [".net", ".nets"]), ("hero", ["hero", "heros", "heroes"]), ("Box's", ["box", "boxes"]),
            ("机器人", ["机 器 人"]), ("ÉCOLE", ["école", "écoles"]), ("--", []), ("a*", []), ("", []),
        ])
    func spellings(_ text: String, _ expected: [String]) {
        #expect(Term(text).spellings == expected)
    }

    @Test(
        "are what a matcher finds",
        arguments: [
            "Robot", "solid-state battery", "C++", "pony.ai", "R&D", "raises $", ".net", "hero", "机器人", "ÉCOLE",
        ])
    func found(_ text: String) {
        let matcher = TermMatcher([Term(text)])
        for spelling in Term(text).spellings { #expect(matcher.matches(in: spelling).count == 1, "\(spelling)") }
    }
}
