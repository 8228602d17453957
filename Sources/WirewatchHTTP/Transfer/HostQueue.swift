/// Which exchange starts next: at most so many in all and so many with one host; hosts take turns, each host's exchanges
/// go in order. Every step is constant in time.
struct HostQueue<Element> {
    let maxActive: Int
    let maxActivePerHost: Int
    private(set) var active = 0
    private var hosts: [String: Host] = [:]
    /// Hosts that may start an exchange, each at most once.
    private var ready = FIFO<String>()

    private struct Host {
        var active = 0
        var waiting = FIFO<Element>()
        var isReady = false
    }

    init(maxActive: Int, maxActivePerHost: Int) {
        self.maxActive = max(1, maxActive)
        self.maxActivePerHost = max(1, maxActivePerHost)
    }

    mutating func add(_ element: Element, host: String) {
        hosts[host, default: Host()].waiting.append(element)
        makeReady(host)
    }

    /// Takes the next exchange that may start now; it counts as active until ``finished(host:)``.
    mutating func next() -> Element? {
        guard active < maxActive else { return nil }
        while let name = ready.popFirst() {
            hosts[name]?.isReady = false
            guard let element = hosts[name]?.waiting.popFirst() else {
                drop(name)
                continue
            }
            hosts[name]?.active += 1
            active += 1
            makeReady(name)
            return element
        }
        return nil
    }

    mutating func finished(host: String) {
        active -= 1
        hosts[host]?.active -= 1
        makeReady(host)
        drop(host)
    }

    /// Takes out all that wait.
    mutating func removeWaiting() -> [Element] {
        var all: [Element] = []
        for name in hosts.keys {
            while let element = hosts[name]?.waiting.popFirst() { all.append(element) }
        }
        return all
    }

    private mutating func makeReady(_ name: String) {
        guard let host = hosts[name], !host.isReady, !host.waiting.isEmpty, host.active < maxActivePerHost else {
            return
        }
        hosts[name]?.isReady = true
        ready.append(name)
    }

    private mutating func drop(_ name: String) {
        if let host = hosts[name], host.active == 0, host.waiting.isEmpty, !host.isReady { hosts[name] = nil }
    }
}
