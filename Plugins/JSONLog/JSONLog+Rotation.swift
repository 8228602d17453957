import Glibc
import WirewatchKit

extension JSONLog {
    /// Archives the live file if its period is over, or if it would grow too large. A rotation that fails is tried
    /// again later, and writing goes on.
    func rotateIfNeeded(adding length: Int) throws {
        guard let live, live.size > 0 else { return }
        let now = context.clock.now()
        let isTooLarge = live.size + length > options.rotation.maxSize && mayRotateForSize(now)
        guard isTooLarge || isPeriodOver(live, now) else { return }
        do {
            try rotate(now)
        } catch {
            counts.failedRotations += 1
            rotationRetry = now + .seconds(1)
            complain("the log \(names.live) cannot be rotated now: \(error)")
            try prepare()
        }
    }

    func mayRotateForSize(_ now: Timestamp) -> Bool {
        if isWaiting(now) { return false }
        guard let lastRotation, now >= lastRotation else { return true }
        return now - lastRotation >= options.rotation.minInterval
    }

    private func isWaiting(_ now: Timestamp) -> Bool {
        // A clock set back does not put it off for long.
        rotationRetry.map { now < $0 && $0 - now <= .seconds(1) } ?? false
    }

    private func isPeriodOver(_ live: LiveFile, _ now: Timestamp) -> Bool {
        guard options.rotation.every != nil, let began = live.began, !isWaiting(now) else { return false }
        return options.rotation.period(now) > options.rotation.period(began)
    }

    func rotate() throws {
        do {
            try prepare()
            try rotate(context.clock.now())
        } catch let error as SystemCallError {
            throw blocked(error)
        }
    }

    /// Archives the live file, which is not empty, and puts a new one in its place. The live name exists throughout.
    func rotate(_ now: Timestamp) throws(SystemCallError) {
        guard let live, live.size > 0 else { return }
        guard try files.status(names.live)?.identity == live.identity else {
            // Somebody moved it: that was the rotation.
            return try reopenLive()
        }
        if options.sync != .never, live.isDirty {
            do { try live.sync() } catch {
                noteSyncFailure(error)
                throw error
            }
        }
        try archiveLive(now)
    }

    /// The rotation proper, of a live file that is as durable as it has to be.
    private func archiveLive(_ now: Timestamp) throws(SystemCallError) {
        let start = options.rotation.period(live?.began ?? now)
        if halfRotated == nil {
            do {
                halfRotated = try linkArchive(start)
            } catch {
                let withoutLinks = [EPERM, EOPNOTSUPP, ENOSYS, EMLINK, EXDEV].contains(error.code)
                if !withoutLinks { throw error }
                return try renameArchive(start, now)
            }
        }
        do {
            try replaceLiveFile()
        } catch {
            // Taken back, so that the file has one name again; if that fails too, the next attempt goes on from here.
            if let archive = halfRotated, (try? files.unlink(names.path(archive))) != nil {
                halfRotated = nil
                archiveSequence -= 1
            }
            throw error
        }
        noteRotation(now)
    }

    /// Gives the live file a second name, which no file has yet.
    private func linkArchive(_ start: Timestamp) throws(SystemCallError) -> String {
        while true {
            let name = names.archive(start, archiveSequence + 1)
            do {
                try files.link(names.live, to: names.path(name))
                archiveSequence += 1
                return name
            } catch {
                if error.code != EEXIST { throw error }
                archiveSequence += 1
            }
        }
    }

    /// Where there are no hard links, the live name is missing for a moment.
    private func renameArchive(_ start: Timestamp, _ now: Timestamp) throws(SystemCallError) {
        var path = ""
        repeat {
            archiveSequence += 1
            path = names.path(names.archive(start, archiveSequence))
        } while try files.status(path) != nil
        try files.rename(names.live, to: path)
        folderIsDirty = true
        counts.withoutLinks += 1
        live = nil
        noteRotation(now)
        try openLive()
        try syncFolder()
    }

    /// Puts a new, empty file in the place of the live one, which keeps its other name if it has one.
    func replaceLiveFile() throws(SystemCallError) {
        try files.unlinkIfPresent(names.temporary)
        let file = try files.open(names.temporary, O_RDWR | O_APPEND | O_CREAT | O_EXCL, mode: options.mode)
        let new = try LiveFile(file, files: files)
        do {
            try files.rename(names.temporary, to: names.live)
        } catch {
            try? files.unlink(names.temporary)
            throw error
        }
        live = new
        folderIsDirty = true
        // A failure is made good by the next checkpoint, which waits for it.
        do { try syncFolder() } catch { complain("\(error)") }
    }

    private func noteRotation(_ now: Timestamp) {
        halfRotated = nil
        lastRotation = now
        rotationRetry = nil
        counts.rotations += 1
        uncommittedArchives.insert(archiveSequence)
        nextHousekeeping = nil
        complain(nil)
    }

    func syncFolder() throws(SystemCallError) {
        guard folderIsDirty else { return }
        if options.sync != .never { try files.syncFolder(names.folder) }
        folderIsDirty = false
    }

    func noteSyncFailure(_ error: SystemCallError) {
        syncFailed = true
        counts.failedSyncs += 1
        log.error("the log \(names.live): \(error); what is not durable yet goes into a new file")
    }

    /// After a failed sync: takes what is not durable out of the file, archives the rest, and starts a new file, to
    /// which ``prepare()`` writes what was taken out. Until then it counts as unwritten.
    func leaveFailedFile() throws {
        guard let live else { return }
        if carry == nil {
            let bytes = try live.unsyncedBytes()
            guard let lastRecord = wholeRecords(bytes, count: live.size - live.syncedSize) else {
                throw SinkError.blocked(
                    "the log \(names.live): the disk lost records after a failed sync; restart wirewatch, which writes them again"
                )
            }
            try live.truncate(to: live.syncedSize)
            carry = (bytes, lastRecord)
        }
        let now = context.clock.now()
        if try files.status(names.live)?.identity != live.identity {
            self.live = nil
            try openLive(afresh: true)
        } else if live.size > 0 {
            try archiveLive(now)
        } else {
            try replaceLiveFile()
        }
        syncFailed = false
    }

    /// Where the last record begins in bytes that end with our last record, nothing missing; nil for any others.
    private func wholeRecords(_ bytes: [UInt8], count: Int) -> Int? {
        guard bytes.count == count else { return nil }
        var scanner = LineScanner(from: 0, kind: options.records)
        var last = 0
        var next: Int?
        var isWhole = true
        scanner.feed(bytes.span) { line in
            if line.isDamaged { isWhole = false }
            guard let record = line.record else { return }
            if let next, next != record.seq { isWhole = false }
            next = record.seq + 1
            last = line.start
        }
        return isWhole && !scanner.hasUnfinishedLine && next == seq + 1 ? last : nil
    }
}
