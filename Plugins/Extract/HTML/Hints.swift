/// What the words of an element's `class` and `id` say of its content.
struct Hints {
    /// 0 for none; else the share of the page's text that the element must stay under to be taken for furniture, the more
    /// the surer the word is.
    var furniture = 0.0
    var word = ""
    var isBody = false
    var isCaption = false
    var isCredit = false

    init(_ text: String) {
        var word: [UInt8] = []
        var previous: [UInt8] = []
        var wasLower = false
        func end(_ hints: inout Hints) {
            guard !word.isEmpty else { return }
            hints.take(word, after: previous)
            previous = word
            word.removeAll(keepingCapacity: true)
        }
        for byte in text.utf8 {
            let isUpper = byte &- 0x41 < 26
            if (byte | 0x20) &- 0x61 < 26 {
                if isUpper, wasLower { end(&self) }
                word.append(byte | 0x20)
                wasLower = !isUpper
            } else {
                end(&self)
                if byte == 0x20 { previous.removeAll(keepingCapacity: true) }
                wasLower = false
            }
        }
        end(&self)
    }

    private mutating func take(_ bytes: [UInt8], after previous: [UInt8]) {
        let word = String(decoding: bytes, as: UTF8.self)
        if let weight = Self.furnitureWords[word], weight > furniture {
            furniture = weight
            self.word = word
        }
        if Self.bodyWords.contains(word) { isBody = true }
        let pair = String(decoding: previous, as: UTF8.self) + " " + word
        if Self.bodyPairs.contains(pair) { isBody = true }
        if word == "caption" || word == "captions" || word == "imagecaption" || word == "figcaption"
            || pair == "image description"
        {
            isCaption = true
        }
        if Self.creditWords.contains(word) { isCredit = true }
    }

    private static let creditWords: Set<String> = [
        "credit", "credits", "copyright", "photographer", "attribution", "source", "agency", "byline", "author",
        "creditline",
    ]

    private static let bodyWords: Set<String> = [
        "articlebody", "storybody", "articletext", "articlecontent", "postcontent", "entrycontent", "storytext",
        "storycontent",
        "bodytext", "bodycopy", "postbody", "articlecopy", "newsbody", "maincontent",
    ]

    private static let bodyPairs: Set<String> = [
        "article body", "story body", "entry content", "post content", "article content", "post body", "article text",
        "story content", "content body", "news content", "story text", "body content", "body text", "body copy",
        "news text",
        "article copy", "entry body", "news body", "rich text",
    ]

    private static let furnitureWords: [String: Double] = {
        var table: [String: Double] = [:]
        func add(_ share: Double, _ words: String) {
            for word in words.split(separator: " ") { table[String(word)] = share }
        }
        add(0.85, "comments commentlist disqus comment respond livefyre reactions")
        add(
            0.45,
            """
            footer footnav nav navbar navigation navigate menu submenu breadcrumb breadcrumbs cookie cookies consent gdpr modal popup \
            overlay newsletter newsletters subscribe subscription signup optin advert advertisement advertising adslot adunit ads \
            sponsor sponsored outbrain taboola dfp login register search masthead toolbar pagination pager skip offscreen \
            onetrust
            """)
        add(
            0.35,
            """
            sidebar sidebars rail aside related recommended recommendation recommendations recirc recirculation trending popular \
            mostread mostpopular promo promos promotion teaser teasers share sharing sharebar sharethis addtoany social socials ad \
            followus authorbio bio bios authorinfo authorbox readmore morelinks seealso next previous prevnext inset infobox factbox \
            pullquote poll quiz podcast byline bylines dateline timestamp pubdate publishdate taglist tagcloud tags keywords \
            copyright disclaimer widgetarea tooltip dropdown carousel slider ticker printonly noprint mobileonly hidden ymal \
            comingup latestnews topstories headlines onward articlemeta postmeta entrymeta meta crumbs donate donation callout \
            contentlink relatedlinks relatedposts jp metadata hatnote navbox catlinks mw-editsection toc
            """)
        return table
    }()
}
