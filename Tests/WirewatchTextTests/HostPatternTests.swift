import Testing
import WirewatchText

struct HostPatternTests {
    @Test("hosts are matched whole")
    func hosts() {
        #expect(HostPattern("News.example.org")?.matches("news.example.org") == true)
        #expect(HostPattern("example.org")?.matches("news.example.org") == false)
        #expect(HostPattern("*.example.org")?.matches("a.news.example.org") == true)
        #expect(HostPattern("*.example.org")?.matches("example.org") == false)
        #expect(HostPattern("*.example.org")?.matches("badexample.org") == false)
    }

    @Test("what is no host is refused", arguments: ["", "*.org", "https://example.org", ".org", "a b"])
    func refused(text: String) { #expect(HostPattern(text) == nil) }
}
