public import WirewatchKit

/// How long a reply stays fresh, as far as a poller needs to know (RFC 9111).
public struct Freshness: Sendable, Hashable {
    /// From the reply's arrival on; zero when it is stale at once, nil when the server says nothing.
    public var lifetime: Duration?
    /// `Cache-Control: no-store`.
    public var forbidsStoring = false
    /// `no-cache`: ask again each time.
    public var mustRevalidate = false

    /// Reads `Cache-Control`, `Expires`, `Date` and `Age`.
    /// - Parameter now: when the reply came.
    public init(_ headers: HTTPHeaders, now: Timestamp) {}
}
