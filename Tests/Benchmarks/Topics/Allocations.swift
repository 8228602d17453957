import Glibc

/// How often memory was asked for so far, by any thread: an article's text must not be what it depends on.
///
/// The linker puts these in the place of glibc's, for the Swift runtime as well (glibc manual, Replacing malloc); each
/// calls glibc's own by its other name. Measured on one thread, so the counter needs no lock.
enum Allocations {
    // Set before main, and changed by the one measuring thread.
    nonisolated(unsafe) fileprivate(set) static var count = 0
}

@_silgen_name("__libc_malloc") private func libcMalloc(_: Int) -> UnsafeMutableRawPointer?
@_silgen_name("__libc_calloc") private func libcCalloc(_: Int, _: Int) -> UnsafeMutableRawPointer?
@_silgen_name("__libc_realloc") private func libcRealloc(
    _: UnsafeMutableRawPointer?, _: Int
) -> UnsafeMutableRawPointer?
@_silgen_name("__libc_memalign") private func libcMemalign(_: Int, _: Int) -> UnsafeMutableRawPointer?

@_cdecl("malloc") public func countedMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
    Allocations.count &+= 1
    return libcMalloc(size)
}

@_cdecl("calloc") public func countedCalloc(_ count: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    Allocations.count &+= 1
    return libcCalloc(count, size)
}

@_cdecl("realloc") public func countedRealloc(
    _ old: UnsafeMutableRawPointer?, _ size: Int
) -> UnsafeMutableRawPointer? {
    Allocations.count &+= 1
    return libcRealloc(old, size)
}

@_cdecl("aligned_alloc") public func countedAligned(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    Allocations.count &+= 1
    return libcMemalign(alignment, size)
}

@_cdecl("posix_memalign") public func countedMemalign(
    _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: Int, _ size: Int
) -> Int32 {
    Allocations.count &+= 1
    result.pointee = libcMemalign(alignment, size)
    return result.pointee == nil ? ENOMEM : 0
}
