import WirewatchKit
internal import WirewatchMarkup
internal import WirewatchText

/// What the user knows of a site's pages: selectors of the parts that are not found by themselves.
public struct SiteHint: Sendable {
    /// The parts that a selector can name.
    public enum Part: String, Sendable, CaseIterable { case body, title, authors, published, remove }

    let hosts: [HostPattern]
    /// Empty for all paths.
    let paths: [Glob]
    let selectors: [Part: MarkupSelector]
    /// The hosts as written, for messages.
    let name: String

    /// Nil when there is a mistake, which is reported.
    init?(_ options: OptionReader) {
        var hosts: [HostPattern] = []
        for value in options.list("host") {
            guard let text = OptionReader.text(value) else { continue }
            if let host = HostPattern(text) {
                hosts.append(host)
            } else {
                options.report(
                    "'host': '\(text)' is no host: write a name such as news.example.org, or *.example.org for all below",
                    at: value.location)
            }
        }
        var paths: [Glob] = []
        for value in options.list("path") {
            guard let text = OptionReader.text(value) else { continue }
            do throws(Glob.Mistake) {
                paths.append(try Glob(text))
            } catch {
                options.report("'path': \(error)", at: value.location)
            }
        }
        var selectors: [Part: MarkupSelector] = [:]
        for part in Part.allCases { selectors[part] = Self.selector(part.rawValue, options) }
        if Part.allCases.allSatisfy({ options.raw($0.rawValue) == nil }) {
            options.report(
                "a site needs at least one of 'body', 'title', 'authors', 'published' and 'remove'",
                at: options.value.location)
        }
        guard !hosts.isEmpty else { return nil }
        self.hosts = hosts
        self.paths = paths
        self.selectors = selectors
        name = options.strings("host").joined(separator: ", ")
    }

    /// Whether the hint is for the page of an address.
    func matches(_ address: PageAddress) -> Bool {
        hosts.contains { $0.matches(address.host) } && (paths.isEmpty || paths.contains { $0.matches(address.path) })
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

    static let group = OptionGroup("site", "What is known of the pages of a site.") {
        func selector(_ part: Part, _ example: String, _ doc: String) -> OptionSpec {
            OptionSpec(part.rawValue, .oneOrMore(.string()), example: example, doc)
        }
        return [
            OptionSpec(
                "host", .oneOrMore(.string()), required: true, example: "news.example.org",
                "The site's host, or hosts: `news.example.org`, or `*.example.org` for all below."),
            OptionSpec(
                "path", .oneOrMore(.string()), example: "/reviews/**",
                "Globs of the paths that are meant; `*` stays within a folder, `**` does not. Default all."),
            selector(
                .body, ".story-text",
                """
                CSS selectors of the elements that hold the body: all text in them is kept, in the page's order, but for \
                captions, the headline and what `remove` names.
                """),
            selector(.title, "h1.headline", "CSS selectors of the headline; the first element found counts."),
            selector(
                .authors, ".byline a", "CSS selectors of the authors' names; each element found is one or a byline."),
            selector(
                .published, "time.published",
                "CSS selectors of the date of publication: its `datetime` or `content` attribute, else its text."),
            selector(.remove, "[.promo, \"#newsletter\"]", "CSS selectors of what is no part of the article."),
        ]
    }
}

/// The parts of a page's address that hints go by.
struct PageAddress {
    /// In lower case, without port.
    let host: String
    /// As written, without the slashes at its ends.
    let path: String

    /// Nil for what is no absolute address.
    init?(_ url: String) {
        let bytes = Array(url.utf8)
        guard let mark = bytes.find("://") else { return nil }
        let rest = bytes[(mark + 3)...]
        let end = rest.firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? rest.endIndex
        var host = rest[..<end]
        if let at = host.lastIndex(of: 0x40) { host = host[(at + 1)...] }
        if host.first != 0x5B, let colon = host.firstIndex(of: 0x3A) { host = host[..<colon] }
        var path = rest[end...].prefix { $0 != 0x3F && $0 != 0x23 }
        while path.first == 0x2F { path.removeFirst() }
        while path.last == 0x2F { path.removeLast() }
        guard !host.isEmpty else { return nil }
        self.host = String(decoding: host, as: UTF8.self).lowercased()
        self.path = String(decoding: path, as: UTF8.self)
    }
}
