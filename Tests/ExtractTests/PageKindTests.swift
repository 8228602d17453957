import Testing
import WirewatchExtract
import WirewatchKit
import WirewatchTesting

/// What a page is, told from small pages of each kind; each row also says a word of the evidence.
struct PageKindTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var kind: PageKind
        var evidence: String
        var head = ""
        var body: String
        var url: String? = "https://news.example/2026/05/story"

        var testDescription: String { name }
        var page: String { "<html><head>\(head)</head><body>\(body)</body></html>" }
    }

    private static func title(_ text: String) -> String { "<title>\(text)</title>" }

    private static func data(_ json: String) -> String { "<script type=\"application/ld+json\">\(json)</script>" }

    /// Running text of about thirteen words a sentence.
    private static func prose(_ sentences: Int) -> String {
        (0..<sentences).map {
            "<p>Sentence number \($0) tells, without any hurry, how the harbour cranes learned to lift glass.</p>"
        }.joined()
    }

    private static func teasers(_ count: Int, _ heading: String = "h2") -> String {
        (0..<count).map {
            """
            <div class=card><\(heading)><a href="/2026/story-\($0)">Crane number \($0) learns to lift a bridge</a></\(heading)>
            <p>What crane number \($0) did next surprised its owners, who had asked for something else.</p></div>
            """
        }.joined()
    }

    static let cases: [Case] = [
        // Articles, also such as look like something else at first.
        Case(
            name: "plain", kind: .article, evidence: "", head: title("A crane learns"),
            body: "<h1>A crane learns</h1>" + prose(20)),
        Case(
            name: "about a page that was not found", kind: .article, evidence: "",
            head: title("Page not found: the story of an error | News"),
            body: "<h1>Page not found: the story of an error</h1>" + prose(20)),
        Case(
            name: "about cookies", kind: .article, evidence: "", head: title("What cookies know"),
            body: "<h1>What cookies know</h1><button>Accept</button>"
                + (0..<12).map {
                    "<p>Cookie law number \($0) asks for consent, and its partners shrug and go on as before.</p>"
                }
                .joined() + prose(20)),
        Case(
            name: "a locked one that is shown whole", kind: .article, evidence: "",
            head: title("A crane learns")
                + data(#"{"@type":"NewsArticle","headline":"A crane learns","isAccessibleForFree":false}"#),
            body: "<h1>A crane learns</h1>" + prose(60) + "<p>Subscribe to continue reading</p>"),
        Case(
            name: "with a list of others", kind: .article, evidence: "", head: title("A crane learns"),
            body: "<h1>A crane learns</h1>" + prose(20) + "<div>" + teasers(8, "h3") + "</div>"),
        Case(
            name: "whose subheadings link to themselves", kind: .article, evidence: "",
            head: title("Ten cranes of the year"),
            body: "<h1>Ten cranes of the year</h1>"
                + (0..<10).map { "<h2><a href='#c\($0)'>The crane that came as number \($0)</a></h2>" + prose(2) }
                .joined()),
        Case(
            name: "on products of other sites", kind: .article, evidence: "", head: title("Ten cranes of the year"),
            body: "<h1>Ten cranes of the year</h1>"
                + (0..<10).map {
                    "<h2><a href='https://shop.example/\($0)'>The crane that came as number \($0)</a></h2>" + prose(2)
                }.joined()),
        Case(
            name: "with a film and a text", kind: .article, evidence: "",
            head: title("A crane learns") + "<meta property=og:type content=video.other>",
            body: "<h1>A crane learns</h1>" + prose(20)),
        Case(
            name: "with a word for browsers without scripts", kind: .article, evidence: "",
            head: title("A crane learns"),
            body: "<noscript>Please enable JavaScript</noscript><h1>A crane learns</h1>" + prose(8)),

        // Paywall stubs.
        Case(
            name: "a stub by data and text", kind: .paywallStub, evidence: "isAccessibleForFree",
            head: title("A crane learns")
                + data(#"{"@type":"NewsArticle","headline":"A crane learns","isAccessibleForFree":"False"}"#),
            body: "<h1>A crane learns</h1>" + prose(4) + "<div><p>This article is for subscribers only.</p></div>"),
        Case(
            name: "a stub by its number of words", kind: .paywallStub, evidence: "of 900 words",
            head: title("A crane learns")
                + data(
                    #"{"@type":"NewsArticle","headline":"A crane learns","isAccessibleForFree":false,"wordCount":900}"#),
            body: "<h1>A crane learns</h1>" + prose(10)),
        Case(
            name: "a stub by its text", kind: .paywallStub, evidence: "Subscribe to continue",
            head: title("A crane learns"),
            body: "<h1>A crane learns</h1>" + prose(5) + "<section><h3>Subscribe to continue reading</h3></section>"),
        Case(
            name: "a stub that says how much is missing", kind: .paywallStub, evidence: "57",
            head: title("Une grue apprend"),
            body: "<h1>Une grue apprend</h1>" + prose(40) + "<p>Il vous reste 57 % de cet article \u{E0} lire.</p>"),

        Case(
            name: "a short one behind a list of others, without a heading", kind: .article, evidence: "",
            head: title("A crane"),
            body: "<div class=left>"
                + (0..<8).map { "<p><a href=/s/\($0)>The story of the crane with number \($0)</a></p>" }.joined()
                + "</div><div class=text>" + prose(5) + "</div>"),
        Case(
            name: "a picture with a list of others", kind: .article, evidence: "", head: title("A crane at dusk"),
            body: "<h1>A crane at dusk</h1><img src=a>"
                + (0..<7).map { "<p><a href=/s/\($0)>The story of the crane with number \($0)</a></p>" }.joined()),

        // Videos.
        Case(
            name: "a video by og:type", kind: .video, evidence: "video.other",
            head: title("Watch a crane learn") + "<meta property=og:type content=video.other>",
            body: "<h1>Watch a crane learn</h1><p>A crane lifts a sheet of glass, and nobody dares to breathe.</p>"),
        Case(
            name: "a video by JSON-LD", kind: .video, evidence: "VideoObject",
            head: title("Watch a crane learn") + data(#"{"@type":"VideoObject","name":"Watch a crane learn"}"#),
            body: "<h1>Watch a crane learn</h1><p>A crane lifts a sheet of glass, and nobody dares to breathe.</p>"),

        // Index pages.
        Case(
            name: "a section", kind: .index, evidence: "headlines", head: title("Cranes | News"),
            body: "<h1>Cranes</h1>" + teasers(8)),
        Case(
            name: "a collection by its own word", kind: .index, evidence: "CollectionPage",
            head: title("Cranes") + data(#"{"@type":"CollectionPage","name":"Cranes"}"#), body: teasers(4)),
        Case(
            name: "a collection that Open Graph calls an article", kind: .index, evidence: "CollectionPage",
            head: title("Cranes") + "<meta property=og:type content=article>"
                + data(#"{"@graph":[{"@type":"CollectionPage","name":"Cranes"},{"@type":"WebSite"}]}"#),
            body: teasers(6)),
        Case(
            name: "a start page", kind: .index, evidence: "start page", head: title("The Crane News"),
            body: teasers(5, "h3"),
            url: "https://news.example/"),
        Case(
            name: "a list of links without texts", kind: .index, evidence: "headlines", head: title("All stories"),
            body: "<ul>"
                + (0..<12).map { "<li><a href=/s/\($0)>The story of the crane with number \($0)</a></li>" }.joined()
                + "</ul>"),

        // Pages in place of others.
        Case(
            name: "not found by title", kind: .notFound, evidence: "Page not found",
            head: title("Page not found | The Crane News"),
            body: "<h1>Oops!</h1><p>Try the search, or go back to where you came from.</p>"),
        Case(
            name: "not found with a list of others", kind: .notFound, evidence: "404",
            head: title("404 - The Crane News"),
            body: "<h1>404</h1><p>The page you are looking for does not exist.</p>" + teasers(3)),
        Case(
            name: "not found in German", kind: .notFound, evidence: "Seite", head: title("Seite nicht gefunden"),
            body: "<h1>Seite nicht gefunden</h1>"),
        Case(
            name: "not found by its text", kind: .notFound, evidence: "looking for", head: title("The Crane News"),
            body: "<h1>Sorry!</h1><p>The page you were looking for may have moved, or never was.</p>"),
        Case(
            name: "a consent wall", kind: .consentWall, evidence: "button", head: title("The Crane News"),
            body: """
                <div><h2>We value your privacy</h2><p>We and our partners store cookies on your device, and process personal data such
                as addresses, to show personalised ads and to measure them.</p><p>With your consent we and our partners may use
                precise data. You may withdraw your consent at any time.</p><button>Accept all</button></div>
                """),
        Case(
            name: "a login wall", kind: .loginWall, evidence: "password", head: title("Log in - The Crane News"),
            body: "<h1>Log in</h1><form><input name=u><input type=password name=p></form>"),
        Case(
            name: "a test for robots", kind: .blocked, evidence: "Just a moment", head: title("Just a moment..."),
            body: "<h1>news.example</h1><p>Verifying you are human. This may take a few seconds.</p>"),
        Case(
            name: "a refusal", kind: .blocked, evidence: "permission", head: title("Error"),
            body: "<h1>Error</h1><p>You don't have permission to access this page on this server.</p>"),
        Case(
            name: "a page that scripts build", kind: .needsScript, evidence: "JavaScript",
            head: title("The Crane News"),
            body: "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"),
        Case(
            name: "a page that scripts build, without a word", kind: .needsScript, evidence: "'app'",
            head: title("Crane News"),
            body: "<div id=app></div><script>load()</script>"),
    ]

    @Test("each kind of page is known by its signs", arguments: cases)
    func kinds(_ example: Case) throws {
        let content = Document.Content(bytes: Array(example.page.utf8), type: .html)
        let article = try ArticleExtractor().extract(content, url: example.url).article
        #expect(article.pageKind == example.kind, "\(article.pageEvidence)")
        let evidence = article.pageEvidence.joined(separator: "; ")
        #expect(evidence.contains(example.evidence), "\(evidence)")
        #expect(article.pageEvidence.isEmpty == (example.kind == .article))
    }

    @Test("pages that are not kept are refused with what told, and kept when asked for", arguments: cases)
    func keeping(_ example: Case) throws {
        let content = Document.Content(bytes: Array(example.page.utf8), type: .html)
        let isKept = ExtractOptions().keep.contains(example.kind)
        var article = Article()
        article.url = example.url
        let keep = OptionLiteral.list([.string(example.kind.rawValue)])
        if isKept {
            _ = try ArticleExtractor().fill(&article, from: content)
        } else {
            let error = #expect(throws: ExtractionError.self) { try ArticleExtractor().fill(&article, from: content) }
            #expect(error?.description.contains("add \(example.kind.rawValue) to 'keep'") == true)
            #expect(error?.description.contains(example.evidence) == true)
            #expect(article.body.isEmpty)
            _ = try ArticleExtractor(options(ExtractOptions.self, .map([("keep", keep)]))).fill(&article, from: content)
        }
        #expect(article.pageKind == example.kind)
    }
}
