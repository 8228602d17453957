import WirewatchKit

/// Dates of feeds.
enum FeedDate {}
