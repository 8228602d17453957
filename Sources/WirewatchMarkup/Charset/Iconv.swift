internal import Glibc

/// The C library's charset conversion, for what is not worth tables of our own. Thread-safe: each call opens and
/// closes its own descriptor (`iconv_open(3)`).
enum Iconv {
    /// Whether the C library can read this charset.
    static func knows(_ name: String) -> Bool {
        guard let handle = open(name) else { return false }
        iconv_close(handle)
        return true
    }

    /// The bytes as UTF-8, each byte that does not decode as U+FFFD; nil when the charset is unknown.
    static func decode(_ bytes: ArraySlice<UInt8>, from name: String) -> [UInt8]? {
        guard let handle = open(name) else { return nil }
        defer { iconv_close(handle) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count &* 3 / 2)
        var chunk = [CChar](repeating: 0, count: 16 * 1024)
        // iconv takes a pointer to changing input though it never writes there, hence the copy.
        var input = bytes.map { CChar(bitPattern: $0) }
        let total = input.count
        // The pointers live within these two closures alone.
        input.withUnsafeMutableBufferPointer { source in
            chunk.withUnsafeMutableBufferPointer { target in
                guard let base = source.baseAddress, let out = target.baseAddress else { return }
                var consumed = 0
                while true {
                    var from: UnsafeMutablePointer<CChar>? = base + consumed
                    var left = total - consumed
                    var to: UnsafeMutablePointer<CChar>? = out
                    var room = target.count
                    // A last call without input writes what a stateful charset still holds.
                    let isFlush = left == 0
                    let status = isFlush ? iconv(handle, nil, nil, &to, &room) : iconv(handle, &from, &left, &to, &room)
                    let failure = errno
                    for index in 0..<(target.count - room) { result.append(UInt8(bitPattern: target[index])) }
                    consumed = total - left
                    if isFlush { return }
                    if status == -1, failure != E2BIG {
                        // A broken or cut-off sequence: one byte is given up, then on.
                        CharacterReferences.append(0xFFFD, to: &result)
                        consumed += 1
                        _ = iconv(handle, nil, nil, nil, nil)
                    }
                }
            }
        }
        return result
    }

    private static func open(_ name: String) -> iconv_t? {
        let handle = iconv_open("UTF-8", name)
        // (iconv_t)-1 is the error value.
        return handle == iconv_t(bitPattern: -1) ? nil : handle
    }
}
