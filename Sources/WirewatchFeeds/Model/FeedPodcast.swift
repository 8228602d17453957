/// What the podcast vocabulary of iTunes says of a feed or an item.
public struct FeedPodcast: Sendable, Hashable {
    /// Whether the publisher wants it kept out of the directory: `yes` alone says so.
    public var isBlocked: Bool?
    /// Nil when nothing, or nothing understood, is said.
    public var isExplicit: Bool?
    /// Seconds.
    public var duration: Int?
    public var episode: Int?
    public var season: Int?
    /// `full`, `trailer`, `bonus`; for a feed `episodic`, `serial`.
    public var kind: String?
    /// Whether a feed will have no more episodes.
    public var isComplete: Bool?
    /// Where the feed has moved to.
    public var newFeedURL: String?

    public init() {}
}

/// Where something happened: GeoRSS, W3C `geo`.
public struct FeedLocation: Sendable, Hashable {
    /// Degrees north, -90 to 90.
    public var latitude: Double
    /// Degrees east, -180 to 180.
    public var longitude: Double

    /// Nil when the numbers are no place on Earth.
    public init?(latitude: Double, longitude: Double) {
        guard abs(latitude) <= 90, abs(longitude) <= 180 else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }
}
