import ArgumentParser
import WirewatchConfig
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit

/// `wirewatch sources export`
struct ExportSources: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the configured feeds as OPML, for other feed readers.",
        discussion: """
            Credentials are left out of the addresses.

            EXAMPLES
              wirewatch sources export > feeds.opml
              wirewatch sources export --text | xargs -n1 curl -sI
            """)

    enum Form: String, EnumerableFlag {
        case opml, json, text

        static func help(for value: Form) -> ArgumentHelp? {
            switch value {
            case .opml: "OPML 2.0 (the default)."
            case .json: "One JSON object a feed: {\"name\", \"url\", \"every\"}."
            case .text: "One address a line."
            }
        }
    }

    @Flag var form = Form.opml

    @ArgumentParser.OptionGroup var file: ConfigurationFile

    func run() throws {
        let feeds = try file.load(showingDoubts: false).sources.compactMap(ConfiguredFeed.init)
        let doubtful = feeds.count { feed in (try? HTTPURL(feed.url)).map { $0.redacted != $0.text } ?? false }
        if doubtful > 0 {
            StandardOutput.message(
                "wirewatch: \(doubtful) of the addresses carry what looks like a secret; mind whom you give the list")
        }
        switch form {
        case .text: try StandardOutput.write(feeds.map { $0.url + "\n" }.joined())
        case .opml:
            let list = OPML(title: "wirewatch", feeds: feeds.map { OPMLFeed(url: $0.url, title: $0.name) })
            try StandardOutput.write(list.written(created: SystemClock().now()))
        case .json:
            var json = JSONWriter(capacity: 256)
            for feed in feeds {
                json.beginObject()
                json.member("name", feed.name)
                json.member("url", feed.url)
                json.optional("every", feed.every)
                json.endObject()
                json.endLine()
            }
            try StandardOutput.write(json.bytes)
        }
    }
}
