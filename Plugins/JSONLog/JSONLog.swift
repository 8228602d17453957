public import WirewatchKit

extension Plugin {
    /// `json_log`: records as lines of JSON in a file that is rotated, each exactly once.
    public static let jsonLog: Plugin = Plugin.sink(
        "json_log", summary: "Writes records as JSON lines to a rotated file, each exactly once."
    ) { (options: JSONLogOptions, context: SinkContext) in
        JSONLog(options, context)
    }
}

/// A log file and its archives.
///
/// Every record has a number, `seq`, one greater than the record before. The state holds the number of the last record
/// of a checkpoint. What the files hold beyond it after a crash is *adopted*: it stays, and is skipped when the engine
/// sends it again.
final class JSONLog: Sink {
    let options: JSONLogOptions
    let context: SinkContext
    let files: any FileSystem
    let names: LogNames
    let reader: LogReader
    let archives: Archives
    let compressor: Compressor

    /// The descriptor that holds the lock; -1 while the log is not open.
    var lockFile: Int32 = -1
    /// Nil after it went away and could not be made anew yet.
    var live: LiveFile?
    /// The number of the last record.
    var seq = 0
    /// The greatest sequence number given to an archive.
    var archiveSequence = 0
    var adopted = AdoptedRecords()
    var counts = LogCounts()

    /// A sync of the live file failed: it must be left behind before anything else is written.
    var syncFailed = false
    /// Bytes taken out of a file whose sync failed, not yet in the new one, and where their last record begins.
    var carry: (bytes: [UInt8], lastRecord: Int)?
    /// A name was made or changed that is not durable yet.
    var folderIsDirty = false
    /// The live file has this archive name too, because a rotation could be neither finished nor taken back.
    var halfRotated: String?

    var lastRotation: Timestamp?
    /// After a failed rotation, no new attempt before this.
    var rotationRetry: Timestamp?
    var lastComplaint: String?
    /// Archives that hold records beyond the last commit, and those that the next commit will cover: never deleted.
    var uncommittedArchives: Set<Int> = []
    var committingArchives: Set<Int> = []
    var nextHousekeeping: Timestamp?
    var compressionRetry: Timestamp?
    private var savedPosition: [UInt8] = []

    var writer = JSONWriter(capacity: 64 * 1024)
    /// Where each rendered record ends in the writer's bytes.
    var ends: [Int] = []

    init(
        _ options: JSONLogOptions, _ context: SinkContext, files: any FileSystem = SystemFileSystem(),
        compressesInline: Bool = false
    ) {
        self.options = options
        self.context = context
        self.files = files
        names = LogNames(path: options.path)
        reader = LogReader(files: files, kind: options.records)
        archives = Archives(files: files, names: names)
        compressor = Compressor(files: files, mode: options.mode, runsInline: compressesInline)
    }

    deinit { if lockFile >= 0 { files.close(lockFile) } }

    var accepts: Set<RecordKind> { [options.records] }

    var checkpointInterval: Duration { options.sync == .batch ? .zero : .seconds(1) }

    var log: Logger { context.log }

    func checkpoint(_ state: any StateAccess) throws {
        try prepare()
        guard let live else { return }
        if options.sync == .interval || options.sync == .batch, live.isDirty {
            do {
                try live.sync()
            } catch {
                noteSyncFailure(error)
                // Into a new file, which is then synced by its own descriptor.
                try prepare()
                do { try self.live?.sync() } catch {
                    noteSyncFailure(error)
                    throw blocked(error)
                }
            }
        }
        do { try syncFolder() } catch { throw blocked(error) }
        adopted.save(to: state)
        savePosition(state)
        // What was handed over at the checkpoint before has been committed since.
        committingArchives = uncommittedArchives
        uncommittedArchives = []
    }

    /// Puts the position into the state, if it changed.
    func savePosition(_ state: any StateAccess) {
        guard let live else { return }
        var position = LogPosition()
        position.seq = seq
        position.file = live.identity
        position.start = live.lastStart
        position.end = live.lastEnd
        position.began = live.began?.milliseconds ?? -1
        position.archive = archiveSequence
        position.chunks = adopted.chunkCount
        position.adopted = adopted.count
        let bytes = position.encoded
        if bytes != savedPosition { state.set(LogPosition.key, bytes) }
        savedPosition = bytes
    }

    func forgetSavedPosition() { savedPosition = [] }

    func close() throws {
        compressor.stop()
        if let live, options.sync != .never, live.isDirty, !syncFailed {
            do { try live.sync() } catch { log.error("\(names.live): \(error)") }
        }
        release()
    }

    /// Lets go of the files and the lock.
    func release() {
        live = nil
        if lockFile >= 0 { files.close(lockFile) }
        lockFile = -1
    }

    var status: [(name: String, value: String)] {
        [
            ("file", names.live), ("size", String(live?.size ?? 0)), ("seq", String(seq)),
            ("archives", String(counts.archives)), ("rotations", String(counts.rotations)),
            ("adopted", String(adopted.count)), ("skipped", String(counts.skipped)), ("torn", String(counts.torn)),
            ("foreign_lines", String(counts.foreign)), ("reopened", String(counts.reopened)),
            ("copytruncated", String(counts.truncated)), ("dropped", String(counts.dropped)),
            ("deleted_archives", String(counts.deletedArchives)), ("failed_rotations", String(counts.failedRotations)),
            ("failed_syncs", String(counts.failedSyncs)), ("without_hard_links", String(counts.withoutLinks)),
            ("compressed", String(counts.compressed)), ("failed_compressions", String(counts.failedCompressions)),
        ]
    }
}

/// What happened to a log since it was opened.
struct LogCounts {
    /// Archives on disk, as of the last look.
    var archives = 0
    var rotations = 0
    var failedRotations = 0
    /// Rotations that had to rename the live file away for want of hard links.
    var withoutLinks = 0
    /// Records that came again and were in the log already.
    var skipped = 0
    /// Torn ends that were moved aside.
    var torn = 0
    /// Lines of others, as of the last start.
    var foreign = 0
    var reopened = 0
    var truncated = 0
    var dropped = 0
    var deletedArchives = 0
    var failedSyncs = 0
    var compressed = 0
    var failedCompressions = 0
}
