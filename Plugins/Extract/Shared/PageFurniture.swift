internal import WirewatchText

/// The fixed phrases of pages that are no part of an article: sharing, advertising, lists of other articles.
///
/// Compared with ``TextBlock/folded``; English first, then what is met on Chinese pages.
enum PageFurniture {
    enum Kind: String, Sendable, CaseIterable {
        case share, advertisement, navigation, subscription, legal, comments
        /// The heading of a list of other articles.
        case related = "related list"
    }

    /// What kind of furniture a block is, or nil for text that may belong to the article.
    static func kind(of block: TextBlock) -> Kind? {
        // Labels are short.
        let key = block.folded.count <= 240 ? bare(block.folded) : []
        if !key.isEmpty {
            if let kind = exact(block.folded, key.indices) { return kind }
            if (2...12).contains(block.words), !block.endsSentence, let kind = rowOfLabels(key) { return kind }
        }
        if block.words <= 150, block.contains("cookies"),
            block.contains("website") || block.contains("browser") || block.contains("consent")
                || block.contains("this site")
        {
            return .legal
        }
        // Beyond this it is a sentence that merely begins that way.
        guard block.words <= 40, block.bytes.count <= 400 else { return nil }
        if let first = block.folded.first {
            for (prefix, kind, limit) in prefixesByByte[Int(first)]
            where block.words <= limit && block.starts(with: prefix) { return kind }
        }
        if block.words <= 6, isCount(key) { return .share }
        return phrase(in: block.folded)
    }

    /// The kind of what is a phrase as a whole.
    private static func exact(_ bytes: [UInt8], _ range: Range<Int>) -> Kind? {
        exact[bytes, range].map { Kind.allCases[Int($0)] }
    }

    /// The kind of the first of the phrases that a text holds, in the order of their list, by one look at each byte.
    private static func phrase(in bytes: [UInt8]) -> Kind? {
        var first = inside.count
        for at in bytes.indices {
            for index in insideByByte[Int(bytes[at])] where index < first && bytes.starts(with: inside[index].0, at: at)
            {
                first = index
            }
        }
        return first < inside.count ? inside[first].1 : nil
    }

    /// Several labels in one line, as buttons beside each other are copied: `Subscribe   Sign in`.
    private static func rowOfLabels(_ key: ArraySlice<UInt8>) -> Kind? {
        // The words with one blank between them, and where each begins and ends.
        var line: [UInt8] = []
        var words: [Range<Int>] = []
        for word in key.split(maxSplits: 12, whereSeparator: { $0 == 0x20 || $0 == 0x7C }) {
            guard words.count < 12 else { return nil }
            if !words.isEmpty { line.append(0x20) }
            words.append(line.count..<line.count + word.count)
            line += word
        }
        guard words.count >= 2 else { return nil }
        var kinds: [Kind?] = [nil]
        var isReached = [true] + Array(repeating: false, count: words.count)
        for end in 1...words.count {
            kinds.append(nil)
            for start in max(0, end - 4)..<end where isReached[start] && !isReached[end] {
                let range = words[start].lowerBound..<words[end - 1].upperBound
                guard let kind = exact(line, range) else { continue }
                isReached[end] = true
                kinds[end] = kinds[start] ?? kind
            }
        }
        return isReached[words.count] ? kinds[words.count] : nil
    }

    /// `12 comments`, `195 shares`, `5 min read`, `3 hours ago`, bare numbers.
    private static func isCount(_ key: ArraySlice<UInt8>) -> Bool {
        guard let first = key.first, first >= 0x30, first <= 0x39 else { return false }
        let words = key.split(separator: 0x20)
        guard let last = words.last, words.count > 1 else { return key.allSatisfy { $0 < 0x3A } && key.count < 4 }
        return words.count <= 5 && counted.contains(String(decoding: last, as: UTF8.self))
    }

    /// The text without the punctuation, arrows and blanks around it.
    private static func bare(_ folded: [UInt8]) -> ArraySlice<UInt8> {
        var slice = folded[...]
        func isMark(_ byte: UInt8) -> Bool {
            byte < 0x80 && !(byte >= 0x61 && byte <= 0x7A) && !(byte >= 0x30 && byte <= 0x39)
        }
        while let last = slice.last, isMark(last) { slice.removeLast() }
        while let first = slice.first, isMark(first) { slice.removeFirst() }
        while slice.suffix(3).elementsEqual([0xE2, 0x80, 0xA6]) { slice.removeLast(3) }
        return slice
    }

    private static let counted: Set<String> = [
        "comment", "comments", "share", "shares", "like", "likes", "views", "view", "read", "ago", "retweets", "tweets",
        "minutes", "photos", "images", "followers", "replies", "votes", "claps", "reads",
    ]

    private static let exact: WordTable = {
        var table: [String: Kind] = [:]
        func add(_ kind: Kind, _ list: String) {
            for phrase in list.split(separator: "|") { table[String(phrase)] = kind }
        }
        add(
            .share,
            """
            share|share this|share article|share this article|share this story|share this post|share via|share story|\
            share on|share options|share permalink|share tweet|share tweet submit|tweet|facebook|twitter|x|linkedin|\
            whatsapp|telegram|reddit|pinterest|pin it|flipboard|email|e-mail|email this|email article|mail|print|\
            print this|print article|copy link|copy url|link copied|copied|save|save article|save for later|bookmark|\
            listen|listen to this article|like|line|wechat|weibo|messenger|instagram|youtube|tiktok|rss|download|gift|\
            gift article|gift this article|share full article|text size|font size|follow|follow us|follow us on|\
            follow me on|facebook twitter|follow on google news|share with|spread the word|react|submit|\
            分享|分享到|分享至|微信|微博|微信扫一扫|收藏|点赞|打印|字号|大|中|小|复制链接|转发|举报|朋友圈|扫码分享|手机看|播报文章
            """)
        add(
            .advertisement,
            """
            advertisement|advertisements|advertising|ad|ads|adverts|advert|sponsored|sponsor|sponsored content|\
            sponsored by|promoted|promoted content|paid content|paid post|partner content|story continues below|\
            story continues below advertisement|article continues below|article continues after ad|\
            article continues after advertisement|scroll to continue|scroll to continue with content|\
            continue reading below|advertise with us|remove ads|skip ad|loading|loading ad|广告|推广|赞助
            """)
        add(
            .navigation,
            """
            menu|home|homepage|search|close|back|back to top|top|skip to content|skip to main content|\
            skip to article|skip to navigation|next|previous|prev|next article|previous article|next story|next post|\
            previous post|read more|read full story|read the full story|more|see more|show more|load more|view more|\
            view all|see all|learn more|find out more|continue reading|expand|collapse|view gallery|view comments|\
            full screen|fullscreen|image|images|photo|photos|video|videos|gallery|play|play video|pause|mute|\
            breadcrumb|you are here|site map|sitemap|contact|contact us|about|about us|help|faq|careers|jobs|\
            advertise|settings|language|english|login|log in|sign in|sign out|register|my account|account|\
            view original|enlarge|enlarge image|hide caption|toggle caption|click to enlarge|image caption|\
            image source|media caption|file photo|featured|tags|topics|keywords|filed under|in this article|\
            table of contents|contents|key points|summary|author|by|written by|reporter|editor|published|updated|\
            登录|注册|首页|返回|返回首页|返回顶部|上一篇|下一篇|更多|查看更多|阅读全文|展开全文|点击查看|搜索|导航|目录|正文|标签|关键词|责任编辑|编辑|作者|来源|当前位置
            """)
        add(
            .subscription,
            """
            subscribe|subscribe now|subscribe today|sign up|sign up now|newsletter|newsletters|get the newsletter|\
            join now|join us|already a subscriber|get it|get the app|download the app|download our app|\
            email address|your email|your email address|enter your email|thank you for subscribing|try it free|\
            start your free trial|support us|donate|become a member|订阅|关注|关注我们|下载客户端|打开app|扫码关注
            """)
        add(
            .comments,
            """
            comments|comment|leave a comment|leave a reply|post a comment|add a comment|write a comment|\
            join the conversation|join the discussion|view comments|show comments|all comments|reader comments|\
            what do you think|have your say|reply|评论|网友评论|发表评论|我要评论|热门评论|最新评论|全部评论|参与评论
            """)
        add(
            .related,
            """
            related|related articles|related article|related stories|related story|related news|related posts|\
            related content|related topics|related links|related reading|related coverage|related video|\
            related videos|related tags|you may also like|you might also like|you may like|you might like|\
            also like|recommended|recommended for you|recommended stories|recommended articles|recommended reading|\
            recommendations|we recommend|more from|more stories|more news|more on this story|more on this|\
            more on this topic|more like this|more to explore|more articles|more coverage|most read|most popular|\
            most viewed|most shared|most commented|trending|trending now|trending stories|popular|popular stories|\
            popular now|popular posts|latest|latest news|latest stories|latest articles|latest posts|\
            latest headlines|recent posts|recent articles|recent stories|recent news|top stories|top news|\
            top headlines|today's top stories|headlines|read next|up next|what to read next|next up|read also|\
            also read|see also|further reading|editor's picks|editors' picks|editor's choice|editor's pick|\
            don't miss|must read|must reads|in case you missed it|icymi|around the web|from around the web|\
            from our partners|from the web|elsewhere|other news|other stories|similar articles|similar posts|\
            similar stories|keep reading|more in|more for you|for you|featured stories|featured articles|\
            upcoming events|breaking news|in the news|what's new|explore more|discover more|just in|\
            mehr zum thema|auch interessant|weitere artikel|das k\u{F6}nnte sie auch interessieren|sur le m\u{EA}me sujet|\
            \u{E0} lire \u{E9}galement|te puede interesar|potrebbe interessarti|voc\u{EA} pode gostar|\
            about the author|about the authors|about author|post navigation|stories you may like|\
            相关阅读|相关新闻|相关文章|相关报道|相关推荐|相关链接|推荐阅读|延伸阅读|为您推荐|为你推荐|猜你喜欢|热门推荐|热点推荐|热门文章|热门新闻|热点新闻|最新文章|最新新闻|最新资讯|\
            精彩推荐|今日热点|大家都在看|往期回顾|更多新闻|24小时热文|阅读排行|关联阅读|関連記事|関連ニュース|おすすめ
            """)
        return WordTable(
            table.map { (words: $0, value: Int32(Kind.allCases.firstIndex(of: $1) ?? 0)) }, separator: "|")
    }()

    /// Beginnings, with the number of words up to which they count.
    private static let prefixes: [(StaticString, Kind, Int)] = [
        ("share this", .share, 10), ("share on ", .share, 8), ("share to ", .share, 6), ("share via", .share, 10),
        ("share article", .share, 8), ("click to share", .share, 10), ("follow us", .share, 20),
        ("follow me on", .share, 20), ("tweet this", .share, 8), ("like us on", .share, 15),
        ("find us on", .share, 15), ("print this", .share, 6), ("email this", .share, 6), ("send this", .share, 6),
        ("save this", .share, 6), ("follow @", .share, 8),
        ("advertisement", .advertisement, 6), ("article continues", .advertisement, 8),
        ("story continues", .advertisement, 8), ("sponsored:", .advertisement, 20), ("paid for by", .advertisement, 10),
        ("scroll to continue", .advertisement, 8),
        ("skip to ", .navigation, 6), ("back to ", .navigation, 5), ("jump to ", .navigation, 6),
        ("click here", .navigation, 16), ("view image in", .navigation, 8), ("open image in", .navigation, 8),
        ("tap here", .navigation, 16), ("view the original", .navigation, 12), ("posted in ", .navigation, 8),
        ("filed under", .navigation, 20), ("filed in", .navigation, 12), ("est. reading", .navigation, 8),
        ("reading time", .navigation, 8), ("estimated reading", .navigation, 8), ("posted by", .navigation, 12),
        ("image copyright", .navigation, 10), ("责任编辑:", .navigation, 30), ("编辑:", .navigation, 20),
        ("(责任编辑", .navigation, 30), ("本文来源", .navigation, 30), ("【责任编辑", .navigation, 30), ("校对:", .navigation, 20),
        ("subscribe to", .subscription, 30), ("sign up for", .subscription, 40), ("sign up to", .subscription, 40),
        ("sign up here", .subscription, 30), ("subscribe now", .subscription, 30), ("subscribe for", .subscription, 30),
        ("join our ", .subscription, 45), ("get the latest", .subscription, 30), ("download the", .subscription, 9),
        ("want more stories", .subscription, 12), ("get our ", .subscription, 25), ("receive our", .subscription, 20),
        ("download our", .subscription, 20), ("enjoy unlimited", .subscription, 30),
        ("to continue reading", .subscription, 30),
        ("already a subscriber", .subscription, 20), ("already have an account", .subscription, 15),
        ("your subscription", .subscription, 15), ("please enter a valid email", .subscription, 12),
        ("want to read more", .subscription, 20), ("enter your email", .subscription, 20),
        ("关注", .subscription, 9), ("扫描二维码", .subscription, 20), ("扫一扫", .subscription, 20), ("下载", .subscription, 8),
        ("copyright", .legal, 40), ("\u{A9}", .legal, 40), ("(c) ", .legal, 30), ("all rights reserved", .legal, 30),
        ("we use cookies", .legal, 40), ("this site uses cookies", .legal, 40),
        ("this website uses cookies", .legal, 40),
        ("by continuing to", .legal, 40), ("terms of ", .legal, 8), ("privacy policy", .legal, 10),
        ("版权声明", .legal, 40), ("版权所有", .legal, 40), ("免责声明", .legal, 40), ("特别声明", .legal, 40), ("声明:", .legal, 40),
        ("京公网安备", .legal, 20), ("京icp", .legal, 20), ("增值电信", .legal, 20),
        ("leave a comment", .comments, 12), ("leave a reply", .comments, 12),
        ("be the first to comment", .comments, 15),
        ("read the comments", .comments, 8), ("comments are", .comments, 15), ("sign in to comment", .comments, 12),
        ("log in to comment", .comments, 12), ("your email address will not", .comments, 30),
        ("comments (", .comments, 4),
        ("please log in", .comments, 15), ("you must be logged in", .comments, 15),
        ("related:", .related, 25), ("read more:", .related, 25), ("read more about", .related, 12),
        ("more:", .related, 20),
        ("read more at", .related, 12),
        ("read also:", .related, 25), ("also read:", .related, 25), ("read:", .related, 20),
        ("see also:", .related, 25),
        ("read next:", .related, 25), ("watch:", .related, 20), ("read this:", .related, 20),
        ("more from ", .related, 6),
        ("related stories", .related, 6),
        ("lire aussi", .related, 40), ("\u{E0} lire aussi", .related, 40), ("lesen sie auch", .related, 30),
        ("lee tambi\u{E9}n", .related, 30),
        ("leia tamb\u{E9}m", .related, 30), ("veja tamb\u{E9}m", .related, 30), ("leggi anche", .related, 30),
        ("lees ook", .related, 30),
        ("il vous reste ", .subscription, 25), ("related articles", .related, 6), ("more stories", .related, 6),
        ("in case you missed it", .related, 7), ("recommended for you", .related, 6), ("you may also", .related, 6),
        ("you might also", .related, 6), ("up next:", .related, 20), ("don't miss:", .related, 25),
        ("more on ", .related, 4),
        ("more news ", .related, 6), ("latest from ", .related, 6), ("read full article", .related, 6),
        ("trending:", .related, 20),
        ("相关阅读", .related, 20), ("延伸阅读", .related, 20), ("推荐阅读", .related, 20), ("相关新闻", .related, 20),
    ]

    /// The beginnings by their first byte, in their order.
    private static let prefixesByByte: [[(StaticString, Kind, Int)]] = {
        var table = [[(StaticString, Kind, Int)]](repeating: [], count: 256)
        for entry in prefixes { entry.0.withUTF8Buffer { table[Int($0[0])].append(entry) } }
        return table
    }()

    /// The places in ``inside`` of the phrases that begin with a byte.
    private static let insideByByte: [[Int]] = {
        var table = [[Int]](repeating: [], count: 256)
        for (index, entry) in inside.enumerated() { entry.0.withUTF8Buffer { table[Int($0[0])].append(index) } }
        return table
    }()

    /// Phrases that make a short block furniture wherever they stand in it.
    private static let inside: [(StaticString, Kind)] = [
        ("all rights reserved", .legal), ("rights reserved.", .legal), ("may not be published, broadcast", .legal),
        ("may not be reproduced", .legal), ("privacy policy", .legal), ("cookie policy", .legal),
        ("use of cookies", .legal),
        ("terms of service", .legal), ("terms of use", .legal), ("terms and conditions", .legal),
        ("our newsletter", .subscription), ("newsletter and", .subscription), ("free newsletter", .subscription),
        ("daily newsletter", .subscription), ("weekly newsletter", .subscription), ("in your inbox", .subscription),
        ("to your inbox", .subscription), ("unsubscribe at any time", .subscription),
        ("your email address", .subscription), ("subscribe to our", .subscription),
        ("subscribe no", .subscription), ("successfully subscribed", .subscription), ("follow us on", .share),
        ("follow me on twitter", .share), ("affiliate commission", .legal), ("earn a commission", .legal),
        ("点击上方", .subscription), ("未经授权", .legal), ("不得转载", .legal), ("转载请注明", .legal), ("copyright \u{A9}", .legal),
    ]
}
