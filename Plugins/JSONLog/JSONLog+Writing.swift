import Glibc
import WirewatchKit

extension JSONLog {
    func write(_ records: [Record]) throws {
        try prepare()
        var skipped: [RecordKey] = []
        var taken: [Int] = []
        render(records, &skipped, &taken)
        var done = 0
        do {
            while done < ends.count {
                try rotateIfNeeded(adding: length(done..<done + 1))
                let upTo = fitting(from: done)
                guard try append(done..<upTo) else {
                    drop(ends.count - done)
                    break
                }
                seq += upTo - done
                done = upTo
            }
        } catch {
            // The call failed, so all of its records come again: those that are in the log already must be known then.
            for at in taken[..<done] { adopted.insert(RecordKey(id: records[at].id)) }
            throw error
        }
        for key in skipped { adopted.remove(key) }
        counts.skipped += skipped.count
        // A rare huge batch does not hold its memory for ever.
        if writer.bytes.capacity > 8 << 20 { writer = JSONWriter(capacity: 64 * 1024) }
    }

    /// Makes the live file fit to be appended to, finishing what failed before.
    func prepare() throws {
        do {
            if lockFile < 0 { throw SinkError.unusable("the log \(names.live) is not open") }
            if live == nil { try openLive(afresh: true) }
            if syncFailed { try leaveFailedFile() }
            try live?.repair()
            if let carry, let live {
                noteSurprise(try live.append(carry.bytes.span.bytes, lastRecord: carry.lastRecord))
                if live.began == nil { live.began = context.clock.now() }
                self.carry = nil
            }
        } catch let error as SystemCallError {
            throw blocked(error)
        }
    }

    /// Renders the records that are for this log and not in it yet; `taken` says which they are.
    private func render(_ records: [Record], _ skipped: inout [RecordKey], _ taken: inout [Int]) {
        writer.removeAll()
        ends.removeAll(keepingCapacity: true)
        for at in records.indices where records[at].kind == options.records {
            if !adopted.isEmpty {
                let key = RecordKey(id: records[at].id)
                if adopted.contains(key) {
                    skipped.append(key)
                    continue
                }
            }
            records[at].write(to: &writer, seq: seq + ends.count + 1)
            ends.append(writer.bytes.count)
            taken.append(at)
        }
    }

    /// The bytes of some of the rendered records.
    private func bytes(_ records: Range<Int>) -> Range<Int> {
        (records.lowerBound == 0 ? 0 : ends[records.lowerBound - 1])..<ends[records.upperBound - 1]
    }

    private func length(_ records: Range<Int>) -> Int { bytes(records).count }

    /// How many records go into the live file in one write: at least one.
    private func fitting(from first: Int) -> Int {
        let size = live?.size ?? 0
        if !mayRotateForSize(context.clock.now()) { return ends.count }
        var end = first + 1
        while end < ends.count, size + length(first..<end + 1) <= options.rotation.maxSize { end += 1 }
        return end
    }

    /// Appends records with one write; false when they are to be dropped.
    private func append(_ records: Range<Int>) throws -> Bool {
        let range = bytes(records)
        let lastRecord = bytes(records.upperBound - 1..<records.upperBound).lowerBound - range.lowerBound
        while true {
            guard let live else { throw SinkError.blocked("the log \(names.live) is not there") }
            do {
                noteSurprise(try live.append(writer.bytes.span.bytes.extracting(range), lastRecord: lastRecord))
                if live.began == nil { live.began = context.clock.now() }
                if counts.dropped > 0 { complain(nil) }
                return true
            } catch {
                if error.isFull, options.whenFull == .dropNewest { return false }
                if error.isFull, options.whenFull == .deleteOldestArchive, deleteOldestArchive() { continue }
                throw blocked(error)
            }
        }
    }

    private func drop(_ count: Int) {
        counts.dropped += count
        complain("the disk is full: new records for \(names.live) are dropped, as 'on_full: drop_newest' asks")
    }

    private func deleteOldestArchive() -> Bool {
        guard let oldest = (try? archives.list())?.first(where: { !isProtected($0) }) else { return false }
        do {
            try archives.delete(oldest)
        } catch {
            return false
        }
        counts.deletedArchives += 1
        log.warning("the disk is full: deleted the archive \(names.path(oldest.name)), as 'on_full' asks")
        return true
    }

    func noteSurprise(_ surprise: LiveFile.Surprise?) {
        switch surprise {
        case .shrunk(let from, let to):
            counts.truncated += 1
            log.warning(
                "the log \(names.live) was truncated from \(from) to \(to) bytes by somebody else; 'copytruncate' loses records: use 'nocreate' and SIGUSR1 in logrotate, or let wirewatch rotate"
            )
        case .grown(let count):
            log.warning("somebody else wrote \(count) bytes to the log \(names.live); they stay")
        case nil: break
        }
    }

    /// Says something once, until something else is to be said.
    func complain(_ message: String?) {
        if let message, message != lastComplaint { log.warning("\(message)") }
        lastComplaint = message
    }

    func blocked(_ error: SystemCallError) -> SinkError {
        let remedy =
            error.isFull
            ? "free some space; nothing is lost, records are held back until there is room"
            : "records are held back, and it is tried again"
        return .blocked("the log \(names.live): \(error); \(remedy)")
    }

    func opening(_ error: SystemCallError) -> SinkError {
        let remedy: String
        switch error.code {
        case ENOSPC, EDQUOT, EIO, EMFILE, ENFILE, ENOMEM, EINTR, EAGAIN: return blocked(error)
        case EACCES, EPERM: remedy = "let wirewatch's user write to \(names.folder), or give this sink another path"
        case EROFS:
            remedy = "the file system is read-only (see ReadWritePaths= in the unit): give this sink another path"
        default: remedy = "give this sink another path"
        }
        return .unusable("the log \(names.live): \(error); \(remedy)")
    }
}
