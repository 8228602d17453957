/// An entry of the stack of open elements: 8 bytes.
struct OpenElement {
    /// What the algorithm asks of an element.
    struct Traits: OptionSet {
        let rawValue: UInt8
        /// In the standard's category "special".
        static let special = Traits(rawValue: 1)
        /// A search for an element in scope stops here.
        static let scope = Traits(rawValue: 2)
        static let svg = Traits(rawValue: 4)
        static let mathML = Traits(rawValue: 8)
        /// A MathML text integration point.
        static let mathText = Traits(rawValue: 16)
        /// An HTML integration point.
        static let htmlPoint = Traits(rawValue: 32)
        /// MathML's `annotation-xml`.
        static let annotation = Traits(rawValue: 64)
    }

    var node: UInt32
    /// ``HTMLTag/other`` for all foreign elements.
    var tag: HTMLTag
    var traits: Traits
    /// Of the name of an element that ``HTMLTag`` does not list, so that names are seldom compared.
    var hash: UInt16 = 0

    @inline(__always)
    var isForeign: Bool { !traits.isDisjoint(with: [.svg, .mathML]) }

    @inline(__always)
    init(node: UInt32, tag: HTMLTag, traits: Traits, hash: UInt16) {
        self.node = node
        self.tag = tag
        self.traits = traits
        self.hash = hash
    }

    /// A fragment's context; the document for none.
    init(_ context: MarkupTree.FragmentContext?) {
        node = 0
        tag = .other
        traits = []
        guard let context else { return }
        let name = Array(context.name.utf8)
        switch context.namespace {
        case .html:
            tag = HTMLTag(name, 0..<name.count)
            traits = tag.traits
        case .svg: traits = Self.svgTraits(context.name)
        case .mathML: traits = Self.mathMLTraits(context.name)
        }
    }

    static func svgTraits(_ name: String) -> Traits {
        switch name {
        case "foreignObject", "desc", "title": [.svg, .special, .scope, .htmlPoint]
        default: .svg
        }
    }

    static func mathMLTraits(_ name: String) -> Traits {
        switch name {
        case "mi", "mo", "mn", "ms", "mtext": [.mathML, .special, .scope, .mathText]
        case "annotation-xml": [.mathML, .special, .scope, .annotation]
        default: .mathML
        }
    }
}

extension HTMLTag {
    /// The traits of an HTML element of this tag.
    @inline(__always)
    var traits: OpenElement.Traits {
        switch self {
        case .applet, .caption, .html, .table, .td, .th, .marquee, .object, .select, .template: [.special, .scope]
        case .address, .area, .article, .aside, .base, .basefont, .bgsound, .blockquote, .body, .br, .button, .center,
            .col, .colgroup, .dd, .details, .dir, .div, .dl, .dt, .embed, .fieldset, .figcaption, .figure, .footer,
            .form, .frame, .frameset, .h1, .h2, .h3, .h4, .h5, .h6, .head, .header, .hgroup, .hr, .iframe, .img,
            .input, .keygen, .li, .link, .listing, .main, .menu, .meta, .nav, .noembed, .noframes, .noscript, .ol, .p,
            .param, .plaintext, .pre, .script, .search, .section, .source, .style, .summary, .tbody, .textarea, .tfoot,
            .thead, .title, .tr, .track, .ul, .wbr, .xmp:
            .special
        default: []
        }
    }

    /// Whether an end tag may be implied (section 13.2.6.3).
    @inline(__always)
    var hasImpliedEnd: Bool {
        switch self {
        case .dd, .dt, .li, .optgroup, .option, .p, .rb, .rp, .rt, .rtc: true
        default: false
        }
    }

    var hasThoroughlyImpliedEnd: Bool {
        switch self {
        case .caption, .colgroup, .tbody, .td, .tfoot, .th, .thead, .tr: true
        default: hasImpliedEnd
        }
    }
}
