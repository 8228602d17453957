import WirewatchDelivery
import WirewatchKit

/// What the user may set of the `alert_feed` sink.
struct AlertFeedOptions: PluginOptions {
    enum Format: String, Sendable { case atom, json }

    let path: String
    let format: Format
    let title: String
    let home: String?
    let maxItems: Int
    let mode: UInt32
    let filter: AlertFilter

    static let specs: [OptionSpec] =
        [
            OptionSpec(
                "path", .path, required: true, example: "public/alerts.atom",
                "The file, replaced as a whole whenever there are new alerts, so that a web server can serve it."),
            OptionSpec(
                "format", .choice([("atom", "Atom (RFC 4287)"), ("json", "JSON Feed 1.1")]), example: "json",
                "Without it `json` for a path that ends in `.json`, `atom` for any other."),
            OptionSpec("title", .string(), default: "wirewatch alerts", "The feed's title."),
            OptionSpec("url", .string(), example: "https://example.org/alerts.atom", "Where the file is served."),
            OptionSpec("max_items", .integer(1...10_000), default: "100", "The newest alerts that it keeps."),
            OptionSpec("public", .bool, default: "true", "Whether every user of the machine may read the file."),
        ] + DeliveryOptions.selectionSpecs

    init(_ options: OptionReader) throws {
        path = options.string("path") ?? ""
        format =
            options.string("format").flatMap { Format(rawValue: $0) }
            ?? (path.lowercased().hasSuffix(".json") ? .json : .atom)
        title = options.string("title") ?? ""
        home = options.string("url")
        maxItems = options.integer("max_items") ?? 100
        mode = options.bool("public") ? 0o644 : 0o640
        filter = AlertFilter(options)
    }
}
