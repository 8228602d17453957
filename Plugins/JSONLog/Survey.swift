import WirewatchKit

/// What the files of a log hold beyond the committed position.
struct Survey {
    /// The ids of the records beyond it.
    var keys: [RecordKey] = []
    /// The greatest `seq` seen; 0 when none was.
    var greatest = 0
    /// Lines that are not ours.
    var foreign = 0
    /// The last record of the live file; -1 when it has none.
    var lastStart = -1
    var lastEnd = -1
    /// Where the live file's torn end begins.
    var tail: Int?
    /// The last committed record stands in the live file where the position says.
    var isContinued = false
    /// Sequence numbers of archives that hold records beyond the position.
    var archives: Set<Int> = []

    /// Takes note of a line; returns its number when it is a record.
    fileprivate mutating func note(_ line: LogLine, beyond committed: Int) -> Int? {
        guard let record = line.record, !line.isDamaged else {
            foreign += 1
            return nil
        }
        greatest = max(greatest, record.seq)
        if record.seq > committed, record.isOwnKind { keys.append(record.key) }
        return record.seq
    }
}

extension JSONLog {
    /// Reads the live file, and as many archives, newest first, as the live file does not reach back to the position.
    /// Without a position everything is beyond it.
    func survey(_ list: [Archive], _ position: LogPosition?) throws -> Survey {
        var found = Survey()
        let committed = position?.seq ?? 0
        guard let live else { return found }
        if let position, try isContinued(live, position) {
            found.isContinued = true
            (found.lastStart, found.lastEnd) = (position.start, position.end)
            found.greatest = position.seq
        }
        let first = try surveyLive(live, committed, &found)
        if found.isContinued { return found }
        if let first, first <= committed + 1 { return found }
        if let position { try surveyMoved(live, list, position, &found) }
        for archive in list.reversed() {
            if found.keys.count >= AdoptedRecords.limit {
                log.warning(
                    "the log \(names.live) holds more than \(found.keys.count) records that no state knows; older ones may be written again"
                )
                break
            }
            let before = found.keys.count
            var first: Int?
            let path = names.path(archive.hasPlain ? archive.name : archive.name + ".gz")
            let problem = try reader.scan(archive: path, compressed: !archive.hasPlain) { line in
                let seq = found.note(line, beyond: committed)
                first = first ?? seq
            }
            if let problem { log.warning("the archive \(path) cannot be read to its end: \(problem)") }
            if found.keys.count > before { found.archives.insert(archive.sequence) }
            if let first, first <= committed + 1 { break }
        }
        return found
    }

    /// Whether the position's last record stands where it says in the live file.
    private func isContinued(_ live: LiveFile, _ position: LogPosition) throws -> Bool {
        guard position.start >= 0, position.end > position.start, position.end <= live.size else { return false }
        return try live.read { file in
            var last: [UInt8] = [0]
            guard try files.read(file, into: &last, at: position.end - 1) == 1, last[0] == 0x0A else { return false }
            var line = [UInt8](repeating: 0, count: min(RecordPrefix.limit, position.end - position.start))
            let count = try files.read(file, into: &line, at: position.start)
            return RecordPrefix(line.span.extracting(0..<count), kind: options.records)?.seq == position.seq
        }
    }

    /// Returns the number of the first record read.
    private func surveyLive(_ live: LiveFile, _ committed: Int, _ found: inout Survey) throws -> Int? {
        var first: Int?
        let isContinued = found.isContinued
        let scanner = try live.read { file in
            try reader.scan(file, from: isContinued ? found.lastEnd : 0) { line in
                if found.tail != nil { return }
                // A block that a power failure left unwritten. Everything from here on is uncommitted and comes again.
                if isContinued, line.isDamaged {
                    found.tail = line.start
                    return
                }
                guard let seq = found.note(line, beyond: committed) else { return }
                first = first ?? seq
                (found.lastStart, found.lastEnd) = (line.start, line.end)
            }
        }
        if found.tail == nil, scanner.hasUnfinishedLine { found.tail = scanner.lineStart }
        return first
    }

    /// Somebody, logrotate say, renamed the live file before the records in it were committed: it is found by its
    /// inode. Once it is compressed or moved to another folder, it is out of reach.
    private func surveyMoved(
        _ live: LiveFile, _ list: [Archive], _ position: LogPosition, _ found: inout Survey
    ) throws {
        if position.file == live.identity || list.contains(where: { $0.identity == position.file }) { return }
        for name in try files.names(in: names.folder) where name.hasPrefix(names.file) && name != names.file {
            guard let status = try files.status(names.path(name)), status.isRegular, status.identity == position.file
            else { continue }
            _ = try reader.scan(archive: names.path(name), compressed: false) { line in
                _ = found.note(line, beyond: position.seq)
            }
            return
        }
    }
}
