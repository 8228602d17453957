/// Blocks of a few sizes for many short lists, in regions that never move: no object and no growing array a list.
///
/// A handle names a block until it is freed; what is freed is used again. Regions are raw memory: an article looks into some
/// thirty blocks, and counting references to arrays took as long as reading them. No pointer outlives the pool, which owns
/// its regions, and all offsets follow from handles that the pool itself made.
struct BlockPool<Element: BitwiseCopyable>: ~Copyable {
    /// The place among the sizes in the upper three bits, below it where the block begins, in units of the smallest size.
    struct Handle: BitwiseCopyable {
        fileprivate var raw: UInt32

        static var none: Handle { Handle(raw: .max) }
        var isNone: Bool { raw == .max }

        fileprivate static var placeBits: UInt32 { 29 }
        fileprivate var kind: Int { Int(raw >> Self.placeBits) }
        fileprivate var place: Int { Int(raw & (1 << Self.placeBits - 1)) }
    }

    /// How many elements blocks of each size hold, ascending.
    private let sizes: [Int]
    /// Elements of a unit.
    private let unit: Int
    /// The units of a region, which are a power of two, and its logarithm.
    private let unitsPerRegion: Int
    private let regionBits: Int
    private let zero: Element
    private var regions: [UnsafeMutablePointer<Element>] = []
    /// Units taken of the last region.
    private var used: Int
    /// For each size the place of its next new block, and how many there are.
    private var next: [(place: Int, left: Int)]
    private var free: [[UInt32]]

    /// So many blocks of a size are taken at once: whole cache lines, so that small blocks lie in one each.
    private static var together: Int { 32 }

    /// - Parameter sizes: At most eight; all are multiples of the first, of which a power of two fills a region.
    init(sizes: [Int], zero: Element) {
        let unit = sizes[0]
        let unitsPerRegion = LargePages.regionBytes / (MemoryLayout<Element>.stride * unit)
        let regionBits = unitsPerRegion.trailingZeroBitCount
        precondition(sizes.count <= 8 && unitsPerRegion == 1 << regionBits)
        precondition(sizes.allSatisfy { $0 % unit == 0 })
        // Set last, and from constants: a check that looks at members half set makes the compiler (6.3.1) free what is not.
        self.sizes = sizes
        self.unit = unit
        self.unitsPerRegion = unitsPerRegion
        self.regionBits = regionBits
        self.zero = zero
        used = unitsPerRegion
        next = sizes.map { _ in (0, 0) }
        free = sizes.map { _ in [] }
    }

    deinit {
        for region in regions { region.deallocate() }
    }

    var largest: Int { sizes[sizes.count - 1] }

    func capacity(_ handle: Handle) -> Int { handle.isNone ? 0 : sizes[handle.kind] }

    /// A block for at least this many elements, at most ``largest``.
    mutating func allocate(_ count: Int) -> Handle {
        var kind = 0
        while sizes[kind] < count { kind += 1 }
        if let raw = free[kind].popLast() { return Handle(raw: raw) }
        if next[kind].left == 0 { next[kind] = (takeUnits(of: kind), Self.together) }
        let place = next[kind].place
        next[kind] = (place + sizes[kind] / unit, next[kind].left - 1)
        return Handle(raw: UInt32(kind) << Handle.placeBits | UInt32(place))
    }

    /// Where there is room for ``together`` new blocks.
    private mutating func takeUnits(of kind: Int) -> Int {
        let units = Self.together * sizes[kind] / unit
        if used + units > unitsPerRegion {
            let region = LargePages.allocate(isSmall: regions.isEmpty)
            regions.append(region.bindMemory(to: Element.self, capacity: unitsPerRegion * unit))
            used = 0
        }
        let place = (regions.count - 1) << regionBits + used
        // Some gigabytes; the last block would be taken for none.
        precondition(place + units < 1 << Int(Handle.placeBits))
        (regions[regions.count - 1] + used * unit).initialize(repeating: zero, count: units * unit)
        used += units
        return place
    }

    mutating func release(_ handle: Handle) {
        if !handle.isNone { free[handle.kind].append(handle.raw) }
    }

    /// The block's elements, until it is freed; empty for no block.
    @inline(__always)
    func block(_ handle: Handle) -> UnsafeMutableBufferPointer<Element> {
        if handle.isNone { return UnsafeMutableBufferPointer(start: nil, count: 0) }
        let place = handle.place
        return UnsafeMutableBufferPointer(
            start: regions[place &>> regionBits] + (place & (unitsPerRegion &- 1)) &* unit, count: sizes[handle.kind])
    }

    /// The block's first `count` elements, at most as many as it has.
    @inline(__always)
    func read(_ handle: Handle, _ count: Int) -> UnsafeBufferPointer<Element> {
        let block = block(handle)
        return UnsafeBufferPointer(start: block.baseAddress, count: min(count, block.count))
    }

    /// Appends to a list of `count` elements, in a larger block when its own is full.
    mutating func append(_ element: Element, to handle: inout Handle, _ count: Int) {
        if count == capacity(handle) {
            let larger = allocate(count + 1)
            _ = block(larger).update(fromContentsOf: read(handle, count))
            release(handle)
            handle = larger
        }
        block(handle)[count] = element
    }
}
