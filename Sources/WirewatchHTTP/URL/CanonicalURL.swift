/// The form of a URL by which two of them are known to be one: no fragment, no tracking parameters, normal form.
///
/// A URL of another scheme (`mailto:`) is kept as it is. The host of an internationalised name stays as written.
public struct CanonicalURL: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    public var description: String { text }

    /// - Parameters:
    ///   - text: an absolute URL, or a reference if there is a base; nil is returned for what is no URL.
    ///   - ownHosts: hosts of the site and its feed: a `ref` parameter that names one of them is tracking.
    public init?(_ text: String, base: HTTPURL? = nil, ownHosts: [String] = []) {
        return nil
    }
}
