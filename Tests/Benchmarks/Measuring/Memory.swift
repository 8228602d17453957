/// A line of `/proc/self/status` in bytes: `VmRSS`, the resident memory, or `VmHWM`, the most so far.
public func memory(_ field: String) -> Int {
    let status = String(decoding: contents("/proc/self/status"), as: UTF8.self)
    for line in status.split(separator: "\n") where line.hasPrefix(field + ":") {
        return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }.map {
            $0 * 1024
        } ?? 0
    }
    return 0
}
