import WirewatchHTTP
import WirewatchKit
import WirewatchMarkup
import WirewatchPolling

/// What the user may set of the `page` source.
struct PageOptions: PluginOptions {
    enum Watch: Sendable, Equatable { case links, text }

    var url: HTTPURL?
    var watch: Watch
    var links: LinkOptions
    var select: MarkupSelector?
    var ignore: MarkupSelector?
    /// How many of the links on the first page seen are taken; in text mode, whether its text is yielded.
    var first = 20
    var nextPages: Int
    var maxItems: Int
    var intervals: IntervalOptions
    var connection: ConnectionOptions

    init(_ options: OptionReader) throws {
        connection = ConnectionOptions(options)
        url = ConnectionOptions.url(options)
        intervals = IntervalOptions(options, allowsPrivateAddresses: connection.allowsPrivateAddresses)
        let group = options.group("links", LinkOptions.group)
        links = group.map { LinkOptions($0) } ?? LinkOptions()
        switch options.string("watch") {
        case "links": watch = .links
        case "text": watch = .text
        default: watch = group == nil ? .text : .links
        }
        nextPages = options.integer("next_pages") ?? 0
        maxItems = options.integer("max_items") ?? 100
        select = Self.selector("select", options)
        ignore = Self.selector("ignore", options)
        readFirst(options)
        if watch == .text {
            for name in ["links", "next_pages", "max_items"] where options.raw(name) != nil {
                options.report("'\(name)' is for 'watch: links' alone; remove one of them", at: options.location(name))
            }
        }
    }

    private mutating func readFirst(_ options: OptionReader) {
        guard let text = options.string("first") else { return }
        if text == "none" {
            first = 0
        } else if let count = Int(text), (0...1000).contains(count) {
            first = count
        } else {
            options.report(
                "'first' is '\(text)': write a number of links up to 1000, or none", at: options.location("first"))
        }
    }

    /// One selector, or a list of them that counts as their union.
    private static func selector(_ name: String, _ options: OptionReader) -> MarkupSelector? {
        var texts: [String] = []
        for value in options.list(name) {
            guard let text = OptionReader.text(value) else { continue }
            do throws(MarkupSelector.Mistake) {
                _ = try MarkupSelector(text)
                texts.append(text)
            } catch {
                options.report("'\(name)': the selector '\(text)', \(error)", at: value.location)
            }
        }
        guard !texts.isEmpty else { return nil }
        do throws(MarkupSelector.Mistake) {
            return try MarkupSelector(texts.joined(separator: ", "))
        } catch {
            options.report("'\(name)': all selectors together, \(error)", at: options.location(name))
            return nil
        }
    }
}
