import WirewatchConfig
import WirewatchKit

/// Plugins with options like those of the real ones, so that these tests stand on their own.
enum Sample {
    static let registry = PluginRegistry([files, feed, http, extract, classify, metrics, alert, strict, jsonLog])

    static let files = Plugin.source("files", summary: "Watches a folder.") {
        (_: FilesOptions, _) throws -> any Source in throw OptionError("made for tests of the configuration alone")
    }
    static let feed = Plugin.source("feed", summary: "Polls a feed.") {
        (_: FeedOptions, _) throws -> any Source in throw OptionError("made for tests of the configuration alone")
    }
    static let http = Plugin.source("http", summary: "Is posted to.") {
        (_: HTTPOptions, _) throws -> any Source in throw OptionError("made for tests of the configuration alone")
    }
    static let extract = stage("extract", "Finds the article on a page.", NoOptions.self)
    static let classify = stage("classify", "Finds topics.", ClassifyOptions.self)
    static let metrics = stage("metrics", "Finds quantities.", MetricsOptions.self)
    static let alert = stage("alert", "Raises alerts by rules.", AlertOptions.self)
    static let strict = stage("strict", "Refuses what its specs allow.", StrictOptions.self)
    static let jsonLog = Plugin.sink("json_log", summary: "Writes JSON lines.") {
        (_: JSONLogOptions, _) throws -> any Sink in throw OptionError("made for tests of the configuration alone")
    }

    static func plugin<Options: PluginOptions>(_ options: Options.Type) -> Plugin {
        stage("Bad-Name", "Contradicts itself.", options)
    }

    private static func stage<Options: PluginOptions>(
        _ name: String, _ summary: String, _ options: Options.Type
    ) -> Plugin {
        Plugin.stage(name, summary: summary) { (_: Options, _) throws -> any Stage in
            throw OptionError("made for tests of the configuration alone")
        }
    }
}

struct NoOptions: PluginOptions {
    static let specs: [OptionSpec] = []
    init(_ options: OptionReader) {}
}

struct HTTPOptions: PluginOptions {
    static let specs: [OptionSpec] = [OptionSpec("path", .string(), default: "/articles", "Where to post to.")]

    init(_ options: OptionReader) {
        let path = options.string("path") ?? ""
        if let fault = options.scope.claim(path, owner: options.owner) {
            options.report("'path' is \"\(path)\": \(fault)", at: options.location("path"))
        }
        if options.scope.listener == .absent { options.report("a source of type 'http' needs 'listen:'") }
    }
}

struct FilesOptions: PluginOptions {
    var path: String
    var include: [String]
    var settle: Duration
    var follow: Bool
    var maxSize: Int

    static let specs: [OptionSpec] = [
        OptionSpec("path", .path, required: true, example: "articles/", "The folder or file to watch."),
        OptionSpec("include", .oneOrMore(.string()), default: "*", "Names of files to take."),
        OptionSpec("settle", .duration(.seconds(0)...(.seconds(3600))), default: "2s", "How long a file must rest."),
        OptionSpec("follow", .bool, default: "false", "Whether files grow."),
        OptionSpec("max_size", .size(1024...(1 << 30)), default: "16MiB", "Larger files are rejected."),
    ]

    init(_ options: OptionReader) {
        path = options.string("path") ?? ""
        include = options.strings("include")
        settle = options.duration("settle") ?? .zero
        follow = options.bool("follow")
        maxSize = options.size("max_size") ?? 0
    }
}

struct FeedOptions: PluginOptions {
    var url: String
    var token: String?

    static let specs: [OptionSpec] = [
        OptionSpec("url", .string(), required: true, example: "https://example.org/feed", "Where the feed is."),
        OptionSpec("every", .duration(.seconds(60)...(.seconds(86400))), default: "10m", "How often to look."),
        OptionSpec("token", .string(), "Sent with each request."),
        OptionSpec("retries", .integer(0...10), default: "3", "How often to try again."),
        OptionSpec("cache", .path, default: "cache", "A folder for what was fetched."),
    ]

    init(_ options: OptionReader) {
        url = options.string("url") ?? ""
        token = options.string("token")
    }
}

struct ClassifyOptions: PluginOptions {
    var topics: [String]

    static let topic = OptionGroup("topic", "What makes a topic.") {
        [
            OptionSpec("terms", .list(of: .string(), nonEmpty: true), required: true, "Words that speak for it."),
            OptionSpec("weight", .number(0...10), default: "1", "How much each counts."),
            OptionSpec("file", .path, "More words, one a line."),
        ]
    }
    static let specs: [OptionSpec] = [
        OptionSpec("threshold", .number(0...1), default: "0.5", "The least score."),
        OptionSpec("topics", .map(of: .object(topic), keyName: "topic"), required: true, "The topics by name."),
    ]

    init(_ options: OptionReader) { topics = options.entries("topics").map(\.key) }
}

struct MetricsOptions: PluginOptions {
    static let specs: [OptionSpec] = [
        OptionSpec(
            "kinds", .oneOrMore(.choice([("money", "amounts"), ("count", "numbers"), ("percent", "shares")])), "Which."),
        OptionSpec("confidence", .number(0...1), default: "0.3", "The least confidence."),
        OptionSpec("window", .integer(1...(.max)), default: "40", "Words to look at."),
    ]

    init(_ options: OptionReader) {}
}

struct AlertOptions: PluginOptions {
    var names: [String]

    static let condition: OptionGroup = OptionGroup("condition", "What must hold.") {
        [
            OptionSpec("topic", .string(), "A topic."),
            OptionSpec("all", .list(of: .object(condition), nonEmpty: true), "All of these."),
            OptionSpec("any", .list(of: .object(condition), nonEmpty: true), "One of these."),
            OptionSpec("value", .either([.number(-1e15...1e15), .object(range)]), "The number or its range."),
        ]
    }
    static let range = OptionGroup("range", "A range of numbers.") {
        [
            OptionSpec("from", .number(-.infinity ... .infinity), "The least."),
            OptionSpec("to", .number(-.infinity ... .infinity), "The most."),
        ]
    }
    static let rule = OptionGroup("rule", "When to raise an alert.") {
        [
            OptionSpec("name", .string(), required: true, example: "big-funding", "Its name."),
            OptionSpec("when", .object(condition), required: true, "The condition."),
            OptionSpec(
                "severity", .choice([("info", "to know"), ("warning", "to look at"), ("critical", "to act on")]),
                default: "info", "How much it matters."),
            OptionSpec("message", .string(allowsEmpty: true), "What it says."),
            OptionSpec("labels", .map(of: .string(), keyName: "label"), "Copied into the alert."),
        ]
    }
    static let specs: [OptionSpec] = [
        OptionSpec("rules", .list(of: .object(rule)), required: true, "The rules."),
        OptionSpec("cooldown", .either([.duration(.seconds(1)...(.seconds(86400))), .bool]), default: "1h", "Rest."),
    ]

    init(_ options: OptionReader) {
        names = options.list("rules").compactMap { options.reader(of: $0, Self.rule)?.string("name") }
    }
}

struct StrictOptions: PluginOptions {
    static let specs: [OptionSpec] = [
        OptionSpec("pattern", .string(), "Must be in balance."),
        OptionSpec("limit", .integer(0...100), "Must be even."),
    ]

    init(_ options: OptionReader) throws {
        if options.string("pattern") == "(" {
            options.report("the pattern has an unclosed '('", at: options.location("pattern"))
        }
        if let limit = options.integer("limit"), limit % 2 == 1 { throw OptionError("the limit \(limit) is odd") }
    }
}

struct JSONLogOptions: PluginOptions {
    var path: String
    var records: [String]

    static let rotate = OptionGroup("rotate", "When a new file is begun.") {
        [
            OptionSpec("max_size", .size((64 << 10)...(1 << 40)), "By size."),
            OptionSpec("every", .duration(.seconds(60)...(.seconds(86400 * 366))), "By time."),
            OptionSpec("keep", .integer(1...100_000), default: "30", "How many files stay."),
            OptionSpec("compress", .choice([("none", "as they are"), ("gzip", "by gzip")]), default: "none", "How."),
        ]
    }
    static let specs: [OptionSpec] = [
        OptionSpec("path", .path, required: true, example: "logs/alerts.jsonl", "The live file."),
        OptionSpec(
            "records",
            .oneOrMore(
                .choice([("articles", "each article"), ("alerts", "each alert"), ("dead_letters", "failures")])),
            default: "articles", "Which records."),
        OptionSpec("rotate", .object(rotate), "Rotation."),
    ]

    init(_ options: OptionReader) {
        path = options.string("path") ?? ""
        records = options.strings("records")
    }
}
