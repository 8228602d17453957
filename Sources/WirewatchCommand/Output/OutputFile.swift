import Glibc

/// A file that a command makes.
enum OutputFile {
    /// Puts bytes in place of a file at once, so that whoever reads it finds the old or the new, never a part.
    ///
    /// - Throws: ``Failure`` with code 73 when it cannot be made, 74 when it cannot be written.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        let draft = "\(path).\(getpid()).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(.cannotCreate, "cannot create \(path): \(errorText(errno))") }
        var error = StandardOutput.writeAll(bytes, to: descriptor)
        if error == nil, fsync(descriptor) != 0 { error = errno }
        close(descriptor)
        if error == nil, rename(draft, path) != 0 { error = errno }
        if let error {
            unlink(draft)
            throw Failure(.ioError, "cannot write \(path): \(errorText(error))")
        }
    }
}
