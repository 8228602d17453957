public import WirewatchKit

extension Plugin {
    /// The `files` source: articles from a folder, as files appear, change and grow.
    public static let files = Plugin.source(
        "files", summary: "Watches a folder (or one file) for pages, text dumps, feeds and growing JSON Lines."
    ) { (options: FilesOptions, context) in
        FilesSource(options, context)
    }
}
