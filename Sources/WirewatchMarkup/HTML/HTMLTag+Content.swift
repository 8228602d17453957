extension HTMLTag {
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

    /// How the text of the element is read, scripting being off.
    var contentModel: HTMLTokenizer.ContentModel {
        switch self {
        case .title, .textarea: .rcdata
        case .style, .xmp, .iframe, .noembed, .noframes: .rawText
        case .script: .scriptData
        case .plaintext: .plainText
        default: .data
        }
    }
}
