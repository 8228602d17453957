/// How much of its time and memory the listener gives to its clients.
public struct ListenerLimits: Sendable, Hashable {
    /// Open at once; further ones wait in the system's queue.
    public var connections = 256
    /// From one address at once; nil sets no limit, as behind a proxy, where all come from one.
    public var connectionsPerAddress: Int?
    /// A connection on which nothing moves for so long is closed; whole seconds.
    public var idle = Duration.seconds(10)
    /// The longest that a body may take to arrive, however steadily.
    public var bodyTime = Duration.seconds(60)
    /// Bytes of request line and header fields, with what the library needs beside them.
    public var headBytes = 32 << 10
    /// Bytes of all bodies held at once; beyond it requests are answered with 503.
    public var bodyBytes = 256 << 20
    /// How much of the body of a refused request is read and thrown away, so that the client gets to read the reply
    /// before the connection is closed.
    public var discardedBytes = 4 << 20

    public init() {}
}
