import WirewatchKit

/// The options of the `json_log` sink.
struct JSONLogOptions: PluginOptions {
    var path: String
    var records: RecordKind
    var rotation: RotationOptions
    var sync: SyncPolicy
    /// Permission bits of the files.
    var mode: UInt32
    var whenFull: FullPolicy

    /// When what was written is forced to the disk.
    enum SyncPolicy: String, Sendable { case never, interval, batch, rotate }

    /// What happens when the disk is full.
    enum FullPolicy: String, Sendable {
        case block
        case deleteOldestArchive = "delete_oldest_archive"
        case dropNewest = "drop_newest"
    }

    static let specs: [OptionSpec] = [
        OptionSpec(
            "path", .path, required: true, example: "logs/alerts.jsonl",
            "The live file. It always has this name; archives stand beside it. Missing folders are created."),
        OptionSpec(
            "records",
            .choice([
                ("articles", "one record for each article, with all findings"),
                ("alerts", "one record for each alert that a rule raised"),
                ("dead_letters", "one record for each document that could not be processed"),
            ]),
            required: true, "What is written, one JSON object a line."),
        OptionSpec(
            "rotate", .object(RotationOptions.group), "When the live file becomes an archive, and what is kept."),
        OptionSpec(
            "fsync",
            .choice([
                ("never", "leave it to the kernel: a power failure may lose the last half minute"),
                ("interval", "about once a second, before the state that depends on it"),
                ("batch", "after each group of records: safest, slowest"),
                ("rotate", "only when a file becomes an archive"),
            ]),
            default: "interval",
            "When records are forced to the disk. It matters for power failures only: a crash of the daemon loses nothing."
        ),
        OptionSpec(
            "mode", .string(), default: "0640", example: "0644",
            "Permissions of the log's files, in octal. The owner must be able to read and write."),
        OptionSpec(
            "on_full",
            .choice([
                ("block", "hold everything back until there is room; nothing is lost"),
                ("delete_oldest_archive", "make room by deleting this log's oldest archives, then block"),
                ("drop_newest", "drop new records, and count them"),
            ]),
            default: "block", "What to do when the disk is full."),
    ]

    init(_ options: OptionReader) throws {
        path = options.string("path") ?? ""
        if path.isEmpty || path.hasSuffix("/") {
            options.report("'path' must name a file, such as logs/alerts.jsonl", at: options.location("path"))
        }
        records = options.string("records").flatMap(RecordKind.init(rawValue:)) ?? .articles
        rotation = RotationOptions(
            options.group("rotate", RotationOptions.group)
                ?? OptionReader(
                    OptionValue(.map([]), at: options.value.location), specs: RotationOptions.specs,
                    diagnostics: OptionReader.Diagnostics()))
        sync = options.string("fsync").flatMap(SyncPolicy.init(rawValue:)) ?? .interval
        whenFull = options.string("on_full").flatMap(FullPolicy.init(rawValue:)) ?? .block
        let text = options.string("mode") ?? ""
        if (3...4).contains(text.utf8.count), let bits = UInt32(text, radix: 8), bits <= 0o777, bits & 0o600 == 0o600 {
            mode = bits
        } else {
            mode = 0o640
            options.report(
                "'mode' must be three or four octal digits that let the owner read and write, such as 0640",
                at: options.location("mode"))
        }
    }
}
