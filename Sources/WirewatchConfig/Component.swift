public import WirewatchKit

/// A configured source, stage or sink. Copies share what they hold: there may be ten thousand sources.
public struct Component: Sendable {
    private let shared: Shared

    private final class Shared: Sendable {
        let name: String
        let plugin: Plugin
        let options: any PluginOptions
        let value: Value
        let location: SourceLocation
        let rates: ExchangeRates

        init(
            _ name: String, _ plugin: Plugin, _ options: any PluginOptions, _ value: Value, _ location: SourceLocation,
            _ rates: ExchangeRates
        ) {
            self.name = name
            self.plugin = plugin
            self.options = options
            self.value = value
            self.location = location
            self.rates = rates
        }
    }

    /// Of a source, whose value is wanted only to be compared, no tree of values is kept.
    private enum Value {
        indirect case whole(OptionValue)
        case packed(PackedValue)
    }

    public init(
        name: String, plugin: Plugin, options: any PluginOptions, value: OptionValue, location: SourceLocation,
        rates: ExchangeRates = .shipped
    ) {
        shared = Shared(
            name, plugin, options, plugin.kind == .source ? .packed(PackedValue(value)) : .whole(value), location, rates
        )
    }

    /// Unique among its kind.
    public var name: String { shared.name }
    public var plugin: Plugin { shared.plugin }
    /// As read by the plugin; what its factory takes.
    public var options: any PluginOptions { shared.options }
    /// The options as a value, with absolute paths, variables and includes filled in. All that is in a source's is at the
    /// place where the source is.
    public var value: OptionValue {
        switch shared.value {
        case .whole(let value): value
        case .packed(let packed): packed.value(at: shared.location)
        }
    }
    public var location: SourceLocation { shared.location }
    /// The rates that it was read with.
    public var rates: ExchangeRates { shared.rates }
}

extension Component: Equatable {
    /// Whether a reload may keep the running instance.
    public static func == (a: Component, b: Component) -> Bool {
        a.shared === b.shared
            || a.name == b.name && a.plugin.kind == b.plugin.kind && a.plugin.name == b.plugin.name
                && hasSameValue(a, b)
                && a.rates == b.rates
    }

    private static func hasSameValue(_ a: Component, _ b: Component) -> Bool {
        if case .packed(let x) = a.shared.value, case .packed(let y) = b.shared.value, x == y { return true }
        return a.value == b.value
    }
}
