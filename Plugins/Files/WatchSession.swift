import WirewatchKit

/// One stretch of watching, from the first listing until the watched folder is gone.
final class WatchSession {
    private let target: WatchTarget
    private let intake: FileIntake
    private let watch: FolderWatch
    private let rescanInterval: Duration
    private let drain: Bool
    private let clock = ContinuousClock()
    /// How often a file that does not settle is looked at before it is left, when draining.
    private static let drainRounds = 20

    /// Files to look at now, in this order.
    private var queue: [String] = []
    private var head = 0
    /// The files of the queue; true when their writer is known to be done.
    private var settled: [String: Bool] = [:]
    /// Files to look at later.
    private var due: [String: ContinuousClock.Instant] = [:]
    private var needsRescan = true
    private var isGone = false

    init(_ target: WatchTarget, _ intake: FileIntake) throws {
        self.target = target
        self.intake = intake
        drain = intake.context.drain
        rescanInterval = intake.options.rescan
        watch = try FolderWatch(
            root: target.folder, recursive: intake.options.recursive && target.file == nil,
            selection: intake.selection, log: intake.context.log, live: !drain)
    }

    /// Returns when the folder is gone, or, to drain, when all that is there has been handed over.
    func run() async throws {
        var nextRescan = clock.now
        var present: Set<String>?
        while !isGone {
            if needsRescan || clock.now >= nextRescan {
                needsRescan = false
                present = try await rescan()
                nextRescan = clock.now + rescanInterval
            }
            try await work()
            if isGone || needsRescan { continue }
            if let listed = present {
                // Only now, for a file under a new name has been joined to what was known of its old name.
                try await intake.forgetVanished(present: listed)
                present = nil
            }
            if drain { return }
            try await sleep(until: due.values.reduce(nextRescan, min))
            try await absorb()
        }
    }

    // MARK: - Work

    /// Looks at all files that wait, taking in further changes in between, so that the kernel's queue stays short.
    private func work() async throws {
        wakeDue()
        while head < queue.count, !isGone {
            try Task.checkCancellation()
            let path = queue[head]
            head += 1
            if let isSettled = settled.removeValue(forKey: path) {
                if drain {
                    try await processInPlace(path)
                } else if case .again(let delay) = try await intake.process(path, settled: isSettled) {
                    due[path] = clock.now + delay
                }
            }
            try await absorb()
            wakeDue()
        }
        queue.removeAll()
        head = 0
    }

    /// Waits for a file that is being written instead of going on to the next, to keep the order of paths.
    private func processInPlace(_ path: String) async throws {
        for round in 0..<Self.drainRounds {
            let isLast = round == Self.drainRounds - 1
            guard case .again(let delay) = try await intake.process(path, settled: isLast) else { return }
            if !isLast { try await Task.sleep(for: delay) }
        }
        intake.context.log.warning(
            "a file is written to all the time; it is left for the next run",
            metadata: ["path": "\(watch.absolute(path))"])
    }

    private func enqueue(_ path: String, settled isSettled: Bool) {
        due[path] = nil
        if let known = settled[path] {
            settled[path] = known || isSettled
        } else {
            settled[path] = isSettled
            queue.append(path)
        }
    }

    private func wakeDue() {
        guard !due.isEmpty else { return }
        let now = clock.now
        for path in due.filter({ $0.value <= now }).keys.sorted() { enqueue(path, settled: false) }
    }

    private func sleep(until deadline: ContinuousClock.Instant) async throws {
        guard let descriptor = watch.descriptor else { return }
        _ = await Readiness.wait(for: descriptor, atMost: clock.now.duration(to: deadline))
        try Task.checkCancellation()
    }

    // MARK: - Changes

    /// Lists everything, and queues what is wanted. Returns the paths that are there.
    private func rescan() async throws -> Set<String> {
        let found = try watch.walk()
        for file in found where intake.wants(file.path) || intake.records.path(ofInode: file.inode) != nil {
            enqueue(file.path, settled: false)
        }
        return Set(found.map(\.path))
    }

    private func absorb() async throws {
        for change in try watch.changes() {
            switch change {
            case .written(let path):
                if intake.wants(path) { enqueue(path, settled: true) }
            case .growing(let path):
                if intake.follows(path), intake.wants(path) { enqueue(path, settled: true) }
            case .linked(let path):
                if intake.wants(path) { enqueue(path, settled: false) }
            case .moved(let from, let to): try await move(from, to)
            case .removed(let path):
                due[path] = nil
            case .folderMoved(let from, let to):
                let below = from + "/"
                try await intake.rename(
                    intake.records.byPath.keys.filter { $0.utf8.starts(with: below.utf8) }
                        .map { (from: $0, to: to + "/" + $0.dropFirst(below.count)) })
                list(to)
            case .folderAppeared(let path): list(path)
            case .overflow:
                intake.context.log.notice("the kernel dropped change notices; the folder is listed again")
                needsRescan = true
            case .gone: isGone = true
            }
        }
    }

    private func move(_ from: String, _ to: String) async throws {
        if intake.wants(from), intake.follows(from) {
            intake.noteRotation(to: to)
        } else {
            try await intake.rename([(from: from, to: to)])
        }
        due[from] = nil
        if intake.wants(to) { enqueue(to, settled: true) }
    }

    /// Watches and queues what is in a new folder. One that is gone again is no error.
    private func list(_ folder: String) {
        guard let found = try? watch.walk(folder) else { return }
        for file in found where intake.wants(file.path) { enqueue(file.path, settled: false) }
    }
}
