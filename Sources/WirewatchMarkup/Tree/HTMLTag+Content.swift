extension HTMLTag {
    /// The place among all cases, for tables.
    var ordinal: Int { Int(rawValue) }

    public var isHeading: Bool {
        switch self {
        case .h1, .h2, .h3, .h4, .h5, .h6: true
        default: false
        }
    }

    /// Whether browsers begin a new line for the element, so that its text is apart from the text around it.
    public var isBlock: Bool {
        switch self {
        case .html, .body, .article, .section, .nav, .aside, .header, .footer, .main, .address, .hgroup, .search, .h1,
            .h2, .h3, .h4, .h5, .h6, .p, .div, .pre, .blockquote, .center, .hr, .ul, .ol, .li, .dl, .dt, .dd, .menu,
            .dir, .figure, .figcaption, .table, .caption, .tbody, .thead, .tfoot, .tr, .td, .th, .form, .fieldset,
            .legend, .details, .summary, .dialog, .listing, .xmp, .plaintext, .frameset:
            true
        default: false
        }
    }

    /// Whether a search for an open element stops here (WHATWG 13.2.4.2, "has an element in scope").
    var boundsScope: Bool {
        switch self {
        case .html, .table, .td, .th, .caption, .template, .object, .applet, .marquee, .svg, .math: true
        default: false
        }
    }

    var boundsButtonScope: Bool { self == .button || boundsScope }

    /// Whether the element's start tag ends an open paragraph.
    var closesParagraph: Bool {
        guard isBlock else { return false }
        switch self {
        case .html, .body, .caption, .tbody, .thead, .tfoot, .tr, .td, .th, .legend, .frameset: return false
        default: return true
        }
    }

    /// Whether the element cannot stand in the head, so that its start tag ends it.
    var closesHead: Bool {
        switch self {
        case .title, .meta, .link, .base, .style, .script, .noscript, .template, .head, .html, .other: false
        default: true
        }
    }
}
