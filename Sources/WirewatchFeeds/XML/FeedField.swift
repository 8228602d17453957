/// What an element's text says of the feed, item or source that it stands in.
enum FeedField: UInt8 {
    case title, subtitle, summary, content, info, rights, link, originalLink, id, comments, commentCount
    case published, updated, created, expires
    case author, publisher, tag, keywords, language, generator, icon, logo, documentation
    case ttl, updatePeriod, updateFrequency, updateBase, skipHour, skipDay
    case blocked, explicit, duration, episode, season, kind, complete, newFeedURL, place, latitude, longitude

    /// The field, and how much this vocabulary counts against another one for it: the higher wins.
    static func of(_ namespace: FeedNamespace, _ name: ElementName) -> (field: FeedField, weight: Int8)? {
        switch namespace {
        case .rss, .atom: plain(name)
        case .dublinCore, .dublinCoreTerms: dublinCore(name)
        case .contentModule: name == .encoded ? (.content, 7) : nil
        case .xhtml: name == .body || name == .div ? (.content, 4) : nil
        case .itunes: podcast(name)
        case .media: media(name)
        case .syndication: schedule(name)
        case .slash: name == .comments ? (.commentCount, 6) : nil
        case .threading: name == .total ? (.commentCount, 6) : nil
        case .geo: place(name)
        case .feedburner:
            switch name {
            case .origlink: (.originalLink, 6)
            case .browserfriendly: (.info, 5)
            default: nil
            }
        case .admin: name == .generatoragent ? (.generator, 3) : nil
        case .creativeCommons: name == .license ? (.rights, 1) : nil
        case .rdf, .xml, .wellFormedWeb, .other: nil
        }
    }

    private static func plain(_ name: ElementName) -> (FeedField, Int8)? {
        switch name {
        case .title: (.title, 6)
        case .link: (.link, 6)
        case .guid, .id: (.id, 6)
        case .description: (.summary, 6)
        case .summary, .tagline: (.subtitle, 6)
        case .subtitle: (.subtitle, 5)
        case .abstract: (.summary, 5)
        case .content: (.content, 6)
        case .encoded, .body, .fullitem: (.content, 5)
        case .info: (.info, 6)
        case .rights, .copyright: (.rights, 6)
        case .pubdate, .published: (.published, 6)
        case .issued, .date: (.published, 5)
        case .created: (.created, 5)
        case .updated, .modified: (.updated, 6)
        case .lastbuilddate: (.updated, 6)
        case .expirationdate: (.expires, 6)
        case .author, .creator: (.author, 6)
        case .managingeditor: (.author, 5)
        case .webmaster: (.publisher, 6)
        case .category, .subject, .tag: (.tag, 6)
        case .keywords, .tags: (.keywords, 6)
        case .language: (.language, 6)
        case .generator: (.generator, 6)
        case .icon: (.icon, 6)
        case .logo: (.logo, 6)
        case .comments: (.comments, 6)
        case .docs: (.documentation, 6)
        case .ttl: (.ttl, 6)
        default: nil
        }
    }

    private static func dublinCore(_ name: ElementName) -> (FeedField, Int8)? {
        switch name {
        case .title: (.title, 3)
        case .creator, .author: (.author, 3)
        case .contributor: nil
        case .publisher: (.publisher, 5)
        case .date: (.published, 3)
        case .issued: (.published, 4)
        case .available: (.published, 2)
        case .created: (.created, 4)
        case .modified: (.updated, 4)
        case .valid: (.expires, 2)
        case .subject: (.tag, 3)
        case .description, .abstract: (.summary, 3)
        case .identifier: (.id, 3)
        case .language: (.language, 3)
        case .rights, .license: (.rights, 3)
        default: nil
        }
    }

    private static func podcast(_ name: ElementName) -> (FeedField, Int8)? {
        switch name {
        case .author: (.author, 2)
        case .summary: (.summary, 2)
        case .subtitle: (.subtitle, 1)
        case .title: (.title, 2)
        case .keywords: (.keywords, 2)
        case .block: (.blocked, 6)
        case .explicit: (.explicit, 6)
        case .duration: (.duration, 6)
        case .episode: (.episode, 6)
        case .season: (.season, 6)
        case .episodetype, .type: (.kind, 6)
        case .complete: (.complete, 6)
        case .newfeedurl: (.newFeedURL, 6)
        default: nil
        }
    }

    private static func media(_ name: ElementName) -> (FeedField, Int8)? {
        switch name {
        case .title: (.title, 1)
        case .description, .text: (.summary, 1)
        case .keywords: (.keywords, 1)
        case .category: (.tag, 1)
        case .copyright: (.rights, 1)
        default: nil
        }
    }

    private static func schedule(_ name: ElementName) -> (FeedField, Int8)? {
        switch name {
        case .updateperiod: (.updatePeriod, 6)
        case .updatefrequency: (.updateFrequency, 6)
        case .updatebase: (.updateBase, 6)
        default: nil
        }
    }

    private static func place(_ name: ElementName) -> (FeedField, Int8)? {
        switch name {
        case .point, .pos: (.place, 6)
        case .lat: (.latitude, 6)
        case .long: (.longitude, 6)
        default: nil
        }
    }
}
