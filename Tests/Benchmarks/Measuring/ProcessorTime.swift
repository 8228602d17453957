import Glibc

/// Seconds of processor time that this thread has taken so far.
public func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The processor time of the fastest of as many rounds as fit into so many seconds, at least one.
public func fastest(_ seconds: Double, _ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    let end = processorTime() + seconds
    repeat {
        let start = processorTime()
        try body()
        best = min(best, processorTime() - start)
    } while processorTime() < end
    return best
}
