/// What is kept of a story beside its terms.
struct StoryRow: BitwiseCopyable {
    /// The story's identifier, 128 bits.
    var id: (UInt64, UInt64)
    /// When the first article arrived, in milliseconds: what closing goes by.
    var firstReceived: Int64
    /// The times of the earliest and the latest article, in milliseconds: what likeness goes by.
    var firstTime: Int64
    var lastTime: Int64
    var articles: UInt32 = 0
    /// How many of the articles had a title.
    var titled: UInt32 = 0
    /// Lengths of the vectors, and the squared length of the names' part.
    var fullNorm: Float = 0
    var titleNorm: Float = 0
    var nameMass: Float = 0
    var terms = BlockPool<TermWeight>.Handle.none
    var sources = BlockPool<UInt32>.Handle.none
    var facts = BlockPool<Fact>.Handle.none
    var termCount: UInt16 = 0
    var sourceCount: UInt16 = 0
    var factCount: UInt16 = 0
}

/// A quantity that a story's articles have told.
struct Fact: BitwiseCopyable, Equatable {
    /// Hash of what is measured and how.
    var key: UInt32
    var value: Float
}

/// The open stories, numbered in the order of their founding, which is that of their closing.
///
/// Rows are in pages of raw memory that never move, for the reason given with ``BlockPool``: of the stories that an article is
/// compared with, no two are near each other. The table owns its pages, and every number is checked to be an open story's.
struct StoryRows: ~Copyable {
    /// The first that is open.
    private(set) var oldest: UInt32 = 0
    /// The number of the next.
    private(set) var next: UInt32 = 0

    private var pages: [UnsafeMutablePointer<StoryRow>] = []
    private var firstPage: UInt32 = 0
    private static let shift: UInt32 = 9
    private static let mask: UInt32 = 511

    deinit {
        for page in pages { page.deallocate() }
    }

    var count: Int { Int(next - oldest) }

    func isOpen(_ number: UInt32) -> Bool { number >= oldest && number < next }

    /// Where an open story's row is, until it is closed.
    @inline(__always)
    func row(_ number: UInt32) -> UnsafeMutablePointer<StoryRow> {
        precondition(isOpen(number))
        return pages[Int(number >> Self.shift - firstPage)] + Int(number & Self.mask)
    }

    subscript(number: UInt32) -> StoryRow {
        @inline(__always)
        get { row(number).pointee }
    }

    /// Begins anew where an earlier run was: nothing is open before `number`.
    mutating func start(at number: UInt32) {
        for page in pages { page.deallocate() }
        oldest = number
        next = number
        pages = []
        firstPage = number >> Self.shift
    }

    mutating func append(_ row: StoryRow) {
        let page = Int(next >> Self.shift - firstPage)
        if page == pages.count {
            let rows = UnsafeMutablePointer<StoryRow>.allocate(capacity: 1 << Int(Self.shift))
            rows.initialize(repeating: row, count: 1 << Int(Self.shift))
            pages.append(rows)
        }
        (pages[page] + Int(next & Self.mask)).pointee = row
        next += 1
    }

    /// Forgets the oldest, whose blocks must be freed before.
    mutating func removeOldest() {
        oldest += 1
        // A page goes when it is left behind, but many at once: taking the first out moves all others.
        if oldest >> Self.shift - firstPage >= 64 {
            for page in pages[..<64] { page.deallocate() }
            pages.removeFirst(64)
            firstPage += 64
        }
    }
}
