import Testing
import WirewatchConfig
import WirewatchKit
import WirewatchStandardPlugins

@Suite struct SitemapMistakeTests {
    private static let folder = String(#filePath.dropLast("/SitemapMistakeTests.swift".count)) + "/Mistakes/"

    @Test(
        "mistakes in a configuration are all told at once, each with its place and what to do",
        arguments: [
            (
                "specs.yaml",
                """
                5:19 'max_sitemaps' of source 'press' must be from 1 to 1000, not '0'
                6:5 unknown option 'full_texts' in source 'press'; did you mean 'full_text'?
                7:14 'include' of source 'press' must be a text, not a map
                8:5 source 'other' needs the option 'url', such as 'url: https://example.org/news-sitemap.xml'
                """
            ),
            (
                "options.yaml",
                """
                4:10 'url': the URL has no scheme; write it in full: https://sitemap.xml
                5:12 'every' is 10s, less than a minute: publishers block such readers; only with \
                'allow_private_addresses: true', for servers of your own, can it be less
                6:16 'max_every' is shorter than 'every'
                7:12 'first' is 'a few': write a number of items, such as 20, or an age, such as 2d
                8:15 'include': the glob '/news/[a-' has a '[' without its ']'
                9:13 'hosts': '*.org' is no host: write a name such as news.example.org, or *.example.org for all below
                9:22 'hosts': 'https://press.example/' is no host: write a name such as news.example.org, or \
                *.example.org for all below
                10:11 'auth' needs either 'user' and 'password', or 'bearer'
                11:12 'proxy' is no http://, https://, socks5:// or socks5h:// URL
                """
            ),
        ])
    func golden(file: String, expected: String) {
        let result = Configuration.load(
            path: Self.folder + file, environment: [:], registry: PluginRegistry(standardPlugins))
        #expect(result.configuration == nil)
        let printed = result.diagnostics.map { diagnostic in
            "\(diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-") \(diagnostic.message)"
        }
        #expect(printed.joined(separator: "\n") == expected)
    }
}
