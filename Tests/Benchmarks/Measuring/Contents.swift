import Glibc

/// The first bytes of a file, or all; a file that cannot be read ends the process.
public func contents(_ path: String, atMost limit: Int = .max) -> [UInt8] {
    guard let file = fopen(path, "r") else {
        perror(path)
        exit(66)
    }
    defer { fclose(file) }
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while all.count < limit, case let count = fread(&block, 1, min(block.count, limit - all.count), file), count > 0 {
        all += block[..<count]
    }
    return all
}
