import Glibc
import WirewatchDigest
import WirewatchFeeds
import WirewatchKit

/// Takes files in: tells what is new about a file, reads it, and hands its documents over with their cursors.
///
/// Used by one task at a time. ``records`` run ahead of the durable state by what was handed over and is not committed
/// yet.
final class FileIntake {
    enum Outcome {
        case done
        /// Look again after this time.
        case again(after: Duration)
    }

    let selection: FileSelection
    let options: FilesOptions
    let context: SourceContext
    let output: any SourceOutput
    let reader: DocumentReader
    /// The folder that paths are relative to; absolute.
    var root = ""
    /// The one file that is wanted; nil when the selection decides.
    var only: String?
    var records = FileRecords()
    /// Names that a growing file had after it was renamed; what is under them is followed too.
    var rotated: Set<String> = []
    /// By inode, up to where a growing file's unfinished last line was searched for its end already.
    var searched: [UInt64: Int] = [:]

    init(_ options: FilesOptions, _ context: SourceContext, _ output: any SourceOutput) throws {
        self.options = options
        self.context = context
        self.output = output
        selection = FileSelection(options)
        reader = DocumentReader(contentType: options.contentType) { SHA256.identifier(of: $0) }
        for (key, value) in try context.state.entries(prefix: FileRecord.prefix) {
            records[String(key.dropFirst(FileRecord.prefix.count))] = FileRecord(value)
        }
    }

    /// Whether the configuration asks for the file.
    func takes(_ path: String) -> Bool { only.map { $0 == path } ?? selection.takes(path) }

    /// Whether a change of the file is to be looked at.
    func wants(_ path: String) -> Bool {
        takes(path) || rotated.contains(path) || records.position(path) != nil
    }

    /// Whether the file is read line by line, by its name or because it was before it was renamed.
    func follows(_ path: String) -> Bool {
        selection.follows(path) || rotated.contains(path) || records.position(path) != nil
    }

    func absolute(_ path: String) -> String { root == "/" ? "/" + path : root + "/" + path }

    /// Looks at one file and hands over what is new. A file that is gone or unreadable is no error here.
    ///
    /// - Parameter settled: whether its writer is known to be done.
    func process(_ path: String, settled: Bool) async throws -> Outcome {
        do {
            let status = try FileStatus(path: absolute(path))
            guard status.isRegular else { return .done }
            if follows(path) || records.path(ofInode: status.stamp.inode) != nil, try await follow(path) {
                return .done
            }
            guard takes(path), !isKnown(path, status) else { return .done }
            if !settled, let rest = timeToSettle(status.stamp) { return .again(after: rest) }
            return try await take(path, status)
        } catch let error as SystemError {
            return try await fail(path, error)
        }
    }

    /// Carries what is known of a renamed file over to its new name.
    func rename(_ moves: [(from: String, to: String)]) async throws {
        var changes: [StateChange] = []
        for (from, to) in moves {
            guard let record = records[from] else { continue }
            if case .taken = record, Self.ending(from) != Self.ending(to) { continue }
            records[from] = nil
            records[to] = record
            changes.append(StateChange(key: FileRecord.key(from), value: nil))
            changes.append(StateChange(key: FileRecord.key(to), value: record.bytes))
        }
        if !changes.isEmpty { try await output.advance(changes) }
    }

    /// A growing file was renamed: whatever its new name, it is followed on, and so are its later names.
    func noteRotation(to path: String) {
        // A bound for names that never come again, as those with dates.
        if rotated.count >= 10_000 { rotated = [] }
        rotated.insert(path)
    }

    /// Lets go of what is known of files that are not there any more. `present` saves looking.
    func forgetVanished(present: Set<String>) async throws {
        var changes: [StateChange] = []
        for path in records.byPath.keys where !present.contains(path) {
            do {
                _ = try FileStatus(path: absolute(path), followingLinks: false)
            } catch {
                guard error.code == ENOENT || error.code == ENOTDIR else { continue }
                if let inode = records.position(path)?.inode { searched[inode] = nil }
                records[path] = nil
                changes.append(StateChange(key: FileRecord.key(path), value: nil))
            }
        }
        if !changes.isEmpty { try await output.advance(changes) }
    }

    // MARK: - Whole files

    private func isKnown(_ path: String, _ status: FileStatus) -> Bool {
        switch records[path] {
        case .taken(let stamp, _)?: stamp == status.stamp
        case .refused(let stamp, let changed)?: stamp == status.stamp && changed == status.changed
        default: false
        }
    }

    /// Nil when the last write is long enough ago, or lies in the future.
    private func timeToSettle(_ stamp: FileStamp) -> Duration? {
        // The file system's own clock, whatever clock the pipeline runs on.
        let age = SystemClock().now() - Timestamp(milliseconds: Int64(stamp.modified / 1_000_000))
        return age < .zero || age >= options.settle ? nil : options.settle - age
    }

    private func take(_ path: String, _ status: FileStatus) async throws -> Outcome {
        guard status.stamp.size <= options.maxSize else {
            try await refuse(
                path, status,
                "the file has \(status.stamp.size) bytes, more than 'max_size' (\(HumanUnits.text(bytes: options.maxSize)))"
            )
            return .done
        }
        let file = try OpenFile(absolute(path))
        let stamp = file.status.stamp
        let bytes = try file.read(at: 0, count: min(stamp.size, options.maxSize))
        // Written to while it was read: what came of it is no state of the file.
        if file.currentStamp != stamp { return .again(after: max(options.settle, .milliseconds(50))) }
        let digest = SHA256.identifier(of: bytes)
        let record = FileRecord.taken(stamp, digest: digest)
        let cursor = [StateChange(key: FileRecord.key(path), value: record.bytes)]
        var isSame = bytes.isEmpty
        if case .taken(_, digest)? = records[path] { isSame = true }
        if isSame {
            try await output.advance(cursor)
        } else {
            try await emit(
                reader.read(
                    bytes, name: FileSelection.name(path), url: FileURL.text(absolute(path)),
                    received: context.clock.now()), cursor)
        }
        records[path] = record
        return .done
    }

    /// Hands over all that a file held; the last of it carries the cursor.
    private func emit(_ reading: DocumentReader.Reading, _ cursor: [StateChange]) async throws {
        for (index, rejection) in reading.rejections.enumerated() {
            let isLast = reading.documents.isEmpty && index == reading.rejections.count - 1
            try await output.reject(
                identity: rejection.identity, url: rejection.url, reason: rejection.reason,
                excerpt: rejection.excerpt, cursor: isLast ? cursor : [])
        }
        for (index, document) in reading.documents.enumerated() {
            var document = document
            if index == reading.documents.count - 1 { document.cursor = cursor }
            try await output.emit(document)
        }
        if reading.documents.isEmpty, reading.rejections.isEmpty { try await output.advance(cursor) }
    }

    // MARK: - Failures

    private func fail(_ path: String, _ error: SystemError) async throws -> Outcome {
        if error.isGone || error.call == "regular" { return .done }
        if error.isExhausted {
            context.log.warning(
                "no file descriptor is left; the file is tried again. Raise LimitNOFILE of the service",
                metadata: ["path": "\(absolute(path))"])
            return .again(after: .seconds(5))
        }
        guard error.isDenied, let status = try? FileStatus(path: absolute(path)) else {
            context.log.error(
                "cannot read a file (\(error)); it is tried again at the next listing",
                metadata: ["path": "\(absolute(path))"])
            return .done
        }
        if !isKnown(path, status) {
            try await refuse(
                path, status, "\(error); give the daemon's user read permission, and the file is read then")
        }
        return .done
    }

    private func refuse(_ path: String, _ status: FileStatus, _ reason: String) async throws {
        let record = FileRecord.refused(status.stamp, changed: status.changed)
        context.log.warning("\(reason)", metadata: ["path": "\(absolute(path))"])
        try await output.reject(
            identity: "refused:" + SHA256.identifier(path, "\(status.stamp)", "\(status.changed)"),
            url: FileURL.text(absolute(path)), reason: reason, excerpt: "",
            cursor: [StateChange(key: FileRecord.key(path), value: record.bytes)])
        records[path] = record
    }

    private static func ending(_ path: String) -> Substring {
        let name = FileSelection.name(path)
        return name.lastIndex(of: ".").map { name[$0...] } ?? ""
    }
}
