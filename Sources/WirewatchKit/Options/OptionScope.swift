/// What a plugin's options may know of the configuration around them, and what they claim of it.
///
/// One for all plugins of a configuration, used while it is read, on one thread.
public final class OptionScope {
    /// What the configuration says of the daemon's HTTP listener.
    public enum Listener: Sendable, Hashable {
        /// Nobody knows yet: options are read apart from a configuration. Nothing is refused for it.
        case unknown
        /// There is no `listen:`.
        case absent
        case at(ListenAddress, publicURL: String?)
    }

    public let listener: Listener
    /// What currencies are worth.
    public let rates: ExchangeRates
    /// The paths that sources serve, each with the source that claimed it.
    public private(set) var paths: [(path: String, includesBelow: Bool, owner: String)] = []

    public init(listener: Listener = .unknown, rates: ExchangeRates = .shipped) {
        self.listener = listener
        self.rates = rates
    }

    /// What components have alike, by its type; the latest last.
    private var kept: [ObjectIdentifier: [AnyObject]] = [:]
    private static let keptAtMost = 8

    /// An object that is the same as this one and that another component holds already, if one is known; else this one.
    ///
    /// Thousands of sources that set the same options then hold them once.
    public func alike<Value: AnyObject>(_ value: Value, _ areSame: (Value, Value) -> Bool) -> Value {
        let type = ObjectIdentifier(Value.self)
        var known = kept[type, default: []]
        for case let other as Value in known where areSame(other, value) { return other }
        if known.count == Self.keptAtMost { known.removeFirst() }
        known.append(value)
        kept[type] = known
        return value
    }

    /// Claims a path of the listener for a component, so that a second claim is a mistake of the configuration.
    ///
    /// - Returns: why it cannot be had; nil when it is claimed.
    public func claim(_ path: String, includesBelow: Bool = false, owner: String) -> String? {
        if let fault = InboundRoute.fault(in: path) { return fault }
        let wanted = InboundRoute(path, includesBelow: includesBelow, methods: []) { _ in InboundReply(status: 404) }
        for other in paths {
            let taken = InboundRoute(other.path, includesBelow: other.includesBelow, methods: []) { _ in
                InboundReply(status: 404)
            }
            if taken.overlaps(wanted) { return "source '\(other.owner)' serves '\(other.path)' already" }
        }
        paths.append((path, includesBelow, owner))
        return nil
    }
}
