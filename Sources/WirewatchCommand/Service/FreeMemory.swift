import CWirewatchMalloc

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
        ww_release_free_memory()
        count = min(count + 1, Self.waits.count - 1)
        next = .now + Self.waits[count]
    }

    /// Begins anew, after something that needed much memory.
    mutating func expectMore() {
        next = .now
        count = 0
    }
}
