public import WirewatchKit

extension Plugin {
    /// The `sitemap` source: the pages that a site's sitemaps list.
    public static let sitemap = Plugin.source(
        "sitemap", summary: "Watches a site's sitemaps, news sitemaps too, and yields each new page once."
    ) { (options: SitemapOptions, context) in
        SitemapSource(options, context)
    }
}
