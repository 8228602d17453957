import Glibc
import WirewatchCompression

/// Follows a log across rotations without losing a record, however far behind it has fallen.
///
/// After a rotation it finishes the file that it has open, then reads every archive made since, in the order of their
/// sequence numbers, then the new live file. Records carry `seq`, by which what was seen already is skipped and what is
/// missing (because old archives were removed meanwhile) is reported.
struct LogFollower {
    /// What the follower hands over, in order.
    enum Item: Equatable {
        case line([UInt8])
        /// Something that a reader of the log should know, such as a gap.
        case notice(String)
    }

    private let archives: LogArchives
    private var file: LogFile?
    /// Archives up to this sequence number have been read, or are older than where following began.
    private var lastArchive: Int
    private var lastSeq: Int?
    /// The first `seq` of the latest catching up: from here to ``lastSeq`` a record may be met twice.
    private var caughtUpFrom: Int?

    /// - Throws: ``Failure`` when there is neither a live file nor an archive.
    init(path: String) throws {
        archives = LogArchives(live: path)
        // Before the live file is opened: what is archived from now on has a higher number.
        let existing = archives.list()
        lastArchive = existing.last?.sequence ?? 0
        file = LogFile(path)
        if file == nil, existing.isEmpty {
            throw Failure(.noInput, "no log at \(path) and no archives beside it")
        }
    }

    /// The last lines of the log, at most `count`, from the archives too when the live file holds fewer. To be called
    /// once, first.
    mutating func last(_ count: Int) throws -> [[UInt8]] {
        // One line at least, to know the number of the last record.
        let wanted = max(count, 1)
        var lines = try file?.lastLines(wanted) ?? []
        for archive in archives.list().reversed()
        where lines.count < wanted && archive.sequence <= lastArchive {
            lines = try Self.lastLines(of: archive, wanted - lines.count) + lines
        }
        lastSeq = lines.last.flatMap { Self.sequence($0[...]) }
        return lines.suffix(count)
    }

    /// Hands over what has been added since the last call.
    mutating func next(_ take: (Item) throws -> Void) throws {
        if let file {
            try readLive(file, take)
            guard LogFile.identity(of: archives.live) != file.identity else { return }
            // Rotated: what was written before the name went to the next file is still to come.
            try readLive(file, take)
            self.file = nil
        }
        try catchUp(take)
        if let file { try readLive(file, take) }
    }

    private mutating func readLive(_ file: LogFile, _ take: (Item) throws -> Void) throws {
        if file.size < file.offset {
            try take(.notice("the log was cut short by something else (copytruncate?); reading it from its start"))
            file.rewind()
            lastSeq = nil
        }
        try file.readLines { line in
            if let item = accept(line, inArchive: false) { try hand(item, line, take) }
        }
    }

    private mutating func catchUp(_ take: (Item) throws -> Void) throws {
        caughtUpFrom = lastSeq
        while true {
            for archive in archives.list() where archive.sequence > lastArchive {
                guard let file = try open(archive) else { break }
                try readArchive(archive, file, take)
            }
            file = LogFile(archives.live)
            // A rotation after the list and before the opening, or an archive that was just then compressed: again.
            let newest = archives.list().last?.sequence ?? 0
            if newest <= lastArchive { return }
        }
    }

    /// Nil when it has gone since it was listed: the next list has it compressed, or not at all.
    private func open(_ archive: LogArchives.Archive) throws -> LogFile? {
        if let file = LogFile(archive.path) { return file }
        let error = errno
        // A link that leads nowhere is listed for ever.
        var info = stat()
        if error == ENOENT, lstat(archive.path, &info) != 0 { return nil }
        throw Failure(.ioError, "cannot open \(archive.path): \(errorText(error))")
    }

    private mutating func readArchive(
        _ archive: LogArchives.Archive, _ file: LogFile, _ take: (Item) throws -> Void
    ) throws {
        if archive.isCompressed {
            try Self.decompressedLines(of: file, archive.path) { line in
                if let item = accept(line, inArchive: true) { try hand(item, line, take) }
            }
        } else {
            try file.readLines { line in
                if let item = accept(line, inArchive: true) { try hand(item, line, take) }
            }
        }
        lastArchive = archive.sequence
    }

    private enum Accepted { case plain, afterGap(String) }

    /// Whether a line is new, and whether something is missing before it.
    private mutating func accept(_ line: ArraySlice<UInt8>, inArchive: Bool) -> Accepted? {
        guard let seq = Self.sequence(line) else { return .plain }
        guard let last = lastSeq else {
            lastSeq = seq
            return .plain
        }
        if seq <= last, inArchive || caughtUpFrom.map({ seq >= $0 }) == true { return nil }
        lastSeq = seq
        if seq == last + 1 { return .plain }
        if seq > last + 1 {
            let missing = last + 2 == seq ? "record \(last + 1) is" : "records \(last + 1) to \(seq - 1) are"
            return .afterGap("\(missing) missing; were archives removed?")
        }
        return .afterGap("the numbering starts anew at \(seq)")
    }

    private func hand(
        _ accepted: Accepted, _ line: ArraySlice<UInt8>, _ take: (Item) throws -> Void
    ) throws {
        if case .afterGap(let notice) = accepted { try take(.notice(notice)) }
        try take(.line(Array(line)))
    }

    private static func lastLines(of archive: LogArchives.Archive, _ count: Int) throws -> [[UInt8]] {
        guard let file = LogFile(archive.path) else { return [] }
        guard archive.isCompressed else { return try file.lastLines(count) }
        var lines: [[UInt8]] = []
        try decompressedLines(of: file, archive.path) { line in
            lines.append(Array(line))
            if lines.count >= 2 * count { lines.removeFirst(lines.count - count) }
        }
        return lines.suffix(count)
    }

    private static func decompressedLines(
        of file: LogFile, _ path: String, _ take: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        let reader: GunzipReader
        do {
            reader = try GunzipReader { try file.read(into: &$0) }
        } catch {
            throw Failure(.software, "cannot decompress \(path): \(error)")
        }
        while true {
            let line: [UInt8]?
            do {
                line = try reader.nextLine()
            } catch let failure as Failure {
                throw failure
            } catch {
                throw Failure(.dataError, "cannot decompress \(path): \(error)")
            }
            guard let line else { return }
            try take(line[...])
        }
    }

    /// The `seq` of a record, which stands third; nil when the line has none.
    static func sequence(_ line: ArraySlice<UInt8>) -> Int? {
        let head = line.prefix(256)
        let name = Array(#""seq":"#.utf8)
        var at = head.startIndex
        while at + name.count < head.endIndex {
            if head[at..<at + name.count].elementsEqual(name) {
                var value = 0
                var digits = 0
                for byte in head[(at + name.count)...] {
                    guard byte >= 0x30, byte <= 0x39, digits < 18 else { break }
                    value = value * 10 + Int(byte - 0x30)
                    digits += 1
                }
                return digits > 0 ? value : nil
            }
            at += 1
        }
        return nil
    }
}
