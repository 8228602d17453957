public import WirewatchKit

/// A time that may be absent, in the room of one: each of ten thousand sources remembers half a dozen.
@propertyWrapper
public struct CompactTime: Sendable, Equatable {
    private var milliseconds = Int64.min

    public init(wrappedValue: Timestamp?) { self.wrappedValue = wrappedValue }

    /// The first millisecond that numbers reach is none.
    public var wrappedValue: Timestamp? {
        get { milliseconds == .min ? nil : Timestamp(milliseconds: milliseconds) }
        set { milliseconds = newValue?.milliseconds ?? .min }
    }
}
