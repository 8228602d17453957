import Glibc

/// A value under a mutex that nobody waits on for a condition: a third of a ``Monitor``'s memory, for what ten thousand
/// sources have each.
///
/// Not `Synchronization.Mutex`, which the thread sanitizer does not understand. Every access to the value happens with the
/// mutex held, which is what makes the class safe to share.
final class Guarded<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    init(_ value: sending Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
