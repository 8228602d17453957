import WirewatchFeeds
import WirewatchKit
import WirewatchText

/// What the user may set of the `files` source.
struct FilesOptions: PluginOptions {
    static let specs: [OptionSpec] = [
        OptionSpec(
            "path", .path, required: true, example: "articles/",
            "The folder to watch, or one file. It may be missing at first: the source waits for it."),
        OptionSpec(
            "include", .oneOrMore(.string()), example: "[\"*.html\", \"feeds/**/*.xml\"]",
            """
            Names of the files to take, as globs: `*` and `?` stay inside a name, `**` crosses folders, `[a-z]` and \
            `{a,b}` choose. A glob without `/` is matched with the file's name in every folder, one with `/` with the \
            path below `path`. Upper and lower case are the same. Without it: \
            \(defaultInclude.joined(separator: ", ")). Of no effect when `path` is a file.
            """),
        OptionSpec(
            "exclude", .oneOrMore(.string()), example: "\"drafts/**\"",
            """
            Globs of files and folders to leave out. Names that begin with a dot or end in `~`, `.tmp`, `.part` or \
            `.swp` are always left out.
            """),
        OptionSpec("recursive", .bool, default: "true", "Whether folders inside the folder are watched too."),
        OptionSpec(
            "content_type", .string(), example: "text/html; charset=windows-1252",
            "What all files are, for names and contents that do not tell; without it each file is looked at."),
        OptionSpec(
            "max_size", .size(1...(1 << 30)), default: "16MiB",
            "Larger files, and longer lines of a growing file, become dead letters."),
        OptionSpec(
            "rescan", .duration(.seconds(1)...(.seconds(7 * 86_400))), default: "10m",
            """
            How often the whole folder is listed again, in case a change was not announced (network file systems, \
            targets of symbolic links). State of files that are gone is let go then.
            """),
        OptionSpec(
            "settle", .duration(.zero...(.seconds(3600))), default: "200ms",
            "How long a file found by listing must have been left unwritten. A file that is closed is taken at once."),
    ]

    static let defaultInclude = [
        "*.txt", "*.html", "*.htm", "*.xhtml", "*.xml", "*.rss", "*.atom", "*.json", "*.jsonl", "*.ndjson",
    ]

    var path: String
    var include: [Glob]
    var exclude: [Glob]
    var recursive: Bool
    var contentType: ContentType?
    var maxSize: Int
    var rescan: Duration
    var settle: Duration

    init(_ options: OptionReader) throws {
        path = options.string("path") ?? ""
        recursive = options.bool("recursive")
        contentType = options.string("content_type").map { ContentType(header: $0) }
        maxSize = options.size("max_size") ?? 16 << 20
        rescan = options.duration("rescan") ?? .seconds(600)
        settle = options.duration("settle") ?? .milliseconds(200)
        if let type = contentType, !DocumentFormat.knows(type) {
            options.report(
                """
                'content_type' is '\(type.essence)'; use text/html, text/plain, application/rss+xml, application/json, \
                application/x-ndjson or application/vnd.wirewatch.article+json
                """, at: options.location("content_type"))
        }
        include = Self.globs("include", options)
        exclude = Self.globs("exclude", options)
        if include.isEmpty { include = Self.defaultInclude.compactMap { try? Glob($0) } }
    }

    private static func globs(_ name: String, _ options: OptionReader) -> [Glob] {
        options.list(name).compactMap { value in
            guard let text = OptionReader.text(value) else { return nil }
            do {
                return try Glob(text)
            } catch {
                options.report("'\(name)': \(error)", at: value.location)
                return nil
            }
        }
    }
}
