/// Blocks of a few sizes for many short lists, in pages that never move: no object and no growing array a list.
///
/// A handle names a block until it is freed; what is freed is used again. Pages are raw memory: an article looks into some
/// thirty blocks, and counting references to arrays of pages took as long as reading them. No pointer outlives the pool,
/// which owns its pages, and all offsets follow from handles that the pool itself made.
struct BlockPool<Element: BitwiseCopyable>: ~Copyable {
    struct Handle: BitwiseCopyable {
        fileprivate var raw: UInt32

        static var none: Handle { Handle(raw: .max) }
        var isNone: Bool { raw == .max }
    }

    private struct Page {
        var start: UnsafeMutablePointer<Element>
        /// Elements of a block.
        var size: Int
        /// The place of that size among the sizes.
        var kind: Int
    }

    /// How many elements blocks of each size hold, ascending.
    private let sizes: [Int]
    private let zero: Element
    private var pages: [Page] = []
    /// For each size the handle of the next block of its last page; none when that is full.
    private var next: [UInt32]
    private var free: [[UInt32]]

    private static var shift: UInt32 { 9 }
    private static var mask: UInt32 { 511 }

    init(sizes: [Int], zero: Element) {
        self.sizes = sizes
        self.zero = zero
        next = sizes.map { _ in .max }
        free = sizes.map { _ in [] }
    }

    deinit {
        for page in pages { page.start.deallocate() }
    }

    var largest: Int { sizes[sizes.count - 1] }

    func capacity(_ handle: Handle) -> Int { handle.isNone ? 0 : pages[Int(handle.raw >> Self.shift)].size }

    /// A block for at least this many elements, at most ``largest``.
    mutating func allocate(_ count: Int) -> Handle {
        var kind = 0
        while sizes[kind] < count { kind += 1 }
        if let raw = free[kind].popLast() { return Handle(raw: raw) }
        if next[kind] == .max {
            let elements = sizes[kind] << Int(Self.shift)
            let start = UnsafeMutablePointer<Element>.allocate(capacity: elements)
            start.initialize(repeating: zero, count: elements)
            next[kind] = UInt32(pages.count) << Self.shift
            pages.append(Page(start: start, size: sizes[kind], kind: kind))
        }
        let raw = next[kind]
        next[kind] = raw & Self.mask == Self.mask ? .max : raw + 1
        return Handle(raw: raw)
    }

    mutating func release(_ handle: Handle) {
        if !handle.isNone { free[pages[Int(handle.raw >> Self.shift)].kind].append(handle.raw) }
    }

    /// The block's elements, until it is freed; empty for no block.
    @inline(__always)
    func block(_ handle: Handle) -> UnsafeMutableBufferPointer<Element> {
        if handle.isNone { return UnsafeMutableBufferPointer(start: nil, count: 0) }
        let page = pages[Int(handle.raw >> Self.shift)]
        return UnsafeMutableBufferPointer(
            start: page.start + Int(handle.raw & Self.mask) &* page.size, count: page.size)
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
