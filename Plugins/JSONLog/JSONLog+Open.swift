import Glibc
import WirewatchKit

extension JSONLog {
    func open(_ state: any StateAccess) throws {
        do {
            try makeFolders()
            try takeLock()
            try takeUp(state)
        } catch let error as SystemCallError {
            release()
            throw opening(error)
        } catch {
            release()
            throw error
        }
    }

    /// Brings the files into order and reads what they hold beyond the committed position. Doing it twice comes to the
    /// same, so the process may die anywhere in it.
    private func takeUp(_ state: any StateAccess) throws {
        forgetSavedPosition()
        (syncFailed, carry, halfRotated, lastRotation, rotationRetry) = (false, nil, nil, nil, nil)
        let known = try load(state)
        try removeLeftovers()
        try openLive()
        var list = try archives.list()
        if list.contains(where: { $0.identity == live?.identity }) {
            // It died between giving the file its archive name and putting a new one in its place.
            try replaceLiveFile()
            list = try archives.list()
        }
        let found = try survey(list, known?.position)
        if let tail = found.tail { try moveAside(from: tail) }
        guard let live else { return }
        live.noteLastRecord(start: found.lastStart, end: found.lastEnd)
        live.began = try began(live, known?.position, found)
        if options.sync != .never, live.size > 0, !found.keys.isEmpty || known == nil { try live.sync() }
        try syncFolder()

        seq = max(known?.position.seq ?? 0, found.greatest)
        archiveSequence = max(known?.position.archive ?? 0, list.last?.sequence ?? 0)
        counts.archives = list.count
        counts.foreign = found.foreign
        uncommittedArchives = found.archives
        if let known, found.keys.isEmpty {
            adopted = known.adopted
        } else {
            adopted = AdoptedRecords(found.keys + (known?.adopted.keys ?? []))
            try adopted.replace(in: state)
        }
        savePosition(state)
        report(found, known?.position)
    }

    private func load(_ state: any StateAccess) throws -> (position: LogPosition, adopted: AdoptedRecords)? {
        guard let bytes = try state.value(LogPosition.key) else { return nil }
        if let position = LogPosition(bytes),
            let adopted = try AdoptedRecords(state, chunkCount: position.chunks, count: position.adopted)
        {
            return (position, adopted)
        }
        log.warning(
            "the state of the log \(names.live) is damaged and is set aside; the log itself is read from the beginning")
        return nil
    }

    private func makeFolders() throws(SystemCallError) {
        var missing: [String] = []
        var folder = names.folder
        while try files.status(folder) == nil {
            missing.append(folder)
            let parent = LogNames(path: folder).folder
            if parent == folder { break }
            folder = parent
        }
        for folder in missing.reversed() {
            do { try files.makeFolder(folder) } catch {
                if error.code != EEXIST { throw error }
            }
            if options.sync != .never { try files.syncFolder(LogNames(path: folder).folder) }
        }
    }

    private func takeLock() throws {
        let file = try files.open(names.lock, O_RDWR | O_CREAT, mode: options.mode)
        do {
            // A child that is being spawned holds a copy of the descriptor until its exec, and a daemon that is being
            // replaced may be on its last breath: what is held for a moment only is waited for.
            var isLocked = try files.lock(file)
            for _ in 0..<20 where !isLocked {
                usleep(10_000)
                isLocked = try files.lock(file)
            }
            if isLocked {
                try files.truncate(file, to: 0)
                let holder = "process \(getpid()), sink '\(context.name)', since \(context.clock.now().rfc3339)\n"
                // What the lock says is for people; a full disk does not keep the log from opening.
                _ = try? files.write(file, Array(holder.utf8).span.bytes)
                lockFile = file
                return
            }
            var holder = [UInt8](repeating: 0, count: 512)
            let count = (try? files.read(file, into: &holder, at: 0)) ?? 0
            let words = String(decoding: holder[..<count].prefix { $0 != 0x0A }, as: UTF8.self)
            throw SinkError.unusable(
                "the log \(names.live) is in use by \(words.isEmpty ? "another process" : words); "
                    + "a log has one writer: stop the other one, or give this sink another path")
        } catch {
            files.close(file)
            throw error
        }
    }

    /// Deletes what an earlier run left half done.
    private func removeLeftovers() throws {
        for name in try files.names(in: names.folder) where name.hasSuffix(".gz.tmp") {
            if names.parse(String(name.dropLast(7)))?.isCompressed == false { try files.unlink(names.path(name)) }
        }
        try files.unlinkIfPresent(names.temporary)
        for archive in try archives.list() where archive.hasPlain && archive.hasCompressed {
            // Compressed and renamed, but not yet deleted. Only a copy as long as the original replaces it.
            guard let plain = try files.status(names.path(archive.name)),
                try reader.claimedLength(gzip: names.path(archive.name + ".gz"))
                    == UInt32(truncatingIfNeeded: plain.size)
            else { continue }
            try files.unlink(names.path(archive.name))
        }
    }

    /// Moves what stands behind the last whole record into a file of its own.
    private func moveAside(from start: Int) throws {
        guard let live else { return }
        let now = context.clock.now()
        var attempt = 0
        var path = names.path(names.torn(now, attempt))
        var file = try files.create(path, O_WRONLY, mode: options.mode)
        while file == nil {
            attempt += 1
            path = names.path(names.torn(now, attempt))
            file = try files.create(path, O_WRONLY, mode: options.mode)
        }
        guard let file else { return }
        defer { files.close(file) }
        var offset = start
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while offset < live.size {
            let count = try live.read { try files.read($0, into: &buffer, at: offset) }
            if count == 0 { break }
            var done = 0
            while done < count { done += try files.write(file, buffer.span.bytes.extracting(done..<count)) }
            offset += count
        }
        if options.sync != .never {
            try files.sync(file)
            try files.syncFolder(names.folder)
        }
        log.warning(
            "the log \(names.live) ended in \(live.size - start) bytes that are no whole record; they were moved to \(path)"
        )
        try live.truncate(to: start)
        counts.torn += 1
    }

    private func began(_ live: LiveFile, _ known: LogPosition?, _ found: Survey) throws -> Timestamp? {
        if live.size == 0 { return nil }
        if let known, found.isContinued, known.began >= 0 { return Timestamp(milliseconds: known.began) }
        return try live.read { try reader.firstTime($0) } ?? context.clock.now()
    }

    private func report(_ found: Survey, _ known: LogPosition?) {
        if !found.keys.isEmpty {
            let why = known == nil ? "there is no state of it" : "they were written just before the last stop"
            log.info("\(found.keys.count) records of the log \(names.live) are taken up: \(why)")
        }
        if found.foreign > 0 {
            log.warning("the log \(names.live) holds \(found.foreign) lines that are not ours; they stay")
        }
        if let known, !found.isContinued, found.greatest > 0, found.greatest < known.seq {
            log.warning(
                "the log \(names.live) ends at record \(found.greatest), but \(known.seq) were written: the rest was moved, deleted or lost"
            )
        }
    }
}
