/// The daemon's HTTP listener, as a source sees it: a place to serve requests at paths of its own.
///
/// The listener is off unless the configuration has `listen:`. Safe to use from any task.
public protocol InboundEndpoint: Sendable {
    /// Where it listens; with port 0 the configured one.
    var address: ListenAddress { get }
    /// `listen.public_url`: where the listener is reached from outside, without a `/` at the end; nil when not set.
    var publicURL: String? { get }

    /// Serves a route from now on, until the registration is released or the source's `run` ends.
    ///
    /// - Throws: ``InboundRouteError`` when the path is no path, reserved or taken.
    func register(_ route: InboundRoute) throws(InboundRouteError) -> InboundRegistration
}

/// A path with what is done with the requests that come there.
public struct InboundRoute: Sendable {
    /// Such as `/articles`: printable ASCII without `?`, `#`, `%` and `//`, with no `/` at the end.
    public var path: String
    /// Whether everything below the path belongs to the route too: `/websub/press/9c1e`.
    public var includesBelow: Bool
    /// Of GET, HEAD and POST; GET implies HEAD. Others are answered with 405.
    public var methods: [String]
    /// A larger body is answered with 413 before it is read whole.
    public var maxBodyBytes: Int
    /// Looks at a request before its body is read; a reply ends the request there, so that strangers send nothing that
    /// is kept. Called on the listener's only thread: it must not wait for anything.
    public var screen: @Sendable (InboundRequest) -> InboundReply?
    /// Answers a request with its body, in a task of its own, cancelled when the listener stops. The connection waits
    /// as long as this takes, so it must end in a bounded time.
    public var handler: @Sendable (InboundRequest) async -> InboundReply

    public init(
        _ path: String, includesBelow: Bool = false, methods: [String], maxBodyBytes: Int = 1 << 20,
        screen: @escaping @Sendable (InboundRequest) -> InboundReply? = { _ in nil },
        handler: @escaping @Sendable (InboundRequest) async -> InboundReply
    ) {
        self.path = path
        self.includesBelow = includesBelow
        self.methods = methods
        self.maxBodyBytes = maxBodyBytes
        self.screen = screen
        self.handler = handler
    }

    /// Whether a request for this path comes here.
    public func matches(_ path: String) -> Bool {
        path == self.path || includesBelow && path.hasPrefix(self.path + "/")
    }

    /// Whether some path belongs to both.
    public func overlaps(_ other: InboundRoute) -> Bool { matches(other.path) || other.matches(path) }

    /// The paths of the daemon's own figures, which no source can take.
    public static let reservedPaths = ["/", "/metrics", "/healthz", "/readyz", "/status"]

    /// Why a path cannot be served; nil when it can.
    public static func fault(in path: String) -> String? {
        guard path.hasPrefix("/"), path.count > 1 else { return "it must begin with '/' and have a name behind it" }
        if path.hasSuffix("/") { return "it must not end in '/'" }
        if path.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F || $0 == 0x3F || $0 == 0x23 || $0 == 0x25 }) {
            return "it must be printable ASCII without blanks, '?', '#' and '%'"
        }
        if path.contains("//") || path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) {
            return "it must not have '//', '.' or '..' in it"
        }
        if reservedPaths.dropFirst().contains(where: { path == $0 || path.hasPrefix($0 + "/") }) {
            return "that path is the daemon's own; choose another, such as /articles"
        }
        return nil
    }
}

/// Why a route cannot be served: which path, and whose it is.
public struct InboundRouteError: Error, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// A route in service. Releasing it, or letting go of the last reference to it, takes it out of service; requests that
/// are being answered are answered.
public final class InboundRegistration: Sendable {
    private let onRelease: @Sendable () -> Void

    /// - Parameter onRelease: takes the route out of service; may be called more than once.
    public init(onRelease: @escaping @Sendable () -> Void) { self.onRelease = onRelease }

    deinit { onRelease() }

    public func release() { onRelease() }
}
