import Glibc
import WirewatchKit

/// A folder with all its folders, watched and listed. Used by one task at a time.
///
/// Paths are relative to the folder. A folder is watched before it is listed, so that nothing that appears in between
/// is missed; it may be told twice.
final class FolderWatch {
    enum Change {
        /// Closed after writing, moved in from elsewhere, or its mode changed.
        case written(String)
        /// More bytes; the writer goes on.
        case growing(String)
        /// A name appeared whose content may be complete already: a link.
        case linked(String)
        case moved(from: String, to: String)
        case removed(String)
        case folderMoved(from: String, to: String)
        case folderAppeared(String)
        /// The kernel dropped events.
        case overflow
        /// The watched folder itself was deleted, moved away or unmounted.
        case gone
    }

    struct Found {
        var path: String
        var inode: UInt64
    }

    let root: String
    private let recursive: Bool
    private let selection: FileSelection
    private let log: Logger
    /// Nil when the folder is listed once only.
    private let inotify: Inotify?
    private var folders: [Int32: String] = [:]
    private var watches: [String: Int32] = [:]
    /// First halves of renames whose second half has not come yet.
    private var halves: [UInt32: String] = [:]
    private var hasSaidLimit = false
    private var unreadableNames: Set<String> = []

    init(root: String, recursive: Bool, selection: FileSelection, log: Logger, live: Bool) throws {
        self.root = root
        self.recursive = recursive
        self.selection = selection
        self.log = log
        inotify = live ? try Inotify() : nil
    }

    var descriptor: Int32? { inotify?.descriptor }

    func absolute(_ path: String) -> String { path.isEmpty ? root : root == "/" ? "/" + path : root + "/" + path }

    // MARK: - Listing

    /// Watches and lists a folder and those below it; files in the order of their paths' bytes.
    ///
    /// - Throws: ``SystemError`` when the top folder cannot be listed; those below are reported and left out.
    func walk(_ top: String = "") throws(SystemError) -> [Found] {
        var found: [Found] = []
        var waiting = [top]
        while let folder = waiting.popLast() {
            watch(folder)
            let entries: [FolderListing.Entry]
            do {
                entries = try FolderListing.entries(of: absolute(folder), followingLink: folder.isEmpty) {
                    reportName($0, in: folder)
                }
            } catch {
                if folder == top { throw error }
                if !error.isGone { report(error, folder) }
                continue
            }
            for entry in entries {
                let path = FileSelection.join(folder, entry.name)
                var kind = entry.kind
                if kind == .unknown { kind = Self.kind(absolute(path)) }
                switch kind {
                case .folder: if recursive, selection.enters(path) { waiting.append(path) }
                case .file, .link: found.append(Found(path: path, inode: entry.inode))
                case .other, .unknown: break
                }
            }
        }
        return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// For file systems whose listings do not say what an entry is.
    private static func kind(_ path: String) -> FolderListing.Entry.Kind {
        guard let status = try? FileStatus(path: path, followingLinks: false) else { return .other }
        return status.isFolder ? .folder : status.isLink ? .link : status.isRegular ? .file : .other
    }

    private func watch(_ folder: String) {
        guard let inotify else { return }
        do {
            let watch = try inotify.watch(absolute(folder), followingLink: folder.isEmpty)
            // The same folder under a new name keeps its number.
            if let old = folders[watch], old != folder { watches[old] = nil }
            if let old = watches[folder], old != watch {
                // Another folder is there now, as when a link was set anew.
                folders[old] = nil
                inotify.unwatch(old)
            }
            folders[watch] = folder
            watches[folder] = watch
        } catch {
            if error.code == ENOSPC {
                if !hasSaidLimit {
                    log.warning(
                        """
                        the kernel allows no more folder watches; changes in further folders are found by listing \
                        them again only. Raise fs.inotify.max_user_watches with sysctl
                        """, metadata: ["path": "\(absolute(folder))", "watched": "\(watches.count)"])
                }
                hasSaidLimit = true
            } else if !error.isGone {
                report(error, folder)
            }
        }
    }

    private func report(_ error: SystemError, _ folder: String) {
        let remedy = error.isDenied ? "; give the daemon's user read and execute permission" : ""
        log.warning("cannot look into a folder: \(error)\(remedy)", metadata: ["path": "\(absolute(folder))"])
    }

    private func reportName(_ name: String, in folder: String) {
        guard unreadableNames.count < 1000, unreadableNames.insert(FileSelection.join(folder, name)).inserted else {
            return
        }
        log.warning(
            "a file's name is not valid UTF-8 and the file is left out; rename it",
            metadata: ["path": "\(absolute(FileSelection.join(folder, name)))"])
    }

    // MARK: - Events

    /// The changes announced since the last call; does not block.
    func changes() throws(SystemError) -> [Change] {
        guard let inotify else { return [] }
        if halves.count > 4096 { halves = [:] }
        var changes: [Change] = []
        for event in try inotify.read() {
            if event.has(Int32(IN_Q_OVERFLOW)) {
                changes.append(.overflow)
                continue
            }
            // Events of folders that are no longer watched may still be in the queue.
            guard let folder = folders[event.watch] else { continue }
            if event.has(Int32(IN_IGNORED)) || event.has(Int32(IN_UNMOUNT)) || event.has(IN_DELETE_SELF)
                || event.has(IN_MOVE_SELF)
            {
                if folder.isEmpty {
                    changes.append(.gone)
                } else if event.has(Int32(IN_IGNORED)) {
                    folders[event.watch] = nil
                    if watches[folder] == event.watch { watches[folder] = nil }
                }
                continue
            }
            guard let name = event.name else {
                reportName("?", in: folder)
                continue
            }
            guard !name.isEmpty else { continue }
            let path = FileSelection.join(folder, name)
            if event.isFolder {
                folderChange(event, path, &changes)
            } else {
                fileChange(event, path, &changes)
            }
        }
        return changes
    }

    private func folderChange(_ event: Inotify.Event, _ path: String, _ changes: inout [Change]) {
        guard recursive else { return }
        if event.has(IN_MOVED_FROM) {
            halves[event.cookie] = path
            unwatch(path)
        } else if event.has(IN_CREATE) || event.has(IN_MOVED_TO) {
            let origin = event.has(IN_MOVED_TO) ? halves.removeValue(forKey: event.cookie) : nil
            guard selection.enters(path) else { return }
            changes.append(origin.map { .folderMoved(from: $0, to: path) } ?? .folderAppeared(path))
        } else if event.has(IN_ATTRIB), selection.enters(path), watches[path] == nil {
            // A folder that could not be read before.
            changes.append(.folderAppeared(path))
        }
    }

    private func fileChange(_ event: Inotify.Event, _ path: String, _ changes: inout [Change]) {
        if event.has(IN_MOVED_FROM) {
            halves[event.cookie] = path
        } else if event.has(IN_MOVED_TO) {
            let origin = halves.removeValue(forKey: event.cookie)
            changes.append(origin.map { .moved(from: $0, to: path) } ?? .written(path))
        } else if event.has(IN_CLOSE_WRITE) || event.has(IN_ATTRIB) {
            changes.append(.written(path))
        } else if event.has(IN_MODIFY) {
            changes.append(.growing(path))
        } else if event.has(IN_CREATE) {
            // A new file is told again when it is closed; a link is not.
            guard let status = try? FileStatus(path: absolute(path), followingLinks: false) else { return }
            if status.isLink || status.links > 1 { changes.append(.linked(path)) }
        } else if event.has(IN_DELETE) {
            changes.append(.removed(path))
        }
    }

    /// Lets go of a folder that moved away, with those below it.
    private func unwatch(_ folder: String) {
        let below = folder + "/"
        for (path, watch) in watches where path == folder || path.utf8.starts(with: below.utf8) {
            inotify?.unwatch(watch)
            watches[path] = nil
            folders[watch] = nil
        }
    }
}
