/// Why a configuration was not changed: what stands in the way, and what to do.
public struct EditError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
