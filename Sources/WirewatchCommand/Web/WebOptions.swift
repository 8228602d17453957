import ArgumentParser
import WirewatchConfig

/// The options of commands that fetch.
struct WebOptions: ParsableArguments {
    @Flag(help: "Allow addresses on loopback, private and other special networks.")
    var allowPrivateAddresses = false

    @Flag(
        name: .shortAndLong,
        help: "Show each request and reply on standard error, with what it means for polling. Secrets are withheld.")
    var verbose = false

    /// Fetches as a source without options would, or as the one of this name in a configuration.
    func fetcher(source: String? = nil, in file: ConfigurationFile? = nil) throws -> WebFetcher {
        guard let source, let file else {
            return WebFetcher(
                SourceConnection(allowsPrivateAddresses: allowPrivateAddresses), isVerbose: verbose)
        }
        let configuration = try file.load(showingDoubts: false)
        guard let component = configuration.sources.first(where: { $0.name == source }) else {
            let known = configuration.sources.map(\.name).prefix(20).joined(separator: ", ")
            throw Failure(.usage, "there is no source '\(source)'; there are: \(known)")
        }
        return WebFetcher(
            SourceConnection(component, allowsPrivateAddresses: allowPrivateAddresses), isVerbose: verbose)
    }
}
