import WirewatchKit

/// A finished file of a log.
struct Archive: Sendable {
    /// The start of its period.
    var start: Timestamp
    var sequence: Int
    /// The uncompressed file's name, whether or not it is there.
    var name: String
    var hasPlain = false
    var hasCompressed = false
    /// On disk, both together.
    var bytes = 0
    var identity: FileIdentity?

    var names: [String] { (hasPlain ? [name] : []) + (hasCompressed ? [name + ".gz"] : []) }
}

/// The archives of a log, as they are on disk.
struct Archives: Sendable {
    let files: any FileSystem
    let names: LogNames

    /// All archives, by sequence. Other files are not ours.
    func list() throws -> [Archive] {
        var found: [Int: Archive] = [:]
        for file in try files.names(in: names.folder) {
            guard let parts = names.parse(file), let status = try files.status(names.path(file)), status.isRegular
            else { continue }
            let plain = names.archive(parts.start, parts.sequence)
            var archive = found[parts.sequence] ?? Archive(start: parts.start, sequence: parts.sequence, name: plain)
            // Two periods with one sequence number were not made by us; the first name by bytes stands for both.
            guard archive.name == plain else { continue }
            archive.bytes += status.size
            if parts.isCompressed {
                archive.hasCompressed = true
            } else {
                archive.hasPlain = true
                archive.identity = status.identity
            }
            found[parts.sequence] = archive
        }
        return found.values.sorted { $0.sequence < $1.sequence }
    }

    func delete(_ archive: Archive) throws(SystemCallError) {
        // Somebody else may have deleted it first.
        for name in archive.names { try files.unlinkIfPresent(names.path(name)) }
    }
}

/// Decides which archives have to go. Pure.
enum Retention {
    /// The archives to delete, oldest first.
    ///
    /// - Parameters:
    ///   - archives: by sequence.
    ///   - next: the start of what follows the newest archive: the live file's, or now.
    ///   - free: bytes free on the file system; nil when nobody asks.
    ///   - isKept: archives that must stay whatever the limits say.
    static func expired(
        _ archives: [Archive], options: RotationOptions, now: Timestamp, next: Timestamp, free: Int?,
        isKept: (Archive) -> Bool
    ) -> [Archive] {
        var expired: [Archive] = []
        var count = archives.count
        var total = archives.reduce(0) { $0 + $1.bytes }
        var free = free ?? Int.max
        for (at, archive) in archives.enumerated() {
            // What it holds ends where the next one begins.
            let end = at + 1 < archives.count ? archives[at + 1].start : next
            let isTooOld = options.maxAge.map { now - end > $0 } ?? false
            let isTooMuch = options.maxTotal.map { total > $0 } ?? false
            let isTooTight = options.keepFree.map { free < $0 } ?? false
            guard count > options.keep || isTooOld || isTooMuch || isTooTight else { break }
            if isKept(archive) { continue }
            expired.append(archive)
            count -= 1
            total -= archive.bytes
            free = free > Int.max - archive.bytes ? Int.max : free + archive.bytes
        }
        return expired
    }
}
