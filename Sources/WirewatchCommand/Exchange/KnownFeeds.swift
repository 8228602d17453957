import WirewatchConfig
import WirewatchHTTP
import WirewatchKit

/// The feeds that are configured, by an address that is the same for all ways of writing it.
struct KnownFeeds {
    private var names: [String: String] = [:]

    init(_ configuration: Configuration) {
        for component in configuration.sources {
            guard let url = ConfiguredFeed(component)?.url else { continue }
            names[Self.key(url)] = component.name
        }
    }

    /// The source that polls this address already.
    func name(of url: String) -> String? { names[Self.key(url)] }

    mutating func add(_ url: String, name: String) { names[Self.key(url)] = name }

    /// Without scheme and last slash: nobody serves two feeds that differ by these.
    private static func key(_ url: String) -> String {
        let text = CanonicalURL(url)?.text ?? url
        var key = text.split(separator: ":", maxSplits: 1).last.map { String($0) } ?? text
        while key.hasSuffix("/") { key.removeLast() }
        return key
    }
}

/// A configured source that polls a feed.
struct ConfiguredFeed {
    var name: String
    /// Without credentials.
    var url: String
    var every: String?

    /// Nil for a source of another type.
    init?(_ component: Component) {
        guard component.plugin.name == "feed", let text = component.value["url"].flatMap(OptionReader.text) else {
            return nil
        }
        name = component.name
        url = (try? HTTPURL(text))?.text ?? text
        every = component.value["every"].flatMap(OptionReader.text)
    }
}
