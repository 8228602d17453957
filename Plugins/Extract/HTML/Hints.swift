/// What the words of an element's `class` and `id` say of its content.
struct Hints {
    /// 0 for none; else the share of the page's text that the element must stay under to be taken for furniture, the more
    /// the surer the word is.
    var furniture = 0.0
    var word = ""
    var isBody = false
    var isCaption = false
    var isCredit = false
    /// Whether the element is not shown, or shown only when something else is touched.
    var isHidden = false
    /// Whether the text is for machines that read aloud, or a bubble over a word: never part of a sentence around it.
    var isUnseen = false

    init(class classes: [UInt8], id: [UInt8] = []) {
        read(classes)
        let isCaption = isCaption
        let isCredit = isCredit
        read(id)
        self.isCaption = isCaption
        self.isCredit = isCredit
    }

    private mutating func read(_ text: [UInt8]) {
        guard text.count < 400 else { return }
        for token in text.split(whereSeparator: { $0 <= 0x20 }) {
            // `md:hidden`, `w-[60%]`: a style that holds at times, no name.
            if token.contains(0x3A) || token.contains(0x5B) { continue }
            read(token: token)
        }
    }

    private mutating func read(token: ArraySlice<UInt8>) {
        var words: [String] = []
        var word: [UInt8] = []
        var wasLower = false
        for byte in token {
            let isUpper = byte &- 0x41 < 26
            if (byte | 0x20) &- 0x61 < 26 {
                if isUpper, wasLower, !word.isEmpty {
                    words.append(String(decoding: word, as: UTF8.self))
                    word.removeAll(keepingCapacity: true)
                }
                word.append(byte | 0x20)
                wasLower = !isUpper
            } else {
                if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
                wasLower = false
            }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        var previous = ""
        for (index, word) in words.enumerated() {
            take(word, after: previous, isLast: index == words.count - 1)
            previous = word
        }
    }

    private mutating func take(_ word: String, after previous: String, isLast: Bool) {
        if word == "hidden" {
            // `overflow-hidden` and `hidden-print` say how, not that.
            if isLast, Self.hiders.contains(previous) { isHidden = true }
            if previous == "visually" { isUnseen = true }
            return
        }
        if let weight = Self.furnitureWords[word], weight > furniture {
            furniture = weight
            self.word = word
        }
        if Self.bodyWords.contains(word) { isBody = true }
        if word == "caption" || word == "captions" || word == "imagecaption" || word == "figcaption" {
            isCaption = true
        }
        if Self.creditWords.contains(word) { isCredit = true }
        if Self.unseenWords.contains(word) { isUnseen = true }
        guard !previous.isEmpty else { return }
        let pair = previous + " " + word
        if Self.bodyPairs.contains(pair) { isBody = true }
        if pair == "image description" { isCaption = true }
        if Self.unseenPairs.contains(pair) { isUnseen = true }
        if furniture < 0.35, Self.furniturePairs.contains(pair) {
            furniture = 0.35
            self.word = pair
        }
    }

    private static let hiders: Set<String> = ["", "is", "u", "js", "all"]

    private static let unseenWords: Set<String> = ["visuallyhidden", "tooltiptext", "tooltipcontent", "sronly"]

    private static let unseenPairs: Set<String> = [
        "sr only", "screen reader", "visually hidden", "tooltip text", "tooltip content", "tooltip body",
        "tooltip inner", "popover content", "popover body", "rollover block", "rollover content",
    ]

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

    /// Boxes about who wrote it, and lists of tags.
    private static let furniturePairs: Set<String> = [
        "author details", "author detail", "author description", "author box", "author card", "author info",
        "author about", "about author", "about authors", "author profile", "author panel", "author biography",
        "tag list", "tag links",
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
        add(0.25, "banner")
        add(
            0.35,
            """
            sidebar sidebars rail aside related recommended recommendation recommendations recirc recirculation trending popular \
            mostread mostpopular promo promos promotion teaser teasers share sharing sharebar sharethis addtoany social socials ad \
            followus vcard authorbio bio bios authorinfo authorbox readmore morelinks seealso next previous prevnext inset infobox factbox \
            pullquote poll quiz podcast byline bylines dateline timestamp pubdate publishdate taglist tagcloud tags keywords \
            copyright disclaimer widgetarea tooltip dropdown carousel slider ticker printonly noprint mobileonly ymal \
            comingup latestnews topstories headlines onward articlemeta postmeta entrymeta meta crumbs donate donation callout \
            placeholder contentlink relatedlinks relatedposts jp metadata hatnote navbox catlinks mw-editsection toc
            """)
        return table
    }()
}
