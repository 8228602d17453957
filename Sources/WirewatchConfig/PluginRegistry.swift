public import WirewatchKit

/// The plugins that a configuration may name, in the order in which the program lists them.
public struct PluginRegistry: Sendable {
    public let all: [Plugin]
    /// Plugins left out because another of the same kind has their name; ``Configuration/load(path:environment:registry:)``
    /// reports each as an error.
    public let duplicates: [Plugin]
    private let byName: [Key: Plugin]

    private struct Key: Hashable {
        var kind: Plugin.Kind
        var name: String
    }

    public init(_ plugins: [Plugin]) {
        var all: [Plugin] = []
        var duplicates: [Plugin] = []
        var byName: [Key: Plugin] = [:]
        for plugin in plugins {
            let key = Key(kind: plugin.kind, name: plugin.name)
            if byName[key] == nil {
                byName[key] = plugin
                all.append(plugin)
            } else {
                duplicates.append(plugin)
            }
        }
        (self.all, self.duplicates, self.byName) = (all, duplicates, byName)
    }

    public func plugin(kind: Plugin.Kind, name: String) -> Plugin? { byName[Key(kind: kind, name: name)] }

    public func plugins(of kind: Plugin.Kind) -> [Plugin] { all.filter { $0.kind == kind } }
}

extension Plugin.Kind {
    /// The top-level key under which such plugins are listed.
    public var section: String {
        switch self {
        case .source: "sources"
        case .stage: "pipeline"
        case .sink: "sinks"
        }
    }
}
