import WirewatchHTTP

/// Why a page gave no full text.
public enum PageProblem: Error, CustomStringConvertible {
    /// Any other than 200.
    case status(Int)
    /// No HTML.
    case type
    case empty

    public var description: String {
        switch self {
        case .status(let status): "the server says \(status)"
        case .type: "the page is no HTML"
        case .empty: "the page is empty"
        }
    }

    /// One word for counting.
    public static func reason(_ error: any Error) -> String {
        switch error {
        case is PageRefusal: "robots"
        case PageProblem.status: "status"
        case is PageProblem: "content"
        case let error as HTTPError:
            switch error.kind {
            case .timeout: "timeout"
            case .tooLarge: "too_large"
            default: "fetch"
            }
        default: "fetch"
        }
    }
}
