import WirewatchKit

extension JSONLog {
    /// Deletes archives that are beyond the limits, and has the others compressed. Failures are said and counted; they
    /// never hold back writing.
    func keepHouse(_ now: Timestamp) {
        switch compressor.collect() {
        case .done:
            counts.compressed += 1
            nextHousekeeping = nil
        case .failed(let reason):
            counts.failedCompressions += 1
            compressionRetry = now + .seconds(60)
            log.warning("an archive of \(names.live) could not be compressed and stays as it is: \(reason)")
        case nil: break
        }
        if let next = nextHousekeeping, now < next, next - now <= .seconds(60) { return }
        do {
            try retain(now)
            nextHousekeeping = now + .seconds(60)
        } catch {
            nextHousekeeping = now + .seconds(60)
            log.warning("the archives of \(names.live) cannot be looked after: \(error)")
        }
    }

    private func retain(_ now: Timestamp) throws {
        var list = try archives.list()
        let free = options.rotation.keepFree == nil ? nil : try files.freeBytes(names.folder)
        let expired = Retention.expired(
            list, options: options.rotation, now: now, next: live?.began ?? now, free: free, isKept: isProtected)
        for archive in expired {
            try archives.delete(archive)
            counts.deletedArchives += 1
        }
        list.removeAll { archive in expired.contains { $0.sequence == archive.sequence } }
        counts.archives = list.count
        startCompression(list, now)
    }

    /// The oldest plain archive; the newest stays plain, for readers that lag behind.
    private func startCompression(_ list: [Archive], _ now: Timestamp) {
        guard options.rotation.compresses, !compressor.isBusy else { return }
        if let retry = compressionRetry, now < retry, retry - now <= .seconds(60) { return }
        let next = list.dropLast().first { $0.hasPlain && $0.identity != live?.identity }
        if let next { compressor.start(next.name, in: names) }
    }

    /// Records beyond the last commit come again after a crash: as long as that may be, their archive stays, so that
    /// they are recognised. The live file's own second name is no archive yet.
    func isProtected(_ archive: Archive) -> Bool {
        uncommittedArchives.contains(archive.sequence) || committingArchives.contains(archive.sequence)
            || archive.identity.map { $0 == live?.identity } ?? false
    }
}
