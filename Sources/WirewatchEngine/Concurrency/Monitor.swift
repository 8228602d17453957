import Glibc

/// A value under a lock, with waiting: a mutex and one condition variable (POSIX threads).
///
/// `Synchronization.Mutex` cannot wait for a condition, and workers and the committer are threads that must.
/// Every access to `value` happens with the mutex held, which is what makes the class safe to share.
final class Monitor<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var value: Value

    init(_ value: sending Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // Waits must not end early or late when the wall clock is set.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        condition.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Reads or changes the value, and wakes every thread that waits.
    func update<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return try body(&value)
    }

    /// Reads the value, or changes it in a way that no waiter cares about.
    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// Changes the value, and wakes one thread that waits if the change is one for it.
    func change<Result>(_ body: (inout Value) throws -> (result: Result, wakesOne: Bool)) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let (result, wakesOne) = try body(&value)
        if wakesOne { pthread_cond_signal(condition) }
        return result
    }

    /// What a thread that waits found.
    enum Attempt<Result> {
        /// What it waited for, and whether there is something left for another that waits.
        case done(Result, wakesOne: Bool)
        case wait
        /// Nothing yet, but to be looked at again at this time at the latest, in monotonic nanoseconds.
        case waitUntil(Int64)
    }

    /// Blocks the thread until `attempt` is done.
    func waitInTurn<Result>(_ attempt: (inout Value) -> Attempt<Result>) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            switch attempt(&value) {
            case .done(let result, let wakesOne):
                if wakesOne { pthread_cond_signal(condition) }
                return result
            case .wait: pthread_cond_wait(condition, mutex)
            case .waitUntil(let time):
                var deadline = timespec(tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
                pthread_cond_timedwait(condition, mutex, &deadline)
            }
        }
    }

    /// Blocks the thread until `attempt` gives a result, and wakes the other waiters after it.
    func wait<Result>(_ attempt: (inout Value) -> Result?) -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        while true {
            if let result = attempt(&value) { return result }
            pthread_cond_wait(condition, mutex)
        }
    }

    /// Like ``wait(_:)``, but gives up after `timeout`: nil.
    func wait<Result>(timeout: Duration, _ attempt: (inout Value) -> Result?) -> Result? {
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let (seconds, attoseconds) = timeout.components
        let nanoseconds = deadline.tv_nsec + Int(attoseconds / 1_000_000_000)
        deadline.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        while true {
            if let result = attempt(&value) { return result }
            if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT {
                return attempt(&value)
            }
        }
    }
}

/// Time that never jumps, for intervals and heartbeats.
func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}

func monotonicNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
