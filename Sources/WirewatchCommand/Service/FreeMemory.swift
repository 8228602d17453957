import CWirewatchMalloc
import Glibc

/// Memory that was needed once and is not in use: reading ten thousand sources of configuration leaves some 25 MB of it, which
/// the allocator would keep for the thread that needed it.
struct FreeMemory {
    /// What is free soon after the start is what starting took; later on it gathers slowly.
    private static let waits: [Duration] = [.zero, .seconds(10), .seconds(600)]

    private var next = ContinuousClock.now
    private var count = 0

    /// Has the allocator keep a little of what is freed, for a daemon that takes in one reply after the other. To be called
    /// before there are threads.
    static func keepSome() { ww_keep_free_memory() }

    /// Gives free memory back to the system when it is time to; a few milliseconds for a hundred megabytes.
    mutating func giveBackWhenDue() {
        guard ContinuousClock.now >= next else { return }
        if count == 0 { Self.giveBackAll() } else { ww_release_free_memory() }
        count = min(count + 1, Self.waits.count - 1)
        next = .now + Self.waits[count]
    }

    /// Gives back what only reading a configuration needed, its code too.
    static func giveBackAll() {
        ww_release_free_memory()
        giveBackCode()
    }

    /// Begins anew, after something that needed much memory.
    mutating func expectMore() {
        next = .now
        count = 0
    }

    /// Unmaps the code that ran so far: some 15 MB, of which what starts a program and reads a configuration is not needed
    /// again, and what is needed comes back from the page cache in less than a millisecond.
    ///
    /// Mappings that can be executed and not written hold what is in their files and nothing else, so that no page is lost
    /// (madvise(2), MADV_DONTNEED of private file mappings).
    private static func giveBackCode() {
        guard let maps = fopen("/proc/self/maps", "re") else { return }
        defer { fclose(maps) }
        var line: UnsafeMutablePointer<CChar>?
        var room = 0
        // getline() allocates and enlarges what is freed at the end.
        defer { free(line) }
        while getline(&line, &room, maps) > 0, let line {
            // `7f..-7f.. r-xp 00026000 fe:01 1234 /usr/lib/...` (proc(5)); what has no file is the kernel's.
            var rest: UnsafeMutablePointer<CChar>?
            let first = strtoul(line, &rest, 16)
            guard let middle = rest, middle[0] == CChar(bitPattern: UInt8(ascii: "-")) else { continue }
            let end = strtoul(middle + 1, &rest, 16)
            guard let rest, strncmp(rest, " r-xp ", 6) == 0, strchr(rest, Int32(UInt8(ascii: "/"))) != nil,
                end > first, let start = UnsafeMutableRawPointer(bitPattern: first)
            else { continue }
            madvise(start, Int(end - first), MADV_DONTNEED)
        }
    }
}
