import WirewatchKit
import WirewatchPolling

/// The pages that one poll found new, of which the newest are taken.
struct FreshPages: Sendable {
    private struct Page: Sendable {
        var page: PendingPage
        /// What is listed first counts as newer, where dates do not tell.
        var place: Int
    }

    private var pages: [Page] = []
    private var seen = 0
    private let limit: Int
    private let oldest: Timestamp?
    /// Not taken for want of room.
    private(set) var leftOut = 0

    /// - Parameter first: for the first poll; nil afterwards.
    init(first: FirstItems?, limit: Int, now: Timestamp) {
        switch first {
        case .newest(let count):
            self.limit = min(count, limit)
            oldest = nil
        case .notOlder(let age):
            self.limit = limit
            oldest = now - age
        case nil:
            self.limit = limit
            oldest = nil
        }
    }

    mutating func add(_ page: PendingPage) {
        seen += 1
        if let oldest, page.date.map({ $0 < oldest }) ?? true { return }
        pages.append(Page(page: page, place: seen))
        // Twice as many are kept as are wanted, so that they are seldom sorted.
        if pages.count > 2 * limit + 1000 { trim() }
    }

    /// The newest, oldest first.
    mutating func taken() -> [PendingPage] {
        trim()
        return pages.reversed().map(\.page)
    }

    private mutating func trim() {
        let none = Timestamp(milliseconds: .min)
        pages.sort { ($1.page.date ?? none, $0.place) < ($0.page.date ?? none, $1.place) }
        guard pages.count > limit else { return }
        leftOut += pages.count - limit
        pages.removeLast(pages.count - limit)
    }
}
