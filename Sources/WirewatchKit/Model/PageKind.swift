/// What a page is, by what it shows.
public enum PageKind: String, Sendable, Hashable, CaseIterable {
    case article
    /// The beginning of an article that only subscribers read on.
    case paywallStub = "paywall_stub"
    /// A film or a broadcast with a few words about it.
    case video
    /// A list of articles: a start page, a section, search results.
    case index
    /// What a server shows in place of a page that is not there, often with status 200.
    case notFound = "not_found"
    /// The question for consent to cookies in place of the page.
    case consentWall = "consent_wall"
    /// The form to sign in, in place of the page.
    case loginWall = "login_wall"
    /// A test for robots or a refusal, in place of the page.
    case blocked
    /// A page whose text scripts build.
    case needsScript = "needs_script"

    /// For messages: `an index page`.
    public var name: String {
        switch self {
        case .article: "an article"
        case .paywallStub: "a paywall stub"
        case .video: "a video page"
        case .index: "an index page"
        case .notFound: "a page that says 'not found'"
        case .consentWall: "a consent wall"
        case .loginWall: "a login wall"
        case .blocked: "a page that refuses robots"
        case .needsScript: "a page that needs scripts"
        }
    }
}
