/// An optional value in a place of its own, for what few values of a type have: the others have a reference to nothing instead
/// of room for it.
@propertyWrapper
public struct Apart<Value: Sendable & Equatable>: Sendable, Equatable {
    private final class Place: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var place: Place?

    public init() {}

    public var wrappedValue: Value? {
        get { place?.value }
        set { place = newValue.map { Place($0) } }
    }

    public static func == (a: Apart, b: Apart) -> Bool { a.place === b.place || a.wrappedValue == b.wrappedValue }
}
