import ArgumentParser
import Glibc

/// Writing to the standard streams: whole, straight to the descriptor, and quiet when the reader has gone.
enum StandardOutput {
    /// Writes data to standard output.
    ///
    /// - Throws: ``Failure`` with exit code 0 when the reader went away (as `head` does), 74 for any other error.
    static func write(_ bytes: [UInt8]) throws {
        if let error = writeAll(bytes, to: STDOUT_FILENO) {
            if error == EPIPE { throw ExitCode.success }
            throw Failure(.ioError, "cannot write to standard output: \(errorText(error))")
        }
    }

    static func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes a message to standard error; whether it arrives changes nothing.
    static func message(_ text: String) { _ = writeAll(Array((text + "\n").utf8), to: STDERR_FILENO) }

    /// Writes all bytes, over interruptions and partial writes. Returns 0 or `errno` as an optional: nil is success.
    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var at = 0
        while at < bytes.count {
            let count = bytes[at...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                at += count
            } else if errno == EAGAIN {
                var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&poller, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }
}

/// What the system says about an error number.
func errorText(_ error: Int32) -> String { String(cString: strerror(error)) }

/// Why a command ends, with the exit code (sysexits.h) that says so to scripts.
struct Failure: Error, CustomStringConvertible {
    enum Code: Int32 {
        case usage = 64
        case dataError = 65
        case noInput = 66
        case unavailable = 69
        case software = 70
        case cannotCreate = 73
        case ioError = 74
        case temporary = 75
        case configuration = 78
    }

    var code: Code
    /// What is wrong and what to do; empty when all has been said already.
    var description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
