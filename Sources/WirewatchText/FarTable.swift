import Glibc

/// A table that is too large for the cache and is looked at in random places, laid out for that.
///
/// It begins at a cache line, so that no element of 32 or 64 bytes lies in two, and asks the kernel for huge pages, with
/// which a look seldom has to walk the page tables. Elements are fixed once made.
///
/// Safe to share: the memory is written in `init` alone and freed with the last reference.
final class FarTable<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    private let memory: UnsafeMutableRawBufferPointer
    /// Valid as long as the table.
    let elements: UnsafeBufferPointer<Element>

    /// - Parameter fill: initializes all of the elements; their memory is what it happens to be.
    init(count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void) {
        let size = max(count * MemoryLayout<Element>.stride, 1)
        let huge = 2 << 20
        memory = .allocate(byteCount: size, alignment: size >= huge ? huge : 64)
        if size >= huge, let base = memory.baseAddress { madvise(base, size, MADV_HUGEPAGE) }
        let all = UnsafeMutableBufferPointer(rebasing: memory.bindMemory(to: Element.self)[..<count])
        fill(all)
        elements = UnsafeBufferPointer(all)
    }

    deinit { memory.deallocate() }
}
