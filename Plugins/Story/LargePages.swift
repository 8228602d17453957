internal import Glibc

/// Memory in regions of 2 MiB, for what grows to hundreds of megabytes and is looked into all over.
///
/// An article looks into some hundred places there. In pages of 4 KB each look waits for the page tables first, which no cache
/// holds; in pages as large as a region it does not.
enum LargePages {
    static let regionBytes = 2 << 20

    /// A region, or several that follow one another: to be deallocated by who asked.
    ///
    /// - Parameter isSmall: Leaves the memory in pages of 4 KB, of which those never written take no memory: for the first
    ///   region of what mostly stays small.
    static func allocate(regions: Int = 1, isSmall: Bool = false) -> UnsafeMutableRawPointer {
        let bytes = regions * regionBytes
        let start = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: regionBytes)
        // A wish: without large pages all is as right, and slower.
        if !isSmall { madvise(start, bytes, MADV_HUGEPAGE) }
        return start
    }
}
