import Dispatch
import Glibc

/// Turns signals into events.
///
/// Dispatch reads them on a thread of its own, so nothing runs in a signal handler. From the start of this watch on they are
/// blocked, in the calling thread and all that it makes: one that comes before Dispatch is ready waits for it. Ignored ones
/// would be lost, and with them an order to stop. To be made before there are other threads.
final class SignalWatch {
    private let sources: [any DispatchSourceSignal]

    init(_ signals: [Int32], inbox: Inbox) {
        let queue = DispatchQueue(label: "wirewatch.signals")
        var blocked = sigset_t()
        sigemptyset(&blocked)
        for number in signals { sigaddset(&blocked, number) }
        pthread_sigmask(SIG_BLOCK, &blocked, nil)
        sources = signals.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { inbox.post(.signal(number)) }
            source.activate()
            return source
        }
    }

    deinit { for source in sources { source.cancel() } }

    static func name(_ signal: Int32) -> String {
        switch signal {
        case SIGTERM: "SIGTERM"
        case SIGINT: "SIGINT"
        case SIGHUP: "SIGHUP"
        case SIGUSR1: "SIGUSR1"
        default: "signal \(signal)"
        }
    }
}
