/// What zlib could not do, in words.
public struct CompressionError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
