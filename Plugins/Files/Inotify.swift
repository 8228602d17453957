import Glibc

/// The kernel's change notices for folders (inotify(7)). Used by one task at a time.
final class Inotify {
    struct Event {
        var watch: Int32
        var mask: UInt32
        /// Joins the two halves of a rename; 0 for other events.
        var cookie: UInt32
        /// Empty for an event of the folder itself; nil when the name is not UTF-8.
        var name: String?

        func has(_ flag: Int32) -> Bool { mask & UInt32(bitPattern: flag) != 0 }
        var isFolder: Bool { mask & UInt32(IN_ISDIR) != 0 }
    }

    let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    init() throws(SystemError) {
        descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard descriptor >= 0 else { throw SystemError("inotify_init1") }
    }

    deinit { close(descriptor) }

    /// Watches a folder, or again a folder that is watched already; returns its number.
    func watch(_ folder: String, followingLink: Bool) throws(SystemError) -> Int32 {
        let events =
            IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_MODIFY | IN_ATTRIB
            | IN_DELETE_SELF | IN_MOVE_SELF
        var mask = UInt32(events) | UInt32(IN_ONLYDIR) | UInt32(IN_EXCL_UNLINK)
        if !followingLink { mask |= UInt32(IN_DONT_FOLLOW) }
        let watch = inotify_add_watch(descriptor, folder, mask)
        guard watch >= 0 else { throw SystemError("inotify_add_watch") }
        return watch
    }

    func unwatch(_ watch: Int32) { _ = inotify_rm_watch(descriptor, watch) }

    /// The events that wait, in order; none when there are none. Does not block.
    func read() throws(SystemError) -> [Event] {
        let got = Glibc.read(descriptor, &buffer, buffer.count)
        if got < 0 {
            if errno == EAGAIN || errno == EINTR { return [] }
            throw SystemError("read of inotify")
        }
        var events: [Event] = []
        var at = 0
        // struct inotify_event: wd, mask, cookie, len, 4 bytes each, then the name padded with NULs to len.
        while at + 16 <= got {
            let length = Int(word(at + 12))
            guard at + 16 + length <= got else { break }
            let name = buffer[(at + 16)..<(at + 16 + length)].prefix { $0 != 0 }
            events.append(
                Event(
                    watch: Int32(bitPattern: word(at)), mask: word(at + 4), cookie: word(at + 8),
                    name: String(validating: name, as: UTF8.self)))
            at += 16 + length
        }
        return events
    }

    private func word(_ at: Int) -> UInt32 {
        buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: UInt32.self) }
    }
}
