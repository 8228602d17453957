/// Which exchange starts next: at most so many in all and so many with one host; hosts take turns, each host's exchanges
/// go in order. Every step is constant in time.
///
/// Hosts are objects, so that a step looks a name up once. A copy of the queue would share them: it has one owner.
struct HostQueue<Element> {
    let maxActive: Int
    let maxActivePerHost: Int
    private(set) var active = 0
    private var hosts: [String: Host] = [:]
    /// Hosts that may start an exchange, each at most once.
    private var ready = FIFO<Host>()

    private final class Host {
        let name: String
        var active = 0
        var waiting = FIFO<Element>()
        var isReady = false

        init(_ name: String) { self.name = name }
    }

    init(maxActive: Int, maxActivePerHost: Int) {
        self.maxActive = max(1, maxActive)
        self.maxActivePerHost = max(1, maxActivePerHost)
    }

    mutating func add(_ element: Element, host name: String) {
        let host = host(name)
        host.waiting.append(element)
        makeReady(host)
    }

    /// Starts an exchange that nobody waits before, without a place in the queue; false when it must wait.
    mutating func startNow(host name: String) -> Bool {
        guard active < maxActive, ready.isEmpty else { return false }
        let host = host(name)
        guard host.active < maxActivePerHost, host.waiting.isEmpty else { return false }
        host.active += 1
        active += 1
        return true
    }

    private mutating func host(_ name: String) -> Host {
        if let known = hosts[name] { return known }
        let host = Host(name)
        hosts[name] = host
        return host
    }

    /// Takes the next exchange that may start now; it counts as active until ``finished(host:)``.
    mutating func next() -> Element? {
        guard active < maxActive else { return nil }
        while let host = ready.popFirst() {
            host.isReady = false
            guard let element = host.waiting.popFirst() else {
                drop(host)
                continue
            }
            host.active += 1
            active += 1
            makeReady(host)
            return element
        }
        return nil
    }

    mutating func finished(host name: String) {
        active -= 1
        guard let host = hosts[name] else { return }
        host.active -= 1
        makeReady(host)
        drop(host)
    }

    /// Takes out all that wait.
    mutating func removeWaiting() -> [Element] {
        var all: [Element] = []
        for host in hosts.values {
            while let element = host.waiting.popFirst() { all.append(element) }
        }
        return all
    }

    private mutating func makeReady(_ host: Host) {
        guard !host.isReady, !host.waiting.isEmpty, host.active < maxActivePerHost else { return }
        host.isReady = true
        ready.append(host)
    }

    private mutating func drop(_ host: Host) {
        if host.active == 0, host.waiting.isEmpty, !host.isReady { hosts[host.name] = nil }
    }
}
