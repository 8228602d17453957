import WirewatchMarkup

/// How the text of an element is meant.
enum TextKind {
    case plain
    /// Markup, escaped once.
    case html
    /// Markup, as elements.
    case xhtml
    /// Plain or escaped markup; its looks decide.
    case either
    /// Base64 of a text.
    case base64
}

/// The element whose text is being collected. Without references, so that it costs nothing to hand on.
struct TextCapture {
    var field: FeedField
    /// Against other elements for the same field: see ``FeedField/of(_:_:)``.
    var weight: Int8
    var kind: TextKind
    /// The place in the stack of the element itself.
    var depth: Int
    /// Where its content begins in the source.
    var start: Int
    /// Whether elements stand in it; then its content is read anew as markup when it ends.
    var hasElements = false
    /// For RSS's guid.
    var isPermalink = false
}
