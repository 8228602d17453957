import Glibc

/// What the benchmark needs of libhs, loaded at run time so that nothing has to be installed to build it.
///
/// Terms are literals without regard to case; that a hit is a whole word is checked where it is reported.
struct Hyperscan {
    typealias Event = @convention(c) (UInt32, UInt64, UInt64, UInt32, UnsafeMutableRawPointer?) -> Int32
    private typealias Compile =
        @convention(c) (
            UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UInt32>, UnsafePointer<UInt32>, UnsafePointer<Int>,
            UInt32, UInt32, OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<OpaquePointer?>
        ) -> Int32
    private typealias Allocate = @convention(c) (OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>) -> Int32
    private typealias Scan =
        @convention(c) (
            OpaquePointer?, UnsafeRawPointer?, UInt32, UInt32, OpaquePointer?, Event, UnsafeMutableRawPointer?
        ) -> Int32

    struct Database {
        fileprivate let patterns: OpaquePointer?
        fileprivate let scratch: OpaquePointer?
        /// Bytes of each term.
        fileprivate let lengths: [Int]
    }

    private let compileAll: Compile
    private let allocate: Allocate
    private let scanAll: Scan

    init?() {
        guard let library = dlopen("libhs.so.5", RTLD_NOW), let compile = dlsym(library, "hs_compile_lit_multi"),
            let allocate = dlsym(library, "hs_alloc_scratch"), let scan = dlsym(library, "hs_scan")
        else { return nil }
        // The types are those of hs_compile.h and hs_runtime.h, version 5.
        compileAll = unsafeBitCast(compile, to: Compile.self)
        self.allocate = unsafeBitCast(allocate, to: Allocate.self)
        scanAll = unsafeBitCast(scan, to: Scan.self)
    }

    /// nil when the library refuses; kept for the life of the process.
    func compile(_ terms: [String]) -> Database? {
        let caseless: UInt32 = 1
        let block: UInt32 = 1
        let texts = terms.map { UnsafePointer(strdup($0)) }
        let lengths = terms.map(\.utf8.count)
        var patterns: OpaquePointer?
        var error: OpaquePointer?
        var scratch: OpaquePointer?
        let flags = [UInt32](repeating: caseless, count: terms.count)
        let status = compileAll(
            texts, flags, Array(0..<UInt32(terms.count)), lengths, UInt32(terms.count), block, nil, &patterns, &error)
        guard status == 0, allocate(patterns, &scratch) == 0 else { return nil }
        return Database(patterns: patterns, scratch: scratch, lengths: lengths)
    }

    /// Hits that are whole words.
    func scan(_ text: UnsafeBufferPointer<UInt8>, _ database: Database, _ terms: [String]) -> Int {
        var count = PeerCount(text: text, hits: 0)
        return database.lengths.withUnsafeBufferPointer { lengths in
            count.lengths = lengths
            return withUnsafeMutablePointer(to: &count) {
                _ = scanAll(
                    database.patterns, text.baseAddress, UInt32(text.count), 0, database.scratch, countWholeWord, $0)
                return $0.pointee.hits
            }
        }
    }
}

private struct PeerCount {
    let text: UnsafeBufferPointer<UInt8>
    var lengths = UnsafeBufferPointer<Int>(start: nil, count: 0)
    var hits: Int
}

private func countWholeWord(
    _ id: UInt32, _: UInt64, _ end: UInt64, _: UInt32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let count = context?.assumingMemoryBound(to: PeerCount.self) else { return 1 }
    let text = count.pointee.text
    func isWord(_ at: Int) -> Bool {
        guard text.indices.contains(at) else { return false }
        let byte = text[at]
        return byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
    }
    let start = Int(end) - count.pointee.lengths[Int(id)]
    if !isWord(start - 1), !isWord(Int(end)) { count.pointee.hits += 1 }
    return 0
}
