/// Blocks of a few sizes for many short lists, in pages that never move: no object and no growing array a list.
///
/// A handle names a block until it is freed; what is freed is used again.
struct BlockPool<Element: BitwiseCopyable> {
    struct Handle {
        fileprivate var raw: UInt32

        static var none: Handle { Handle(raw: .max) }
        var isNone: Bool { raw == .max }
    }

    /// How many elements blocks of each size hold, ascending, at most eight sizes.
    private let sizes: [Int]
    private let zero: Element
    private var pages: [[[Element]]]
    private var made: [Int]
    private var free: [[UInt32]]

    private static var blocksPerPage: Int { 512 }

    init(sizes: [Int], zero: Element) {
        self.sizes = sizes
        self.zero = zero
        pages = sizes.map { _ in [] }
        made = sizes.map { _ in 0 }
        free = sizes.map { _ in [] }
    }

    var largest: Int { sizes[sizes.count - 1] }

    func capacity(_ handle: Handle) -> Int { handle.isNone ? 0 : sizes[Int(handle.raw >> 29)] }

    /// A block for at least this many elements, at most ``largest``.
    mutating func allocate(_ count: Int) -> Handle {
        var size = 0
        while sizes[size] < count { size += 1 }
        if let number = free[size].popLast() { return Handle(raw: UInt32(size) << 29 | number) }
        let number = made[size]
        if number % Self.blocksPerPage == 0 {
            pages[size].append([Element](repeating: zero, count: sizes[size] * Self.blocksPerPage))
        }
        made[size] += 1
        return Handle(raw: UInt32(size) << 29 | UInt32(number))
    }

    mutating func release(_ handle: Handle) {
        if !handle.isNone { free[Int(handle.raw >> 29)].append(handle.raw & 0x1FFF_FFFF) }
    }

    /// The block's first `count` elements, valid inside `body` alone.
    @inline(__always)
    func read<Result>(
        _ handle: Handle, _ count: Int, _ body: (UnsafeBufferPointer<Element>) -> Result
    ) -> Result {
        if handle.isNone { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        let size = Int(handle.raw >> 29)
        let number = Int(handle.raw & 0x1FFF_FFFF)
        let start = number % Self.blocksPerPage * sizes[size]
        return pages[size][number / Self.blocksPerPage].withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[start..<(start + count)]))
        }
    }

    /// All elements of the block, valid inside `body` alone.
    @inline(__always)
    mutating func write<Result>(
        _ handle: Handle, _ body: (UnsafeMutableBufferPointer<Element>) -> Result
    ) -> Result {
        let size = Int(handle.raw >> 29)
        let number = Int(handle.raw & 0x1FFF_FFFF)
        let start = number % Self.blocksPerPage * sizes[size]
        let end = start + sizes[size]
        return pages[size][number / Self.blocksPerPage].withUnsafeMutableBufferPointer {
            body(UnsafeMutableBufferPointer(rebasing: $0[start..<end]))
        }
    }
}
