import Glibc
import WirewatchKit

extension JSONLog {
    func reopen() throws {
        guard lockFile >= 0 else { return }
        do {
            if let live, try files.status(names.live)?.identity == live.identity { return }
            try reopenLive()
        } catch {
            throw blocked(error)
        }
    }

    func tick(_ now: Timestamp) throws {
        guard lockFile >= 0 else { return }
        do {
            let status = try files.status(names.live)
            if let live, status?.identity == live.identity, let status {
                noteSurprise(live.observe(size: status.size))
            } else {
                if live != nil { log.warning("the log \(names.live) was moved or deleted; it is made anew") }
                try reopenLive()
            }
        } catch {
            throw blocked(error)
        }
        try rotateIfNeeded(adding: 0)
        keepHouse(now)
    }

    /// Leaves the open file to whoever moved it, and opens the live name again.
    func reopenLive() throws(SystemCallError) {
        if let live, options.sync != .never, live.isDirty, !syncFailed {
            // What was written stays in the moved file, so it has to be durable there.
            do { try live.sync() } catch {
                noteSyncFailure(error)
                throw error
            }
        }
        if syncFailed { return }
        live = nil
        halfRotated = nil
        counts.reopened += 1
        try openLive(afresh: true)
        try syncFolder()
    }

    /// Opens the live file, or makes it. `afresh` when it is not read afterwards: what is in it then stays as it is.
    func openLive(afresh: Bool = false) throws(SystemCallError) {
        var file = try files.openExisting(names.live, O_RDWR | O_APPEND)
        if file == nil {
            // The folder may have gone away too.
            if try files.status(names.folder) == nil { try files.makeFolder(names.folder) }
            file = try files.create(names.live, O_RDWR | O_APPEND, mode: options.mode)
            folderIsDirty = true
        }
        guard let file else { throw SystemCallError(action: "create \(names.live)", code: EEXIST) }
        let opened = try LiveFile(file, files: files)
        guard opened.isRegular else {
            throw SystemCallError(action: "use \(names.live), which is no regular file", code: EINVAL)
        }
        live = opened
        guard afresh, opened.size > 0 else { return }
        opened.began = context.clock.now()
        if try !opened.endsWithNewline() {
            _ = try opened.append([0x0A].span.bytes, lastRecord: 0)
            opened.noteLastRecord(start: -1, end: -1)
        }
    }
}
