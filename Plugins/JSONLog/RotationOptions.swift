import WirewatchKit

/// When a live file becomes an archive, and which archives are kept.
struct RotationOptions: Sendable {
    /// Bytes.
    var maxSize: Int
    /// Length of a period; periods begin at multiples of it in UTC, weeks on Monday. Nil: size alone decides.
    var every: Duration?
    var keep: Int
    var maxAge: Duration?
    /// Bytes of all archives together.
    var maxTotal: Int?
    /// Bytes that are to stay free on the file system.
    var keepFree: Int?
    var compresses: Bool
    var minInterval: Duration

    static let group = OptionGroup("rotate", "When the live file becomes an archive, and what is kept.") { specs }

    static let specs: [OptionSpec] = [
        OptionSpec(
            "max_size", .size(1...(1 << 50)), default: "64MiB",
            "The live file is archived before it would grow beyond this. A record is never split: one that is larger has a file of its own."
        ),
        OptionSpec(
            "every", .duration(.seconds(60)...(.seconds(366 * 86_400))), example: "1d",
            "Also archive the live file whenever a period of this length ends, counted in UTC: 1h on the hour, 1d at midnight, 1w on Monday. An empty file is never archived."
        ),
        OptionSpec(
            "keep", .integer(1...1_000_000), default: "30", "How many archives are kept; older ones are deleted."),
        OptionSpec(
            "max_age", .duration(.seconds(60)...(.seconds(36_600 * 86_400))), example: "90d",
            "Archives are deleted when all that they hold is older than this."),
        OptionSpec(
            "max_total", .size(1...(1 << 60)), example: "10GiB",
            "The oldest archives are deleted while all archives together are larger than this."),
        OptionSpec(
            "keep_free", .size(1...(1 << 60)), example: "1GiB",
            "The oldest archives are deleted while the file system has less than this free."),
        OptionSpec(
            "compress",
            .choice([
                ("none", "archives stay as they are"), ("gzip", "archives are compressed, the newest one excepted"),
            ]),
            default: "gzip", "How archives are stored. The newest archive stays plain, for readers that lag behind."),
        OptionSpec(
            "min_interval", .duration(.zero...(.seconds(3600))), default: "10s",
            "The least time between two rotations for size, so that a burst does not make a thousand files."),
    ]

    init(_ options: OptionReader) {
        maxSize = max(1, options.size("max_size") ?? 64 << 20)
        every = options.duration("every").flatMap { $0 > .zero ? $0 : nil }
        keep = max(1, options.integer("keep") ?? 30)
        maxAge = options.duration("max_age")
        maxTotal = options.size("max_total")
        keepFree = options.size("keep_free")
        compresses = options.string("compress") != "none"
        minInterval = options.duration("min_interval") ?? .seconds(10)
    }

    /// The start of the period that a time lies in; the time itself, to the second, where there are no periods.
    func period(_ time: Timestamp) -> Timestamp {
        guard let length = every?.milliseconds, length > 0 else { return Timestamp(seconds: time.seconds) }
        // 1970-01-01 was a Thursday; weeks begin on Monday.
        let origin: Int64 = length % 604_800_000 == 0 ? 4 * 86_400_000 : 0
        var inPeriod = (time.milliseconds - origin) % length
        if inPeriod < 0 { inPeriod += length }
        return Timestamp(milliseconds: time.milliseconds - inPeriod)
    }
}
