import WirewatchDigest
import WirewatchFeeds
import WirewatchKit

/// Files that grow: each complete line is one document, each document's cursor the position behind its line.
extension FileIntake {
    private static let chunk = 256 << 10

    /// Reads the lines that were added to a file since the last time.
    ///
    /// A file that shrank, or begins otherwise than the one read before, is another file (truncated, replaced, rotated)
    /// and is read from its start.
    ///
    /// - Returns: false when the file is none to be followed.
    func follow(_ path: String) async throws -> Bool {
        let file = try OpenFile(absolute(path))
        let size = file.status.stamp.size
        let beginning = try file.read(at: 0, count: min(size, LinePosition.maxHead))
        guard var position = try await start(path, file, beginning) else { return false }
        if try !hasNews(file, position) { return true }

        var pending: [UInt8] = []
        var readTo = position.offset
        while readTo < size {
            try Task.checkCancellation()
            let bytes = try file.read(at: readTo, count: min(Self.chunk, size - readTo))
            if bytes.isEmpty { break }
            readTo += bytes.count
            var lineStart = 0
            while let end = bytes[lineStart...].firstIndex(of: 0x0A) {
                let line = pending + bytes[lineStart..<end]
                pending.removeAll(keepingCapacity: true)
                lineStart = end + 1
                try await yield(line, length: line.count + 1, path, &position, beginning)
            }
            pending += bytes[lineStart...]
            if position.skips || pending.count > options.maxSize {
                try await skip(&pending, path, &position, beginning)
            }
        }
        searched[position.inode] = readTo
        if context.drain, !pending.isEmpty, isComplete(pending) {
            try await yield(pending, length: pending.count, path, &position, beginning)
        }
        // Blank lines and the rest of a line that was passed over have no document to carry their cursor.
        if records[path] != .followed(position) { try await output.advance([commit(path, position)]) }
        return true
    }

    /// The position to go on from; nil when the file is none to be followed.
    private func start(_ path: String, _ file: OpenFile, _ beginning: [UInt8]) async throws -> LinePosition? {
        let stamp = file.status.stamp
        let here = records.position(path)
        if let here, here.inode == stamp.inode, here.continues(size: stamp.size, beginning: beginning) { return here }
        if let old = records.path(ofInode: stamp.inode), old != path, let known = records.position(old),
            known.continues(size: stamp.size, beginning: beginning)
        {
            // Renamed. What was known under this name belongs to another file, which takes the other place until it is
            // met itself.
            try await place([(old, here.flatMap { $0.inode == stamp.inode ? nil : $0 }), (path, known)])
            return known
        }
        if var copy = here, copy.inode != stamp.inode, copy.headLength > 0,
            copy.continues(size: stamp.size, beginning: beginning),
            try file.read(at: copy.offset - 1, count: 1) == [0x0A]
        {
            // Written anew with what was there before, as mirrors do.
            copy.inode = stamp.inode
            return copy
        }
        if let here {
            let isTruncated = here.inode == stamp.inode
            context.log.info(
                "another file is under this name, or it was truncated; it is read from its start",
                metadata: ["path": "\(absolute(path))", "was_at": "\(here.offset)"])
            searched[stamp.inode] = nil
            try await place([(path, nil)] + (isTruncated ? [] : [(FileRecords.shelf(path, here.inode), here)]))
        }
        return selection.follows(path) || rotated.contains(path) ? LinePosition(inode: stamp.inode) : nil
    }

    /// Changes what is known under some paths.
    private func place(_ positions: [(path: String, position: LinePosition?)]) async throws {
        var changes: [StateChange] = []
        for (path, position) in positions {
            let record = position.map(FileRecord.followed)
            records[path] = record
            changes.append(StateChange(key: FileRecord.key(path), value: record?.bytes))
        }
        try await output.advance(changes)
    }

    /// Whether there is a line end behind the position, looking only where it was not looked for before, so that a
    /// long line written in small pieces costs no more than its length.
    private func hasNews(_ file: OpenFile, _ position: LinePosition) throws -> Bool {
        let size = file.status.stamp.size
        guard let from = searched[position.inode], from > position.offset, from <= size, !context.drain else {
            return true
        }
        if size - position.offset > options.maxSize { return true }
        var at = from
        while at < size {
            let bytes = try file.read(at: at, count: min(Self.chunk, size - at))
            if bytes.isEmpty { break }
            if bytes.contains(0x0A) { return true }
            at += bytes.count
        }
        searched[position.inode] = at
        return false
    }

    /// Hands over one line without its end.
    private func yield(
        _ line: [UInt8], length: Int, _ path: String, _ position: inout LinePosition, _ beginning: [UInt8]
    ) async throws {
        let wasSkipping = position.skips
        position.skips = false
        position.advance(by: length, lines: 1, beginning: beginning)
        if wasSkipping { return }
        if line.count > options.maxSize { return try await rejectLength(path, position.line, [commit(path, position)]) }
        do {
            guard var document = try reader.readLine(line, received: context.clock.now()) else { return }
            document.cursor = [commit(path, position)]
            try await output.emit(document)
        } catch let error as DocumentReader.LineError {
            try await output.reject(
                identity: "line:" + SHA256.identifier(of: line), url: FileURL.text(absolute(path)),
                reason: "line \(position.line): \(error)", excerpt: String(decoding: line.prefix(200), as: UTF8.self),
                cursor: [commit(path, position)])
        }
    }

    /// Passes over what has been read of a line that is too long.
    private func skip(
        _ pending: inout [UInt8], _ path: String, _ position: inout LinePosition, _ beginning: [UInt8]
    ) async throws {
        let isNew = !position.skips
        position.skips = true
        position.advance(by: pending.count, lines: 0, beginning: beginning)
        pending = []
        if isNew { try await rejectLength(path, position.line + 1, [commit(path, position)]) }
    }

    private func rejectLength(_ path: String, _ line: Int, _ cursor: [StateChange]) async throws {
        try await output.reject(
            identity: "line:" + SHA256.identifier(path, "\(line)", "length"), url: FileURL.text(absolute(path)),
            reason:
                "line \(line) is longer than 'max_size' (\(HumanUnits.text(bytes: options.maxSize))) and is passed over",
            excerpt: "", cursor: cursor)
    }

    private func commit(_ path: String, _ position: LinePosition) -> StateChange {
        let record = FileRecord.followed(position)
        records[path] = record
        return StateChange(key: FileRecord.key(path), value: record.bytes)
    }

    /// Whether a last line without its end is nevertheless a whole object. No beginning of an object is one.
    private func isComplete(_ line: [UInt8]) -> Bool {
        guard line.last(where: { $0 > 0x20 }) == UInt8(ascii: "}") else { return false }
        return (try? reader.readLine(line, received: context.clock.now())) != nil
    }
}
