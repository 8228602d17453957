public import WirewatchKit

extension Plugin {
    /// The `http` source: articles that are posted to the daemon.
    public static let httpIntake = Plugin.source(
        "http", summary: "Takes articles posted to the daemon's own HTTP endpoint; needs `listen:`."
    ) { (options: HTTPIntakeOptions, context) in
        HTTPIntakeSource(options: options, context: context)
    }
}
