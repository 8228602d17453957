import WirewatchConfig
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling

/// How requests are to be made: as a configured source makes them, or as one without options would.
struct SourceConnection {
    /// The configured address, where credentials may go.
    let url: HTTPURL?
    let intervals: IntervalOptions
    private let options: ConnectionOptions

    /// As a source whose only option is its address.
    init(allowsPrivateAddresses: Bool = false) {
        let plugin = Wirewatch.plugins.first { $0.kind == .source && $0.name == "feed" }
        let nothing = OptionValue(.map([]), at: SourceLocation(file: "(command line)", line: 1, column: 1))
        self.init(nothing, plugin?.specs ?? [], allowsPrivateAddresses)
    }

    /// As the options of a source say, as far as it has such.
    init(_ component: Component, allowsPrivateAddresses: Bool) {
        self.init(component.value, component.plugin.specs, allowsPrivateAddresses)
    }

    private init(_ value: OptionValue, _ specs: [OptionSpec], _ allowsPrivateAddresses: Bool) {
        // What is wrong was reported when the configuration was loaded.
        let reader = OptionReader(value, specs: specs, diagnostics: OptionReader.Diagnostics())
        var options = ConnectionOptions(reader)
        options.allowsPrivateAddresses = options.allowsPrivateAddresses || allowsPrivateAddresses
        self.options = options
        intervals = IntervalOptions(reader, allowsPrivateAddresses: options.allowsPrivateAddresses)
        url = ConnectionOptions.url(reader)
    }

    /// The name that robots.txt knows us by.
    var agent: String { options.agent }

    private static let accept = """
        application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.9, application/xml;q=0.8, \
        text/xml;q=0.8, application/json;q=0.7, */*;q=0.5
        """

    /// A request for whatever is there: a feed, a page, a list of feeds.
    func request(_ target: HTTPURL) -> HTTPRequest {
        guard let url, url.origin != target.origin else { return options.request(target, accept: Self.accept) }
        // Secrets are for the configured server alone.
        return options.request(target, linkedFrom: url.origin, accept: Self.accept)
    }

    /// The schedule by which the source would poll an address.
    func schedule(_ target: HTTPURL) -> PollSchedule {
        intervals.schedule(
            name: "", subject: "source", followsToOtherOrigins: !options.carriesSecrets(to: url ?? target))
    }
}
