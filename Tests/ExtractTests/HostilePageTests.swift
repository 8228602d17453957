import Testing
import WirewatchExtract
import WirewatchKit
import WirewatchTesting

struct HostilePageTests {
    @Test("mutated pages and dumps give valid spans and never fail", arguments: Golden.names)
    func mutations(name: String) throws {
        let original = try Golden.bytes(name)
        var random = SeededGenerator(seed: UInt64(name.utf8.count))
        for _ in 0..<60 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...9, using: &random)))
                case 2: bytes.insert(Array("<>&\"'\n{}[]:,#|0".utf8).randomElement(using: &random)!, at: at)
                default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 80)], at: at)
                }
            }
            for type in [ContentType.html, .plainText] {
                let article = try ArticleExtractor().extract(Document.Content(bytes: bytes, type: type)).article
                var last = 0
                for range in article.subheadings {
                    #expect(range.lowerBound >= last && range.upperBound <= article.body.utf8.count && !range.isEmpty)
                    #expect(article.text(of: TextSpan(.body, range)) != nil)
                    last = range.upperBound
                }
            }
        }
    }

    /// Each would take hours were the work quadratic.
    @Test(
        "100 kB of the same is worked off",
        arguments: [
            "<div>", "<p>a", "<", "&amp", "<a b c>", "<div class=share>x",
            "<article class=article-body><p>Some words, and more.",
            "<h2>Related</h2><p>x", "<figcaption>a", "<a rel=tag>b", "word ", "A line of text that ends here.\n", "a\n",
            "#a", "By Ann Example\n",
            "Photo: a. ", "3 May 2026\n", "<time datetime=1>", "<script type=application/ld+json>[[[[", "a, the Times ",
            "<meta name=author content=a>", "Credit: a\nCaption: b\n", "a | b - ", "<h1>a title of words</h1>",
        ])
    func repetition(unit: String) throws {
        let bytes = Array(String(repeating: unit, count: 100_000 / unit.utf8.count).utf8)
        for type in [ContentType.html, .plainText] {
            let result = try ArticleExtractor().extract(Document.Content(bytes: bytes, type: type))
            #expect(result.article.body.utf8.count <= bytes.count * 2)
        }
    }
}
