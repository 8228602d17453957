/// The words of classes and ids that say what an element holds, by a hash of their letters.
///
/// A page has hundreds of such names: one look by number for a word and one for a pair are what reading them costs.
enum HintWords {
    struct Marks: OptionSet, Sendable {
        let rawValue: UInt8

        static let body = Marks(rawValue: 1)
        static let caption = Marks(rawValue: 2)
        static let credit = Marks(rawValue: 4)
        static let author = Marks(rawValue: 8)
        static let hidden = Marks(rawValue: 16)
        static let unseen = Marks(rawValue: 32)
    }

    struct Meaning: Sendable {
        var text: String
        var furniture = 0.0
        var marks: Marks = []
    }

    // MARK: Hashes (FNV-1a)

    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    static func hash(_ byte: UInt8, after hash: UInt64) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var result = seed
        for byte in bytes { result = hash(byte &- 0x41 < 26 ? byte | 0x20 : byte, after: result) }
        return result
    }

    static func join(_ previous: UInt64, _ word: UInt64) -> UInt64 { (previous &* 0x9E37_79B9_7F4A_7C15) ^ word }

    // MARK: Words

    static let hidden = hash("hidden".utf8)
    static let hiders = Set(["is", "u", "js", "all"].map { hash($0.utf8) })

    static let words: [UInt64: Meaning] = {
        var table: [UInt64: Meaning] = [:]
        func add(_ marks: Marks, furniture: Double = 0, _ words: String) {
            for word in words.split(separator: " ") {
                var meaning = table[hash(word.utf8)] ?? Meaning(text: String(word))
                meaning.marks.formUnion(marks)
                meaning.furniture = max(meaning.furniture, furniture)
                table[hash(word.utf8)] = meaning
            }
        }
        add(.caption, "caption captions imagecaption figcaption")
        add(.credit, "credit credits copyright photographer attribution source agency byline author creditline")
        add(
            .body,
            """
            articlebody storybody articletext articlecontent postcontent entrycontent storytext storycontent bodytext bodycopy \
            postbody articlecopy newsbody maincontent
            """)
        add(.unseen, "visuallyhidden tooltiptext tooltipcontent sronly")
        add([], furniture: 0.85, "comments commentlist disqus comment respond livefyre reactions")
        add(
            [], furniture: 0.45,
            """
            footer footnav nav navbar navigation navigate menu submenu breadcrumb breadcrumbs cookie cookies consent gdpr modal popup \
            overlay newsletter newsletters subscribe subscription signup optin advert advertisement advertising adslot adunit ads \
            sponsor sponsored outbrain taboola dfp login register search masthead toolbar pagination pager skip offscreen \
            onetrust
            """)
        add(
            [], furniture: 0.35,
            """
            sidebar sidebars rail aside related recommended recommendation recommendations recirc recirculation trending popular \
            mostread mostpopular promo promos promotion teaser teasers share sharing sharebar sharethis addtoany social socials ad \
            followus vcard authorbio bio bios authorinfo authorbox readmore morelinks seealso next previous prevnext inset infobox \
            factbox pullquote poll quiz podcast byline bylines dateline timestamp pubdate publishdate taglist tagcloud tags keywords \
            copyright disclaimer widgetarea tooltip dropdown carousel slider ticker printonly noprint mobileonly ymal comingup \
            latestnews topstories headlines onward articlemeta postmeta entrymeta meta crumbs donate donation callout placeholder \
            contentlink relatedlinks relatedposts metadata hatnote navbox catlinks toc
            """)
        add([], furniture: 0.25, "banner")
        return table
    }()

    static let pairs: [UInt64: Meaning] = {
        var table: [UInt64: Meaning] = [:]
        func add(_ marks: Marks, furniture: Double = 0, _ pairs: [String]) {
            for pair in pairs {
                let parts = pair.split(separator: " ").map { hash($0.utf8) }
                table[join(parts[0], parts[1])] = Meaning(text: pair, furniture: furniture, marks: marks)
            }
        }
        add(
            .body,
            [
                "article body", "story body", "entry content", "post content", "article content", "post body",
                "article text",
                "story content", "content body", "news content", "story text", "body content", "body text", "body copy",
                "news text", "article copy", "entry body", "news body", "rich text",
            ])
        add(.caption, ["image description"])
        add(
            .unseen,
            [
                "sr only", "screen reader", "visually hidden", "tooltip text", "tooltip content", "tooltip body",
                "tooltip inner", "popover content", "popover body", "rollover block", "rollover content",
            ])
        // Boxes about who wrote it, and lists of tags.
        add(
            [], furniture: 0.35,
            [
                "author details", "author detail", "author description", "author box", "author card", "author info",
                "author about", "about author", "about authors", "author profile", "author panel", "author biography",
                "tag list", "tag links", "mw editsection",
            ])
        return table
    }()

    /// Whole classes.
    static let classes: [UInt64: Marks] = {
        var table: [UInt64: Marks] = [:]
        for name in [
            "byline", "author", "author-name", "authors", "byline-name", "article-author", "post-author",
            "entry-author",
            "article__author", "author__name", "article-byline", "byline__name", "byline-author", "vcard", "fn",
            "article__byline", "post-byline", "authorname", "byline__author", "entry-byline",
        ] {
            table[hash(name.utf8)] = .author
        }
        return table
    }()
}
