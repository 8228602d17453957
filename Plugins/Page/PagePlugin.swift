public import WirewatchKit

extension Plugin {
    /// The `page` source: a web page that is watched for new links, or for changes of its text.
    public static let page = Plugin.source(
        "page",
        summary: "Watches a web page: reads the articles that it newly links to, or its own text when it changes."
    ) { (options: PageOptions, context) in
        PageSource(options, context)
    }
}
