import Dispatch
import Synchronization

/// Runs asynchronous work to its end from a command, whose thread has nothing else to do. Not for the pool's own threads.
func waiting<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
    let done = DispatchSemaphore(value: 0)
    let result = ResultBox<Value>()
    Task {
        let value = await work()
        result.value.withLock { $0 = value }
        done.signal()
    }
    while true {
        done.wait()
        if let value = result.value.withLock({ $0 }) { return value }
    }
}

private final class ResultBox<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
