public import WirewatchKit

/// Dates of header fields (RFC 9110, 5.6.7).
public enum HTTPDate {
    /// Reads the three forms that recipients must accept, and tolerates what else is surely a date with its zone.
    public static func parse(_ text: String) -> Timestamp? { nil }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    public static func format(_ time: Timestamp) -> String { "" }
}
