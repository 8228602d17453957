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

    /// Files to look at now, in this order; true when their writer is known to be done.
    private var queue: [String] = []
    private var head = 0
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
            root: target.folder, only: target.file, recursive: intake.options.recursive, selection: intake.selection,
            log: intake.context.log, live: !drain)
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

    private func isWanted(_ path: String) -> Bool {
        if case .followed? = intake.records[path] { return true }
        if let file = target.file { return path == file }
        return intake.selection.takes(path)
    }

    /// Lists everything, and queues what is wanted. Returns the paths that are there.
    private func rescan() async throws -> Set<String> {
        let found = try watch.walk()
        let inodes = Dictionary(found.map { ($0.path, $0.inode) }, uniquingKeysWith: { first, _ in first })
        let paths = Dictionary(found.map { ($0.inode, $0.path) }, uniquingKeysWith: { first, _ in first })
        var moves: [(from: String, to: String)] = []
        for (path, record) in intake.records {
            guard case .followed(let position) = record, inodes[path] != position.inode else { continue }
            if let now = paths[position.inode] { moves.append((from: path, to: now)) }
        }
        try await intake.rename(moves.sorted { $0.from < $1.from })
        for file in found where isWanted(file.path) { enqueue(file.path, settled: false) }
        return Set(inodes.keys)
    }

    private func absorb() async throws {
        for change in try watch.changes() {
            switch change {
            case .written(let path):
                if isWanted(path) { enqueue(path, settled: true) }
            case .growing(let path):
                if intake.follows(path), isWanted(path) { enqueue(path, settled: true) }
            case .linked(let path):
                if isWanted(path) { enqueue(path, settled: false) }
            case .moved(let from, let to): try await move(from, to)
            case .removed(let path):
                due[path] = nil
            case .folderMoved(let from, let to):
                let below = from + "/"
                try await intake.rename(
                    intake.records.keys.filter { $0.utf8.starts(with: below.utf8) }
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
        // A growing file that was renamed before its first line was read is still to be read.
        if intake.records[from] == nil, settled[from] != nil, isWanted(from), intake.selection.follows(from),
            let status = try? FileStatus(path: watch.absolute(to))
        {
            intake.records[to] = .followed(LinePosition(inode: status.stamp.inode))
        } else {
            try await intake.rename([(from: from, to: to)])
        }
        due[from] = nil
        if isWanted(to) { enqueue(to, settled: true) }
    }

    /// Watches and queues what is in a new folder. One that is gone again is no error.
    private func list(_ folder: String) {
        guard let found = try? watch.walk(folder) else { return }
        for file in found where isWanted(file.path) { enqueue(file.path, settled: false) }
    }
}
