/// What is kept of a story beside its terms and its identifier: one cache line.
struct StoryRow: BitwiseCopyable {
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
/// Rows are in raw memory that never moves, for the reason given with ``BlockPool``: of the stories that an article is
/// compared with, no two are near each other. The table owns its memory, and every number is checked to be an open story's.
struct StoryRows: ~Copyable {
    /// A story's identifier, 128 bits.
    typealias Identifier = (UInt64, UInt64)

    /// The first that is open.
    private(set) var oldest: UInt32 = 0
    /// The number of the next.
    private(set) var next: UInt32 = 0

    /// Rows of stories whose numbers have the same upper bits, and their identifiers, which are seldom asked for.
    private typealias Page = (rows: UnsafeMutablePointer<StoryRow>, ids: UnsafeMutablePointer<Identifier>)

    private var pages: [Page] = []
    private var firstPage: UInt32 = 0
    /// As many as fill a large page.
    private static let shift: UInt32 = 15
    private static let mask: UInt32 = 1 << shift - 1

    deinit { Self.free(pages[...]) }

    private static func free(_ pages: ArraySlice<Page>) {
        for page in pages {
            page.rows.deallocate()
            page.ids.deallocate()
        }
    }

    var count: Int { Int(next - oldest) }

    func isOpen(_ number: UInt32) -> Bool { number >= oldest && number < next }

    /// Where an open story's row is, until it is closed.
    @inline(__always)
    func row(_ number: UInt32) -> UnsafeMutablePointer<StoryRow> {
        precondition(isOpen(number))
        return pages[Int(number >> Self.shift - firstPage)].rows + Int(number & Self.mask)
    }

    subscript(number: UInt32) -> StoryRow {
        @inline(__always)
        get { row(number).pointee }
    }

    /// The identifier of an open story.
    func id(_ number: UInt32) -> Identifier {
        precondition(isOpen(number))
        return pages[Int(number >> Self.shift - firstPage)].ids[Int(number & Self.mask)]
    }

    /// Begins anew where an earlier run was: nothing is open before `number`.
    mutating func start(at number: UInt32) {
        Self.free(pages[...])
        oldest = number
        next = number
        pages = []
        firstPage = number >> Self.shift
    }

    mutating func append(_ row: StoryRow, _ id: Identifier) {
        let count = 1 << Int(Self.shift)
        let page = Int(next >> Self.shift - firstPage)
        if page == pages.count {
            let memory = LargePages.allocate(isSmall: page == 0)
            precondition(count * MemoryLayout<StoryRow>.stride <= LargePages.regionBytes)
            pages.append((memory.bindMemory(to: StoryRow.self, capacity: count), .allocate(capacity: count)))
        }
        let place = Int(next & Self.mask)
        (pages[page].rows + place).initialize(to: row)
        (pages[page].ids + place).initialize(to: id)
        next += 1
    }

    /// Forgets the oldest, whose blocks must be freed before.
    mutating func removeOldest() {
        oldest += 1
        if oldest >> Self.shift > firstPage, let page = pages.first {
            Self.free([page])
            pages.removeFirst()
            firstPage += 1
        }
    }
}
