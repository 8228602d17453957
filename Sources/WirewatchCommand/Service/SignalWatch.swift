import Dispatch
import Glibc

/// Turns signals into events.
///
/// Dispatch reads them on a thread of its own, so nothing runs in a signal handler. The signals' default action is off
/// from the start of this watch to its end, and for good after ``SIGPIPE``.
final class SignalWatch {
    private let sources: [any DispatchSourceSignal]

    init(_ signals: [Int32], inbox: Inbox) {
        let queue = DispatchQueue(label: "wirewatch.signals")
        sources = signals.map { number in
            signal(number, SIG_IGN)
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
